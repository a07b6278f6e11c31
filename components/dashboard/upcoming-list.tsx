import { Icon, type IconName } from '#components/ui/icon'
import type { UpcomingItem } from '#lib/account/contract'
import { exactDurationInWords } from '#lib/i18n/duration'
import { formatter, translator } from '#lib/i18n/translate'
import { Part } from './part'

const ICONS = { assignment: 'assignment', exam: 'exam', class: 'live' } as const satisfies Record<
  UpcomingItem['kind'],
  IconName
>

type Props = { locale: string; timeZone: string; items: readonly UpcomingItem[]; now: Date }

function Item({ locale, timeZone, item, now }: Omit<Props, 'items'> & { item: UpcomingItem }) {
  const t = translator(locale, 'today')
  const when = formatter(locale, timeZone).dateTime(item.at, {
    ...({ weekday: 'short', day: 'numeric', month: 'short' } as const),
    ...({ hour: '2-digit', minute: '2-digit', hourCycle: 'h23' } as const),
  })
  const underWay = item.at <= now
  const length = item.minutes === null ? null : exactDurationInWords(locale, item.minutes * 60)
  return (
    <li className="flex gap-3 py-3">
      <Icon name={ICONS[item.kind]} size={18} className="mt-0.5 text-soft" />
      <div className="min-w-0">
        <p className="text-14 text-soft">
          {t(`kinds.${item.kind}`)}
          {' · '}
          <time dateTime={item.at.toISOString()} className="font-medium text-text">
            {underWay ? t('underWay') : when}
          </time>
          {length === null ? null : ` · ${length}`}
        </p>
        <p className="font-medium wrap-break-word">
          <a
            href={item.kind === 'class' ? `/classes/${item.id}` : `/${item.kind}s/${item.id}`}
            className="-my-2.5 inline-flex min-h-11 items-center underline decoration-line underline-offset-4 hover:decoration-current sm:my-0 sm:min-h-6"
          >
            {item.title}
          </a>
        </p>
        <p className="text-14 wrap-break-word text-soft">
          <a
            href={`/courses/${item.courseId}`}
            className="-my-2.5 inline-flex min-h-11 items-center underline decoration-line underline-offset-4 hover:decoration-current sm:my-0 sm:min-h-6"
          >
            {item.courseTitle}
          </a>
        </p>
      </div>
    </li>
  )
}

/** What is due, closes or begins within three weeks, in the reader's own time. */
export function UpcomingList({ locale, timeZone, items, now }: Props) {
  const t = translator(locale, 'today')
  return (
    <Part id="upcoming" title={t('upcoming')}>
      <p className="-mt-2 text-14 text-soft">
        {items.length === 0 ? t('upcomingEmpty') : t('upcomingNote', { zone: timeZone.replaceAll('_', ' ') })}
      </p>
      {items.length === 0 ? null : (
        <ul className="mt-3 divide-y divide-line border-y border-line">
          {items.map((item) => (
            <Item key={`${item.kind} ${item.id}`} locale={locale} timeZone={timeZone} item={item} now={now} />
          ))}
        </ul>
      )}
    </Part>
  )
}
