import { formatter, translator } from '#lib/i18n/translate'
import type { Given } from '#lib/insight/contract/views'

/** What a signal says of somebody, and since when. */
export function signalInWords(
  locale: string,
  timeZone: string,
  { signal, since, titles, amount }: Given,
): Readonly<{ name: string; says: string; since: string; advice: string }> {
  const t = translator(locale, 'insight.signals')
  const write = formatter(locale, timeZone)
  const day = write.dateTime(since, { day: 'numeric', month: 'short', year: 'numeric' })
  const quoted = write.list(titles.map((title) => `“${title}”`))
  return {
    name: t(`names.${signal}`),
    says: t(`says.${signal}`, { count: amount, titles: quoted }),
    since: t('sinceDay', { day }),
    advice: t(`advice.${signal}`),
  }
}
