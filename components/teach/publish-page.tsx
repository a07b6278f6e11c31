import { ActionForm } from '#components/ui/action-form'
import { ConfirmForm } from '#components/ui/confirm-form'
import type { ButtonLook } from '#components/ui/button'
import type { FormAction } from '#components/ui/form-context'
import { HiddenFields } from '#components/ui/hidden-fields'
import { Section } from '#components/ui/section'
import { formatter, translator } from '#lib/i18n/translate'
import { type CourseHead, LEVELS, type PublishDone, type PublishView } from '#lib/teach/contract'
import { Checklist } from './checklist'
import { CourseFrame } from './course-frame'
import { formWords } from '../form/form-words'

type Actions = Readonly<Record<'publish' | 'archive' | 'draft' | 'duplicate' | 'remove', FormAction>>

type Props = Readonly<{
  locale: string
  timeZone: string
  course: CourseHead
  view: PublishView
  done: PublishDone | undefined
  /** Of the form that duplicates: pressed twice it makes one copy. */
  requestKey: string
  actions: Actions
}>

function Press({
  locale,
  courseId,
  action,
  label,
  look,
  note,
  values = {},
}: {
  locale: string
  courseId: string
  action: FormAction
  label: string
  look: ButtonLook
  note?: string
  values?: Readonly<Record<string, string>>
}) {
  return (
    <div>
      <ActionForm
        action={action}
        submit={label}
        submitLook={look}
        pendingLabel={translator(locale, 'teach.form')('pending')}
        messages={formWords(locale)}
      >
        <HiddenFields values={{ courseId, ...values }} />
      </ActionForm>
      {note === undefined ? null : <p className="mt-2 text-14 text-soft">{note}</p>}
    </div>
  )
}

function stateWords({ locale, timeZone, course, view }: Props): string {
  const t = translator(locale, 'teach.publish')
  if (course.status === 'ARCHIVED') return t('ARCHIVED', { count: view.learners })
  if (course.status === 'DRAFT' || view.publishedAt === null) return t('DRAFT')
  return t('PUBLISHED', {
    date: formatter(locale, timeZone).dateTime(view.publishedAt, { dateStyle: 'long' }),
  })
}

function State(props: Props) {
  const { locale, course, view, actions } = props
  const t = translator(locale, 'teach.publish')
  const press = { locale, courseId: course.id }
  const blocked = view.findings.some(({ rule }) => LEVELS[rule] === 'error')
  const mayRedraft = course.status !== 'DRAFT' && view.learners === 0
  return (
    <Section id="state" title={t('stateTitle')} description={stateWords(props)}>
      {view.may.publish ? (
        <div className="flex flex-wrap items-start gap-x-8 gap-y-6">
          {course.status === 'PUBLISHED' || blocked ? null : (
            <Press
              {...press}
              action={actions.publish}
              label={course.status === 'DRAFT' ? t('publish') : t('republish')}
              look="primary"
            />
          )}
          {course.status === 'PUBLISHED' ? (
            <Press
              {...press}
              action={actions.archive}
              label={t('archive')}
              look="quiet"
              note={t('archiveNote')}
            />
          ) : null}
          {mayRedraft ? (
            <Press {...press} action={actions.draft} label={t('draft')} look="quiet" note={t('draftNote')} />
          ) : null}
        </div>
      ) : null}
    </Section>
  )
}

function Removal({ locale, course, view, actions }: Props) {
  const t = translator(locale, 'teach.publish')
  const body = t('deleteBody', { count: view.learners })
  return (
    <Section id="delete" title={t('deleteTitle')} description={body}>
      {view.learners === 0 ? (
        <Press
          locale={locale}
          courseId={course.id}
          action={actions.remove}
          label={t('delete')}
          look="risky"
        />
      ) : (
        <ConfirmForm
          id="delete-course"
          trigger={{ label: t('delete'), icon: 'trash' }}
          title={`${t('delete')}: ${course.title}`}
          consequence={body}
          action={actions.remove}
          values={{ courseId: course.id }}
          submit={t('delete')}
          pendingLabel={translator(locale, 'teach.form')('pending')}
          cancel={translator(locale, 'teach.form')('cancel')}
          messages={formWords(locale)}
        />
      )}
    </Section>
  )
}

/** The gate between a course and its readers, and what else can be done with it as a whole. */
export function PublishPage(props: Props) {
  const { locale, course, view, done, requestKey, actions } = props
  const t = translator(locale, 'teach.publish')
  return (
    <CourseFrame
      locale={locale}
      course={course}
      current="publish"
      done={done === undefined ? null : t(`done.${done}`)}
    >
      <Checklist
        locale={locale}
        courseId={course.id}
        findings={view.findings}
        published={course.status === 'PUBLISHED'}
      />
      <State {...props} />
      {view.may.create ? (
        <Section id="copy" title={t('copyTitle')} description={t('copyBody')}>
          <Press
            locale={locale}
            courseId={course.id}
            action={actions.duplicate}
            label={t('copy')}
            look="quiet"
            values={{ key: requestKey }}
          />
        </Section>
      ) : null}
      <Removal {...props} />
    </CourseFrame>
  )
}
