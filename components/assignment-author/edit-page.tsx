import { ActionForm } from '#components/ui/action-form'
import { ConfirmForm } from '#components/ui/confirm-form'
import type { FormAction } from '#components/ui/form-context'
import { HiddenFields } from '#components/ui/hidden-fields'
import { Section } from '#components/ui/section'
import { StatusBadge } from '#components/ui/status-badge'
import type { AuthoredAssignment, EditDone } from '#lib/assignments/contract/authoring'
import { formatter, translator } from '#lib/i18n/translate'
import { formWords } from '../form/form-words'
import { AssignmentFrame, type AssignmentMay } from './assignment-frame'
import { EditFields } from './edit-fields'
import { RubricEditor } from './rubric-editor'
import { rubricWords } from './rubric-words'

type Props = Readonly<{
  locale: string
  may: AssignmentMay
  assignment: AuthoredAssignment
  done: EditDone | undefined
  actions: Readonly<Record<'change' | 'rubric' | 'publish' | 'unpublish' | 'remove', FormAction>>
}>

const whichOf = ({ course, id }: AuthoredAssignment) => ({ courseId: course.id, assignmentId: id })

function RubricPart({ locale, assignment, actions }: Props) {
  const t = translator(locale, 'assignmentAuthor.rubric')
  return (
    <Section id="rubric" title={t('title')} description={t('body')}>
      <noscript>
        <p className="text-soft">{t('needsScript')}</p>
      </noscript>
      <RubricEditor
        key={JSON.stringify(assignment.rubric)}
        ids={whichOf(assignment)}
        rubric={assignment.rubric}
        points={assignment.points}
        words={rubricWords(locale)}
        messages={formWords(locale)}
        save={actions.rubric}
      />
    </Section>
  )
}

function State({ locale, assignment, actions }: Props) {
  const t = translator(locale, 'assignmentAuthor.state')
  const { publishedAt, handedIn, timeZone } = assignment
  const form = translator(locale, 'teach.form')
  const press = (action: FormAction, label: string, look: 'primary' | 'quiet') => (
    <ActionForm
      action={action}
      submit={label}
      submitLook={look}
      pendingLabel={form('pending')}
      messages={formWords(locale)}
    >
      <HiddenFields values={whichOf(assignment)} />
    </ActionForm>
  )
  const words =
    publishedAt === null
      ? t('draft')
      : t('since', {
          date: formatter(locale, timeZone).dateTime(publishedAt, { dateStyle: 'long' }),
        })
  return (
    <Section id="state" title={t('title')} description={words}>
      {publishedAt === null ? press(actions.publish, t('publish'), 'primary') : null}
      {publishedAt !== null && handedIn === 0 ? press(actions.unpublish, t('unpublish'), 'quiet') : null}
      {publishedAt !== null && handedIn > 0 ? (
        <p className="max-w-note text-14 text-soft">{t('handedIn', { count: handedIn })}</p>
      ) : null}
    </Section>
  )
}

function Remove({ locale, assignment, actions }: Props) {
  const t = translator(locale, 'assignmentAuthor.remove')
  const form = translator(locale, 'teach.form')
  return (
    <Section id="remove" title={t('title')} description={t('body')}>
      <ConfirmForm
        id="delete-assignment"
        trigger={{ label: t('delete'), icon: 'trash' }}
        title={t('ask', { title: assignment.title })}
        consequence={t('gone', { count: assignment.handedIn })}
        action={actions.remove}
        values={whichOf(assignment)}
        submit={t('delete')}
        pendingLabel={form('pending')}
        cancel={form('cancel')}
        messages={formWords(locale)}
      />
    </Section>
  )
}

/** One assignment for its author: what is asked, by which rules, and whether learners see it. */
export function EditPage(props: Props) {
  const { locale, may, assignment, done, actions } = props
  const t = translator(locale, 'assignmentAuthor')
  const { course, id, title, publishedAt } = assignment
  return (
    <AssignmentFrame
      {...{ locale, course, id, title, may }}
      current="edit"
      done={done === undefined ? null : t(`done.${done}`)}
      badge={
        <StatusBadge
          tone={publishedAt === null ? 'neutral' : 'good'}
          icon={publishedAt === null ? 'pencil' : 'check-circle'}
        >
          {t(publishedAt === null ? 'list.draft' : 'list.published')}
        </StatusBadge>
      }
    >
      <ActionForm
        action={actions.change}
        submit={t('edit.save')}
        pendingLabel={translator(locale, 'teach')('form.saving')}
        messages={formWords(locale)}
      >
        <HiddenFields values={{ ...whichOf(assignment), seen: assignment.seen }} />
        <EditFields locale={locale} assignment={assignment} />
      </ActionForm>
      <div className="mt-10">
        <RubricPart {...props} />
        <State {...props} />
        <Remove {...props} />
      </div>
    </AssignmentFrame>
  )
}
