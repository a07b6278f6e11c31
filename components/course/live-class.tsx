import { Icon } from '#components/ui/icon'
import type { LiveClassCard, SchoolBrand } from '#lib/catalog/contract'
import { durationInWords } from '#lib/i18n/duration'
import { formatter, translator } from '#lib/i18n/translate'

/** The next live class, with the zone beside the hour: a learner may well be in another one. */
export function LiveClass({ brand, live }: { brand: SchoolBrand; live: LiveClassCard }) {
  const t = translator(brand.locale, 'course')
  const when = formatter(brand.locale, brand.timeZone).dateTime(live.scheduledAt, {
    weekday: 'long',
    day: 'numeric',
    month: 'long',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
    timeZoneName: 'long',
  })
  const duration = durationInWords(brand.locale, live.durationMinutes * 60)
  return (
    <section aria-labelledby="live" className="rounded-md bg-accent-3 p-4">
      <h2 id="live" className="flex items-center gap-2 text-14 font-semibold text-accent-11">
        <Icon name="live" size={18} />
        {t('live')}
      </h2>
      <p className="mt-2 font-reading text-18 font-semibold wrap-break-word">
        {live.id === null ? (
          live.title
        ) : (
          <a href={`/classes/${live.id}`} className="underline underline-offset-4">
            {live.title}
          </a>
        )}
      </p>
      <p className="mt-1 text-14">
        <time dateTime={live.scheduledAt.toISOString()}>{when}</time>
      </p>
      <p className="text-14">{t('liveLength', { duration })}</p>
    </section>
  )
}
