import type { FormMessages } from '#components/ui/action-form'
import { translator } from '#lib/i18n/translate'

/** What the forms of learning say when they are refused. */
export function formWords(locale: string): FormMessages {
  const t = translator(locale, 'account.form')
  return { summaryTitle: t('summary'), unreachable: t('unreachable'), reference: t('reference') }
}
