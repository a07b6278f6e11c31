import { formatter, translator } from '#lib/i18n/translate'
import type { Freshness as Facts } from '#lib/insight/contract/views'

/** Beyond, nobody wants to know how many. */
const MANY = 1_000

/** As of when numbers are, and what isn't in them. */
export function Freshness({ locale, timeZone, facts }: { locale: string; timeZone: string; facts: Facts }) {
  const t = translator(locale, 'insight.freshness')
  const { since, waiting: count, madeAt } = facts
  const write = formatter(locale, timeZone)
  const moment = (at: Date): string =>
    write.dateTime(at, {
      ...{ day: 'numeric', month: 'short', hour: 'numeric', minute: '2-digit', timeZoneName: 'short' },
    })
  const words = (): string => {
    if (madeAt !== null) return t('made', { at: moment(madeAt) })
    if (since === null) return t('now')
    return t(count >= MANY ? 'sinceMany' : 'since', { at: moment(since), count })
  }
  return <p className="text-14 text-soft">{words()}</p>
}
