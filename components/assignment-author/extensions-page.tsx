import { About } from '#components/ui/about'
import { ConfirmForm } from '#components/ui/confirm-form'
import { DataTable } from '#components/ui/data-table'
import { EmptyState } from '#components/ui/empty-state'
import type { FormAction } from '#components/ui/form-context'
import { LinkButton } from '#components/ui/link-button'
import { Notice } from '#components/ui/notice'
import { Pager } from '#components/ui/pager'
import type { ExtendedPerson, ExtensionDone, ExtensionsView } from '#lib/assignments/contract/extensions'
import { translator } from '#lib/i18n/translate'
import { momentIn } from '../exam/when'
import { formWords } from '../form/form-words'
import { FindEnrolled } from '../teach/find-enrolled'
import { AssignmentFrame, type AssignmentMay } from './assignment-frame'
import { ExtensionForm } from './extension-form'

type Props = Readonly<{
  locale: string
  may: AssignmentMay
  view: ExtensionsView
  done: ExtensionDone | undefined
  actions: Readonly<Record<'give' | 'remove', FormAction>>
}>

type One = Props & Readonly<{ person: ExtendedPerson }>

const taskOf = ({ course, id }: ExtensionsView): string => `/teach/courses/${course.id}/assignments/${id}`
const pathOf = (view: ExtensionsView): string => `${taskOf(view)}/extensions`
const formOf = (view: ExtensionsView, userId: string): string => `${pathOf(view)}?person=${userId}#extension`

/** What the date of everybody is, where there is one. */
function everybody({ locale, view }: Pick<Props, 'locale' | 'view'>): string | null {
  const { dueDate, timeZone } = view
  if (dueDate === null) return null
  const date = momentIn(locale, timeZone, dueDate)
  return translator(locale, 'assignmentAuthor.extensions')('everybody', {
    ...{ date, zone: timeZone.replaceAll('_', ' ') },
  })
}

/** The way to a new one: nothing where there is no date, a form for whoever was chosen, a search otherwise. */
function Give({ locale, view, actions }: Props) {
  const t = translator(locale, 'assignmentAuthor.extensions')
  const about = everybody({ locale, view })
  const { chosen, q, found } = view
  if (about === null)
    return (
      <Notice
        tone="info"
        title={t('noDueTitle')}
        action={
          <LinkButton href={`${taskOf(view)}#when`} look="quiet">
            {t('toTask')}
          </LinkButton>
        }
      >
        {t('noDueBody')}
      </Notice>
    )
  if (chosen !== null)
    return (
      <ExtensionForm
        {...{ locale, view, chosen, about }}
        key={chosen.userId}
        back={pathOf(view)}
        action={actions.give}
      />
    )
  return (
    <>
      <p className="mb-6 text-14 text-soft">{about}</p>
      <FindEnrolled
        action={pathOf(view)}
        q={q}
        found={found}
        words={{
          ...{ title: t('findTitle'), find: t('find'), search: t('search'), choose: t('choose') },
          nobody: t('nobody', { q }),
        }}
        hrefOf={(userId) => formOf(view, userId)}
      />
    </>
  )
}

function Who({ locale, person }: Pick<One, 'locale' | 'person'>) {
  const t = translator(locale, 'assignmentAuthor.extensions')
  const { name, email, note, enrolled } = person
  return (
    <span className="block">
      <span className="font-medium">{name}</span>
      <span className="block text-12 text-soft">{email}</span>
      {enrolled ? null : <span className="block text-12 text-warn">{t('gone')}</span>}
      {note === null ? null : (
        <span dir="auto" className="mt-1 block max-w-note text-14 whitespace-pre-line text-soft">
          {note}
        </span>
      )}
    </span>
  )
}

function Due({ locale, view, person }: Pick<One, 'locale' | 'view' | 'person'>) {
  const t = translator(locale, 'assignmentAuthor.extensions')
  const { dueDate, counts } = person
  return (
    <span className="block">
      {momentIn(locale, view.timeZone, dueDate)}
      {counts ? null : (
        <span className="block text-12 text-warn">{t(view.dueDate === null ? 'idleNone' : 'idle')}</span>
      )}
    </span>
  )
}

function Work({ locale, view, person }: Pick<One, 'locale' | 'view' | 'person'>) {
  const t = translator(locale, 'assignmentAuthor.extensions')
  const { handedIn } = person
  if (handedIn === null) return <span className="text-soft">{t('notYet')}</span>
  const { at, daysLate } = handedIn
  return (
    <span className="block">
      {momentIn(locale, view.timeZone, at)}
      <span className="block text-12 text-soft">
        {daysLate === 0 ? t('onTime') : t('late', { days: daysLate })}
      </span>
    </span>
  )
}

/** What taking an extension back means for its person. */
function consequence({ locale, view, person }: Pick<One, 'locale' | 'view' | 'person'>): string {
  const t = translator(locale, 'assignmentAuthor.extensions')
  if (view.dueDate === null) return t('removeNone')
  const days = person.handedIn?.daysLateWithout ?? 0
  const holds = t('removeDue', { date: momentIn(locale, view.timeZone, view.dueDate) })
  return days === 0 ? holds : `${holds} ${t('removeLate', { days })}`
}

function TakeBack(props: One) {
  const { locale, view, person, actions } = props
  const t = translator(locale, 'assignmentAuthor.extensions')
  const form = translator(locale, 'teach.form')
  const { userId, name } = person
  return (
    <ConfirmForm
      id={`remove-${userId}`}
      trigger={{ label: t('remove'), about: name, look: 'plain', size: 'small' }}
      title={t('removeAsk', { name })}
      consequence={consequence(props)}
      action={actions.remove}
      values={{ courseId: view.course.id, assignmentId: view.id, userId }}
      submit={t('remove')}
      pendingLabel={form('pending')}
      cancel={form('cancel')}
      messages={formWords(locale)}
    />
  )
}

/** What can be done with one of them. Whoever has left, and whoever has nothing to be late for, is only taken back. */
function Ways(props: One) {
  const { locale, view, person } = props
  const t = translator(locale, 'assignmentAuthor.extensions')
  return (
    <div className="flex flex-wrap gap-1">
      {person.enrolled && view.dueDate !== null ? (
        <LinkButton href={formOf(view, person.userId)} look="plain" size="small">
          {t('edit')}
          <About>{person.name}</About>
        </LinkButton>
      ) : null}
      <TakeBack {...props} />
    </div>
  )
}

function Table(props: Props) {
  const { locale, view } = props
  const t = translator(locale, 'assignmentAuthor.extensions')
  // Where a form stands, or nothing can be given, there is no first step to teach.
  const empty =
    view.dueDate === null || view.chosen !== null ? null : (
      <EmptyState seed={`${view.id}:extensions`} title={t('emptyTitle')} body={t('emptyBody')} />
    )
  return (
    <DataTable<ExtendedPerson>
      caption={t('caption')}
      rows={view.people}
      rowKey={({ userId }) => userId}
      empty={empty}
      columns={[
        {
          ...{ id: 'person', header: t('person'), long: true },
          cell: (person) => <Who locale={locale} person={person} />,
        },
        { id: 'due', header: t('due'), cell: (person) => <Due {...props} person={person} /> },
        { id: 'work', header: t('work'), cell: (person) => <Work {...props} person={person} /> },
        { id: 'actions', header: t('actions'), cell: (person) => <Ways {...props} person={person} /> },
      ]}
    />
  )
}

/** Who has a later due date in an assignment, and the way to give one. */
export function ExtensionsPage(props: Props) {
  const { locale, may, view, done } = props
  const t = translator(locale, 'assignmentAuthor.extensions')
  const link = (cursor: string | null, label: string) =>
    cursor === null ? null : { href: `${pathOf(view)}?cursor=${encodeURIComponent(cursor)}`, label }
  return (
    <AssignmentFrame
      {...{ locale, may, course: view.course, id: view.id, title: view.title }}
      intro={t('intro')}
      current="extensions"
      done={done === undefined ? null : t(`done.${done}`)}
    >
      <div className="flex flex-col gap-8">
        <div>
          <Give {...props} />
        </div>
        <Table {...props} />
        <Pager
          label={t('pager')}
          previous={link(view.previousCursor, t('previous'))}
          next={link(view.nextCursor, t('next'))}
        />
      </div>
    </AssignmentFrame>
  )
}
