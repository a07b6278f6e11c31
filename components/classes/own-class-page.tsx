import type { ReactNode } from 'react'
import { Breadcrumbs } from '#components/ui/breadcrumbs'
import { LinkButton } from '#components/ui/link-button'
import { StatusBadge } from '#components/ui/status-badge'
import type { OwnClass } from '#lib/classes/contract'
import { durationInWords } from '#lib/i18n/duration'
import { formatter, translator } from '#lib/i18n/translate'
import { JoinDoor } from './join-door'
import { classTime, ownClassTime, zoneName } from './when'

type Props = Readonly<{
  locale: string
  view: OwnClass
  /** IANA: the reader's. */
  ownZone: string
}>

/** The way in, as its time is. The page's script changes it when the time comes; without one, loading again does. */
function Way({ locale, view, ownZone }: Props) {
  const t = translator(locale, 'classes.own')
  const { door, platform, teaching, now } = view
  if (door.state === 'cancelled') return <p className="font-semibold text-bad">{t('cancelled')}</p>
  const name = translator(locale, 'classes.platforms')(platform)
  const from = formatter(locale, ownZone).dateTime(door.opensAt, {
    ...({ weekday: 'short', day: 'numeric', month: 'short' } as const),
    ...({ hour: '2-digit', minute: '2-digit', hourCycle: 'h23', timeZoneName: 'short' } as const),
  })
  return (
    <JoinDoor
      opensAt={door.opensAt.getTime()}
      closesAt={door.closesAt.getTime()}
      now={now.getTime()}
      early={
        <>
          <p className="max-w-note">{t('opens', { from })}</p>
          <noscript>
            <p className="mt-1 text-14 text-soft">{t('noScript')}</p>
          </noscript>
        </>
      }
      open={
        <>
          <p className="mb-3 font-semibold text-good">{t('open')}</p>
          {/* A plain link: a form may lead nowhere but to this host. */}
          <LinkButton href={`/api/classes/${view.id}/join`}>{t('join')}</LinkButton>
          <p className="mt-3 max-w-note text-14 text-soft">
            {t(teaching ? 'teachNote' : 'joinNote', { platform: name })}
          </p>
        </>
      }
      over={<p>{t('over')}</p>}
    />
  )
}

function Fact({ term, children }: Readonly<{ term: string; children: ReactNode }>) {
  return (
    <div>
      <dt className="text-14 text-soft">{term}</dt>
      <dd className="mt-0.5 wrap-anywhere">{children}</dd>
    </div>
  )
}

function Facts({ locale, view, ownZone }: Props) {
  const t = translator(locale, 'classes.own')
  const own = ownClassTime(locale, view.timeZone, ownZone, view.scheduledAt)
  return (
    <dl className="grid gap-4 sm:grid-cols-3">
      <Fact term={t('when')}>
        <time dateTime={view.scheduledAt.toISOString()}>
          {classTime(locale, view.timeZone, view.scheduledAt)}
        </time>
        <span className="block text-14 text-soft">{own ?? zoneName(view.timeZone)}</span>
      </Fact>
      <Fact term={t('length')}>{durationInWords(locale, view.duration * 60)}</Fact>
      <Fact term={t('where')}>{translator(locale, 'classes.platforms')(view.platform)}</Fact>
    </dl>
  )
}

/** What is noted about the reader, and about nobody else. */
function OwnAttendance({ locale, view, ownZone }: Props) {
  const t = translator(locale, 'classes.own')
  const { attendance, teaching } = view
  if (teaching && attendance === null) return null
  return (
    <section aria-labelledby="attendance">
      <h2 id="attendance" className="text-18 font-semibold">
        {t('attendance')}
      </h2>
      {attendance === null ? (
        <p className="mt-2 text-soft">{t('none')}</p>
      ) : (
        <dl className="mt-2 grid gap-4 sm:grid-cols-3">
          <Fact term={t('status')}>
            {attendance.status === null
              ? t('noneYet')
              : translator(locale, 'classes.statuses')(attendance.status)}
          </Fact>
          {attendance.joinedAt === null ? null : (
            <Fact term={t('joined')}>{classTime(locale, ownZone, attendance.joinedAt)}</Fact>
          )}
        </dl>
      )}
    </section>
  )
}

function Recording({ locale, view }: Props) {
  const t = translator(locale, 'classes.own')
  const { recordingUrl, door } = view
  if (recordingUrl === null && door.state !== 'over') return null
  return (
    <section aria-labelledby="recording">
      <h2 id="recording" className="text-18 font-semibold">
        {t('recording')}
      </h2>
      {recordingUrl === null ? (
        <p className="mt-2 text-soft">{t('noRecording')}</p>
      ) : (
        <p className="mt-2">
          <a
            href={recordingUrl}
            rel="noopener noreferrer"
            className="inline-flex min-h-11 items-center font-medium text-accent-11 underline underline-offset-4"
          >
            {t('watch')}
          </a>
        </p>
      )}
    </section>
  )
}

/** A class as those who take part see it. */
export function OwnClassPage(props: Props) {
  const { locale, view } = props
  const t = translator(locale, 'classes.own')
  const crumbs = [
    { label: view.courseTitle, href: `/courses/${view.courseId}` },
    { label: t('calendar'), href: '/calendar' },
  ]
  return (
    <article className="mx-auto flex max-w-column flex-col gap-8">
      <header>
        <Breadcrumbs label={t('crumbs')} crumbs={crumbs} />
        <div className="flex flex-wrap items-center gap-3">
          <h1 className="min-w-0 font-reading text-28 font-medium wrap-anywhere sm:text-36">{view.title}</h1>
          <StatusBadge tone="info" icon="live">
            {t('live')}
          </StatusBadge>
        </div>
      </header>
      <section aria-label={t('join')} className="rounded-md bg-sunken p-6">
        <Way {...props} />
      </section>
      <Facts {...props} />
      {view.notes === null ? null : (
        <section aria-labelledby="notes">
          <h2 id="notes" className="text-18 font-semibold">
            {t('notes')}
          </h2>
          <p dir="auto" className="mt-2 whitespace-pre-wrap wrap-anywhere">
            {view.notes}
          </p>
        </section>
      )}
      <Recording {...props} />
      <OwnAttendance {...props} />
      {view.teaching ? (
        <div>
          <LinkButton href={`/teach/courses/${view.courseId}/classes/${view.id}`} look="quiet">
            {t('manage')}
          </LinkButton>
        </div>
      ) : null}
    </article>
  )
}
