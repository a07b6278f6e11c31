import { Fragment } from 'react'
import { About } from '#components/ui/about'
import { ConfirmForm } from '#components/ui/confirm-form'
import { DataTable } from '#components/ui/data-table'
import { EmptyState } from '#components/ui/empty-state'
import type { FormAction } from '#components/ui/form-context'
import { LinkButton } from '#components/ui/link-button'
import { Section } from '#components/ui/section'
import type {
  AccommodatedPerson,
  AccommodationDone,
  AccommodationsView,
  ExamHead,
  Scope,
} from '#lib/exams/contract/authoring'
import { translator } from '#lib/i18n/translate'
import { formWords } from '../form/form-words'
import { FindEnrolled } from '../teach/find-enrolled'
import { AccommodationForm } from './accommodation-form'
import { effectWords, extraWords } from './accommodation-words'
import { ExamFrame } from './exam-frame'

type Props = Readonly<{
  locale: string
  exam: ExamHead
  view: AccommodationsView
  /** Which extras of the chosen person are written. */
  scope: Scope
  done: AccommodationDone | undefined
  actions: Readonly<{ give: FormAction; remove: FormAction }>
}>

const pathOf = (exam: ExamHead): string => `/teach/courses/${exam.course.id}/exams/${exam.id}/accommodations`

function Find({ locale, exam, view }: Props) {
  const t = translator(locale, 'examAuthor.accommodations')
  return (
    <div className="mb-10">
      <FindEnrolled
        action={pathOf(exam)}
        q={view.q}
        found={view.found}
        words={{
          ...{ title: t('findTitle'), find: t('find'), search: t('search'), choose: t('choose') },
          nobody: t('nobody', { q: view.q }),
        }}
        hrefOf={(userId) => `${pathOf(exam)}?person=${userId}#extras`}
      />
    </div>
  )
}

function TakeBack({
  locale,
  exam,
  actions,
  person,
  scope,
}: Pick<Props, 'locale' | 'exam' | 'actions' | 'scope'> & { person: AccommodatedPerson }) {
  const t = translator(locale, 'examAuthor.accommodations')
  const form = translator(locale, 'teach.form')
  const { userId, name } = person
  return (
    <ConfirmForm
      id={`remove-${scope}-${userId}`}
      trigger={{
        label: t(person.extras.length > 1 ? `removeIn.${scope}` : 'remove'),
        about: name,
        look: 'plain',
        size: 'small',
      }}
      title={t(`removeAsk.${scope}`, { name })}
      consequence={t('removeGone')}
      action={actions.remove}
      values={{ courseId: exam.course.id, examId: exam.id, userId, scope }}
      submit={t('remove')}
      pendingLabel={form('pending')}
      cancel={form('cancel')}
      messages={formWords(locale)}
    />
  )
}

function Table(props: Props) {
  const { locale, exam, view } = props
  const t = translator(locale, 'examAuthor.accommodations')
  const lines = (list: readonly string[]) => (
    <ul>
      {list.map((line) => (
        <li key={line}>{line}</li>
      ))}
    </ul>
  )
  return (
    <DataTable<AccommodatedPerson>
      caption={t('caption')}
      rows={view.people}
      rowKey={({ userId }) => userId}
      empty={<EmptyState seed={`${exam.id}:extras`} title={t('emptyTitle')} body={t('emptyBody')} />}
      columns={[
        {
          ...{ id: 'person', header: t('person'), long: true },
          cell: ({ name, email, extras }) => (
            <span className="block">
              <span className="font-medium">{name}</span>
              <span className="block text-12 text-soft">{email}</span>
              {extras.map(({ scope, note }) =>
                note === null ? null : (
                  <span key={scope} className="mt-1 block max-w-note text-14 text-soft">
                    {note}
                  </span>
                ),
              )}
            </span>
          ),
        },
        {
          id: 'has',
          header: t('has'),
          cell: ({ extras }) => lines(extras.map((one) => extraWords(locale, one))),
        },
        { id: 'comes', header: t('comesTo'), cell: (person) => lines(effectWords(locale, view, person)) },
        {
          ...{ id: 'actions', header: t('actions') },
          cell: (person) => (
            <div className="flex flex-wrap gap-1">
              {person.extras.map(({ scope }) => (
                <Fragment key={scope}>
                  <LinkButton
                    href={`${pathOf(exam)}?person=${person.userId}&scope=${scope}#extras`}
                    look="plain"
                    size="small"
                  >
                    {t(person.extras.length > 1 ? `editIn.${scope}` : 'edit')}
                    <About>{person.name}</About>
                  </LinkButton>
                  <TakeBack {...{ locale, exam }} actions={props.actions} person={person} scope={scope} />
                </Fragment>
              ))}
            </div>
          ),
        },
      ]}
    />
  )
}

/** Who has more time, more attempts or another window, and what that comes to in this exam. */
export function AccommodationsPage(props: Props) {
  const { locale, exam, view, scope, done, actions } = props
  const t = translator(locale, 'examAuthor.accommodations')
  const { chosen } = view
  return (
    <ExamFrame
      locale={locale}
      exam={exam}
      current="accommodations"
      intro={t('intro')}
      done={done === undefined ? null : t(`done.${done}`)}
    >
      {chosen === null ? (
        <Find {...props} />
      ) : (
        <Section
          id="extras"
          title={t('formTitle', { name: chosen.name })}
          description={
            <ul>
              {effectWords(locale, view, chosen).map((line) => (
                <li key={line}>{line}</li>
              ))}
            </ul>
          }
        >
          <AccommodationForm {...{ locale, exam, view, scope }} person={chosen} action={actions.give} />
        </Section>
      )}
      <Table {...props} />
    </ExamFrame>
  )
}
