import type { FormMessages } from '#components/ui/action-form'
import { translator } from '#lib/i18n/translate'

/** What a form says when it is refused. Signing in has words of its own. */
export function formWords(locale: string): FormMessages {
  const t = translator(locale, 'form')
  return { summaryTitle: t('summary'), unreachable: t('unreachable'), reference: t('reference') }
}
