import type { FormMessages } from '#components/ui/action-form'
import { translator } from '#lib/i18n/translate'

/** What every form of building a course says when something is wrong. */
export function formWords(locale: string): FormMessages {
  const t = translator(locale, 'teach.form')
  return { summaryTitle: t('summaryTitle'), unreachable: t('unreachable'), reference: t('reference') }
}
