import type { FormMessages } from '#components/ui/action-form'
import { translator } from '#lib/i18n/translate'

/** What every form of the administration says when something is wrong. */
export function formWords(locale: string): FormMessages {
  const t = translator(locale, 'admin.form')
  return { summaryTitle: t('summaryTitle'), unreachable: t('unreachable'), reference: t('reference') }
}
