import { About } from '#components/ui/about'
import { Disclosure } from '#components/ui/disclosure'
import { EmptyState } from '#components/ui/empty-state'
import { Icon } from '#components/ui/icon'
import { LinkButton } from '#components/ui/link-button'
import { Pager } from '#components/ui/pager'
import { StatusBadge, type Tone } from '#components/ui/status-badge'
import { formatter, translator } from '#lib/i18n/translate'
import { LIST_PAGE, type Signal, SIGNALS, THRESHOLDS } from '#lib/insight/contract/constants'
import type { CourseInsight, Given, WarningLine } from '#lib/insight/contract/views'
import { CsvLink } from './bar-chart'
import { signalInWords } from './signal-words'

const TONES: Readonly<Record<Signal, Tone>> = {
  failed: 'bad',
  missing: 'bad',
  dropped: 'warn',
  silent: 'warn',
  'not-returned': 'warn',
  behind: 'warn',
  late: 'info',
  'not-started': 'info',
}

type Place = Readonly<{ locale: string; timeZone: string }>

/** What was seen of somebody: its name, the sentence, since when. */
export function Signals({ locale, timeZone, given }: Place & { given: readonly Given[] }) {
  return (
    <ul className="flex flex-col gap-2">
      {given.map((one) => {
        const words = signalInWords(locale, timeZone, one)
        return (
          <li key={one.signal} className="flex flex-wrap items-baseline gap-x-3 gap-y-1 text-14">
            <StatusBadge tone={TONES[one.signal]}>{words.name}</StatusBadge>
            <span className="min-w-0 basis-60 grow wrap-anywhere">
              {words.says} <span className="text-soft">{words.since}</span>
            </span>
          </li>
        )
      })}
    </ul>
  )
}

/** When somebody was last written to, and by whom. */
function Written({ locale, timeZone, written }: Place & Pick<WarningLine, 'written'>) {
  const t = translator(locale, 'insight.signals')
  if (written === null) return null
  const day = formatter(locale, timeZone).dateTime(written.at, {
    ...{ day: 'numeric', month: 'short', year: 'numeric' },
  })
  return (
    <p className="flex items-center gap-2 text-14 text-good">
      <Icon name="check-circle" size={16} />
      {written.by === null ? t('written', { day }) : t('writtenBy', { by: written.by, day })}
    </p>
  )
}

function Line({ locale, timeZone, courseId, line }: Place & { courseId: string; line: WarningLine }) {
  const t = translator(locale, 'insight.signals')
  const { userId, name, progress, signals, written } = line
  const [first] = signals
  const percent = formatter(locale, timeZone).number(Math.floor(progress) / 100, { style: 'percent' })
  return (
    <li className="grid gap-x-8 gap-y-3 py-5 lg:grid-cols-[14rem_minmax(0,1fr)_auto]">
      <div className="min-w-0">
        <h3 className="font-semibold wrap-anywhere">{name}</h3>
        <p className="text-14 text-soft tabular-nums">{t('progress', { percent })}</p>
      </div>
      <div className="flex min-w-0 flex-col gap-2">
        <Signals locale={locale} timeZone={timeZone} given={signals} />
        {first === undefined ? null : (
          <p className="flex items-start gap-2 text-14 text-soft">
            <Icon name="tip" size={16} className="mt-0.5" />
            {signalInWords(locale, timeZone, first).advice}
          </p>
        )}
        <Written locale={locale} timeZone={timeZone} written={written} />
      </div>
      <div>
        <LinkButton href={`/teach/courses/${courseId}/insight/${userId}`} look="quiet" size="small">
          <Icon name="mail" size={16} />
          {written === null ? t('write') : t('again')}
          <About>{name}</About>
        </LinkButton>
      </div>
    </li>
  )
}

/** The thresholds, in words. */
function How({ locale }: { locale: string }) {
  const t = translator(locale, 'insight.signals.how')
  const { silentDays, notStartedDays, behindDays, behindPoints, paceLearners, lateWorks, droppedPoints } =
    THRESHOLDS
  const sentences = [
    t('failed'),
    t('missing'),
    t('dropped', { points: droppedPoints }),
    t('silent', { days: silentDays }),
    t('not-returned'),
    t('behind', { points: behindPoints, days: behindDays, learners: paceLearners }),
    t('late', { count: lateWorks }),
    t('not-started', { days: notStartedDays }),
    t('nobody'),
  ]
  return (
    <Disclosure summary={<span className="font-medium">{t('title')}</span>}>
      <ul className="max-w-column list-disc ps-6 text-14 text-soft">
        {sentences.map((sentence) => (
          <li key={sentence} className="mt-2">
            {sentence}
          </li>
        ))}
      </ul>
    </Disclosure>
  )
}

type Props = Place &
  Readonly<{ courseId: string; isOpen: boolean; view: CourseInsight; signal: Signal | null; page: number }>

const hrefOf = (courseId: string, signal: Signal | null, page = 1): string => {
  const query = new URLSearchParams({
    ...(signal === null ? {} : { signal }),
    ...(page === 1 ? {} : { page: String(page) }),
  }).toString()
  return `/teach/courses/${courseId}/insight${query === '' ? '' : `?${query}`}#warnings`
}

function Filter({ locale, courseId, view, signal }: Props) {
  const t = translator(locale, 'insight.signals')
  const { counts } = view
  const present = SIGNALS.filter((one) => (counts[one] ?? 0) > 0 || one === signal)
  if (present.length === 0) return null
  const links = [
    { one: null, label: t('everybody') },
    ...present.map((one) => ({
      one,
      label: t('some', { signal: t(`names.${one}`), count: counts[one] ?? 0 }),
    })),
  ]
  return (
    <nav aria-label={t('filter')} className="mt-4 flex flex-wrap gap-2" data-chrome>
      {links.map(({ one, label }) => (
        <a
          key={label}
          href={hrefOf(courseId, one)}
          aria-current={one === signal ? 'true' : undefined}
          className="inline-flex min-h-11 items-center rounded-full border border-edge px-4 text-14 aria-[current]:border-accent-9 aria-[current]:bg-accent-3 aria-[current]:font-semibold aria-[current]:text-accent-11 sm:min-h-9"
        >
          {label}
        </a>
      ))}
    </nav>
  )
}

function Nobody({ locale, courseId, isOpen, signal }: Props) {
  const t = translator(locale, 'insight.signals')
  if (signal !== null) return <p className="mt-4 text-soft">{t('noneOfKind')}</p>
  return (
    <EmptyState
      seed={`${courseId}:warnings`}
      title={isOpen ? t('none') : t('noneClosed')}
      body={isOpen ? t('noneBody') : t('noneClosedBody')}
    />
  )
}

/** Who may need somebody, and why: a list to act on. */
export function WarningList(props: Props) {
  const { locale, timeZone, courseId, view, signal, page } = props
  const t = translator(locale, 'insight.signals')
  const { warnings, warned, looked, learning } = view
  return (
    <section id="warnings" aria-labelledby="warnings-title">
      <h2 id="warnings-title" className="text-22 font-semibold">
        {t('title')}
      </h2>
      <p className="mt-1 max-w-column text-14 text-soft">{t('intro')}</p>
      <Filter {...props} />
      {warned === 0 ? (
        <Nobody {...props} />
      ) : (
        <>
          <div className="mt-4 flex flex-wrap items-center justify-between gap-3">
            <p className="text-14 text-soft tabular-nums">{t('count', { count: warned, learning })}</p>
            <CsvLink locale={locale} href={`/api/insight/${courseId}?part=signals`} what={t('title')} />
          </div>
          <ul className="divide-y divide-line border-y border-line">
            {warnings.map((line) => (
              <Line key={line.userId} {...{ locale, timeZone, courseId, line }} />
            ))}
          </ul>
          <div className="mt-4">
            <Pager
              label={t('pages')}
              previous={page > 1 ? { href: hrefOf(courseId, signal, page - 1), label: t('previous') } : null}
              next={
                page * LIST_PAGE < warned
                  ? { href: hrefOf(courseId, signal, page + 1), label: t('next') }
                  : null
              }
            />
          </div>
        </>
      )}
      {looked < learning ? (
        <p className="mt-4 text-14 text-soft">{t('looked', { looked, learning })}</p>
      ) : null}
      <div className="mt-4">
        <How locale={locale} />
      </div>
    </section>
  )
}
