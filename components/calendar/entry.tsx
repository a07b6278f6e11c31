import { Icon, type IconName } from '#components/ui/icon'
import type { CalendarEntry, Piece } from '#lib/calendar/contract'
import { translator } from '#lib/i18n/translate'
import { momentIn } from '../exam/when'
import { hourOf, kindOf } from './words'

const ICONS = {
  class: 'live',
  assignment: 'assignment',
  exam: 'exam',
  lesson: 'book-open',
} as const satisfies Record<CalendarEntry['kind'], IconName>

type Props = Readonly<{ locale: string; timeZone: string; piece: Piece }>

/** A line in a cell of the month or the week: its hour, its kind by an icon and a word, its title. */
export function SmallEntry({ locale, timeZone, piece }: Props) {
  const t = translator(locale, 'calendar')
  const { entry, href } = piece
  const hour = hourOf(locale, timeZone, piece)
  const kind = kindOf(locale, piece)
  return (
    <a
      href={href}
      title={`${kind}: ${entry.title}`}
      className="flex min-h-6 items-start gap-1 rounded-sm bg-accent-3 px-1.5 py-0.5 text-12 text-text hover:bg-accent-4"
    >
      <Icon name={ICONS[entry.kind]} size={14} className="mt-0.5 shrink-0 text-accent-11" />
      <span className="min-w-0">
        {hour === null ? null : <span className="font-medium tabular-nums">{hour} </span>}
        <span className="sr-only">
          {entry.cancelled ? `${t('cancelled')}: ` : ''}
          {kind}:{' '}
        </span>
        <span className={`line-clamp-2 wrap-anywhere ${entry.cancelled ? 'text-soft line-through' : ''}`}>
          {entry.title}
        </span>
      </span>
    </a>
  )
}

/** What an entry of the agenda is; of what goes on for days, until when. */
function What({ locale, timeZone, piece }: Props) {
  const t = translator(locale, 'calendar')
  const { entry, part } = piece
  const until = part === 'middle' && entry.to !== null ? momentIn(locale, timeZone, entry.to) : null
  return (
    <>
      {entry.cancelled ? <strong className="text-bad">{t('cancelled')} · </strong> : null}
      {until === null ? kindOf(locale, piece) : t('exam.window', { until })}
      {entry.teaching ? ` · ${t('teaching')}` : ''}
    </>
  )
}

/** An entry of the agenda. */
export function AgendaEntry({ locale, timeZone, piece }: Props) {
  const t = translator(locale, 'calendar')
  const { entry, href } = piece
  return (
    <li className="flex gap-3 py-2">
      <span className="w-24 shrink-0 pt-3 text-14 font-medium tabular-nums">
        {hourOf(locale, timeZone, piece) ?? t('allDay')}
      </span>
      <a
        href={href}
        className="flex min-h-11 min-w-0 grow gap-3 rounded-sm bg-surface px-3 py-2 outline-offset-2 hover:bg-accent-2"
      >
        <Icon name={ICONS[entry.kind]} size={18} className="mt-0.5 shrink-0 text-accent-11" />
        <span className="min-w-0">
          <span className="block text-14 text-soft">
            <What locale={locale} timeZone={timeZone} piece={piece} />
          </span>
          <span className={`block font-medium wrap-anywhere ${entry.cancelled ? 'line-through' : ''}`}>
            {entry.title}
          </span>
          <span className="block text-14 wrap-anywhere text-soft">{entry.courseTitle}</span>
        </span>
      </a>
    </li>
  )
}

/** Something that goes on for days, and until when. */
export function LongEntry({ locale, timeZone, piece }: Props) {
  const t = translator(locale, 'calendar')
  const { entry, href } = piece
  return (
    <a
      href={href}
      className="flex min-h-11 items-start gap-2 rounded-sm bg-surface px-3 py-2 text-14 outline-offset-2 hover:bg-accent-2 sm:min-h-9"
    >
      <Icon name={ICONS[entry.kind]} size={16} className="mt-0.5 shrink-0 text-accent-11" />
      <span className="min-w-0 wrap-anywhere">
        <span className="font-medium">{entry.title}</span>
        <span className="block text-soft">
          {kindOf(locale, piece)}
          {entry.to === null ? '' : ` · ${t('until', { until: momentIn(locale, timeZone, entry.to) })}`}
          {entry.teaching ? ` · ${t('teaching')}` : ''}
        </span>
      </span>
    </a>
  )
}
