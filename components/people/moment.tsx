import { Time } from '#components/ui/time'
import { formatter, translator } from '#lib/i18n/translate'

/** A day, its exact moment on pointing; a word where there is none. `timeZone` is an IANA name. */
export function Moment({ locale, timeZone, at }: { locale: string; timeZone: string; at: Date | null }) {
  if (at === null) return <span className="text-soft">{translator(locale, 'people')('never')}</span>
  const write = formatter(locale, timeZone)
  return (
    <span className="whitespace-nowrap">
      <Time iso={at.toISOString()} full={write.dateTime(at, { dateStyle: 'full', timeStyle: 'long' })}>
        {write.dateTime(at, { day: 'numeric', month: 'short', year: 'numeric' })}
      </Time>
    </span>
  )
}
