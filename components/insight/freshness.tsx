import { formatter, translator } from '#lib/i18n/translate'
import type { Freshness as Facts } from '#lib/insight/contract/views'

/** Beyond, nobody wants to know how many. */
const MANY = 1_000

/** As of when numbers are, and what isn't in them. */
export function Freshness({ locale, timeZone, facts }: { locale: string; timeZone: string; facts: Facts }) {
  const t = translator(locale, 'insight.freshness')
  const { since, waiting: count } = facts
  const at =
    since === null
      ? ''
      : formatter(locale, timeZone).dateTime(since, {
          ...{ day: 'numeric', month: 'short', hour: 'numeric', minute: '2-digit', timeZoneName: 'short' },
        })
  return (
    <p className="text-14 text-soft">
      {since === null ? t('now') : t(count >= MANY ? 'sinceMany' : 'since', { at, count })}
    </p>
  )
}
