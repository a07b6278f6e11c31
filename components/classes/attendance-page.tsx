import { ActionForm } from '#components/ui/action-form'
import { DataTable } from '#components/ui/data-table'
import { EmptyState } from '#components/ui/empty-state'
import type { FormAction } from '#components/ui/form-context'
import { HiddenFields } from '#components/ui/hidden-fields'
import { LinkButton } from '#components/ui/link-button'
import { Notice } from '#components/ui/notice'
import { Pager } from '#components/ui/pager'
import type { AttendancePage as View, AttendanceSearch, Attendee } from '#lib/classes/contract/attendance'
import { type Attended, STATUSES } from '#lib/classes/contract/constants'
import { translator } from '#lib/i18n/translate'
import { formWords } from '../form/form-words'
import { CourseFrame } from '../teach/course-frame'
import { classTime } from './when'

type Props = Readonly<{
  locale: string
  view: View
  search: AttendanceSearch
  /** Of the two forms: a second press writes nothing more. */
  keys: readonly [string, string]
  actions: Readonly<Record<'mark' | 'all' | 'undo', FormAction>>
}>

const whichOf = ({ course, classId }: View) => ({ courseId: course.id, classId })
const classOf = ({ course, classId }: View): string => `/teach/courses/${course.id}/classes/${classId}`

function Done({ locale, view, search, actions }: Props) {
  const t = translator(locale, 'classes.attendance')
  const { done, count = 0, mark } = search
  if (done === undefined) return null
  return (
    <div className="mb-6" role="status">
      <Notice
        tone="good"
        title={t(done === 'undone' ? 'undone' : 'saved', { count })}
        action={
          mark === undefined ? undefined : (
            <ActionForm
              action={actions.undo}
              submit={t('undo')}
              submitLook="quiet"
              pendingLabel={t('undoing')}
              messages={formWords(locale)}
            >
              <HiddenFields values={{ ...whichOf(view), mark }} />
            </ActionForm>
          )
        }
      />
    </div>
  )
}

const CHOICES = [...STATUSES, null] as const

/** One person's attendance: radio buttons, so that arrow keys choose and Tab goes to the next person. */
function Choice({ locale, person, place }: Readonly<{ locale: string; person: Attendee; place: number }>) {
  const t = translator(locale, 'classes.attendance')
  const word = translator(locale, 'classes.statuses')
  const { userId, name, status } = person
  const valueOf = (to: Attended | null): string => `${userId}:${status ?? ''}:${to ?? ''}`
  return (
    <fieldset className="min-w-0">
      <legend className="sr-only">{t('statusOf', { name })}</legend>
      <div className="flex flex-wrap gap-1">
        {CHOICES.map((to) => (
          <label
            key={to ?? 'none'}
            className="inline-flex min-h-11 cursor-pointer items-center gap-1.5 rounded-sm px-2 text-14 has-checked:bg-accent-3 has-checked:font-medium has-focus-visible:outline-2 has-focus-visible:outline-accent-8"
          >
            <input
              type="radio"
              name={`row-${String(place)}`}
              value={valueOf(to)}
              defaultChecked={to === status}
              className="size-4 outline-none"
            />
            {word(to ?? 'none')}
          </label>
        ))}
      </div>
    </fieldset>
  )
}

function Joined({ locale, view, person }: Pick<Props, 'locale' | 'view'> & { person: Attendee }) {
  const t = translator(locale, 'classes.attendance')
  if (person.joinedAt === null) return <span className="text-soft">{t('never')}</span>
  return (
    <time dateTime={person.joinedAt.toISOString()}>{classTime(locale, view.timeZone, person.joinedAt)}</time>
  )
}

function List(props: Props) {
  const { locale, view, keys, actions } = props
  const t = translator(locale, 'classes.attendance')
  const places = new Map(view.people.map(({ userId }, place) => [userId, place]))
  return (
    <ActionForm
      action={actions.mark}
      submit={t('save')}
      pendingLabel={t('saving')}
      messages={formWords(locale)}
    >
      <HiddenFields values={{ ...whichOf(view), key: keys[0], page: String(view.page) }} />
      <DataTable<Attendee>
        caption={t('caption', { title: view.title })}
        rows={view.people}
        rowKey={({ userId, status }) => `${userId} ${status ?? ''}`}
        empty={null}
        columns={[
          {
            ...{ id: 'person', header: t('person'), long: true },
            cell: ({ name, email }) => (
              <span className="block">
                <span className="font-medium">{name}</span>
                <span className="block text-12 text-soft">{email}</span>
              </span>
            ),
          },
          {
            ...{ id: 'status', header: t('status') },
            cell: (person) => (
              <Choice locale={locale} person={person} place={places.get(person.userId) ?? 0} />
            ),
          },
          { id: 'joined', header: t('joined'), cell: (person) => <Joined {...props} person={person} /> },
          {
            ...{ id: 'minutes', header: t('minutes'), end: true },
            cell: ({ minutes }) => (minutes === null ? t('never') : t('minutesOf', { minutes })),
          },
        ]}
      />
    </ActionForm>
  )
}

function Everybody({ locale, view, keys, actions }: Props) {
  const t = translator(locale, 'classes.attendance')
  const { learners, present, late, absent, excused } = view.counts
  const open = learners - present - late - absent - excused
  return (
    <div className="mb-6 flex flex-wrap items-center justify-between gap-4">
      <p className="text-14">{t('counts', { present, late, absent, excused, open })}</p>
      {open === 0 ? null : (
        <div className="max-w-note">
          <ActionForm
            action={actions.all}
            submit={t('all')}
            submitLook="quiet"
            pendingLabel={t('allPending')}
            messages={formWords(locale)}
            extra={<span className="text-12 text-soft">{t('allHelp')}</span>}
          >
            <HiddenFields values={{ ...whichOf(view), key: keys[1] }} />
          </ActionForm>
        </div>
      )}
    </div>
  )
}

function Head({ locale, view }: Pick<Props, 'locale' | 'view'>) {
  const t = translator(locale, 'classes.attendance')
  return (
    <div className="mb-6 flex flex-wrap items-start justify-between gap-4">
      <div className="max-w-column min-w-0">
        <h2 className="font-reading text-22 font-medium wrap-anywhere">
          {t('title')}: {view.title}
        </h2>
        <p className="mt-1 text-soft">
          {classTime(locale, view.timeZone, view.scheduledAt)} · {t('intro')}
        </p>
        {view.begun ? null : <p className="mt-1 text-14 text-soft">{t('notYet')}</p>}
      </div>
      <div className="flex flex-wrap gap-3">
        <LinkButton href={`${classOf(view)}/attendance/import`} look="quiet" size="small">
          {t('import')}
        </LinkButton>
        <a
          href={`/api/attendance/${view.course.id}/${view.classId}`}
          download
          className="inline-flex min-h-11 items-center font-medium text-accent-11 underline underline-offset-4"
        >
          {t('export')}
        </a>
        <LinkButton href={classOf(view)} look="quiet" size="small">
          {t('back')}
        </LinkButton>
      </div>
    </div>
  )
}

/** Who was in a class, to be marked by hand. */
export function AttendancePage(props: Props) {
  const { locale, view } = props
  const t = translator(locale, 'classes.attendance')
  const link = (page: number, label: string) =>
    page < 1 || page > view.pages ? null : { href: `${classOf(view)}/attendance?page=${String(page)}`, label }
  return (
    <CourseFrame locale={locale} course={view.course} current="classes">
      <Done {...props} />
      <Head locale={locale} view={view} />
      {view.people.length === 0 ? (
        <EmptyState seed={`${view.classId}:attendance`} title={t('emptyTitle')} body={t('emptyBody')} />
      ) : (
        <>
          <Everybody {...props} />
          {/* What is marked by now is another list: what an older one had chosen doesn't stay in it. */}
          <List key={`${String(view.page)} ${JSON.stringify(view.counts)}`} {...props} />
        </>
      )}
      <div className="mt-6">
        {view.pages === 1 ? null : (
          <p className="mb-3 text-14 text-soft">{t('page', { page: view.page, pages: view.pages })}</p>
        )}
        <Pager
          label={t('pager')}
          previous={link(view.page - 1, t('previous'))}
          next={link(view.page + 1, t('next'))}
        />
      </div>
    </CourseFrame>
  )
}
