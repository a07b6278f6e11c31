import { momentIn, pointsIn } from '../exam/when'
import { formWords } from '../form/form-words'
import { CourseFrame } from '../teach/course-frame'
import { ActionForm } from '#components/ui/action-form'
import { CheckboxField } from '#components/ui/checkbox-field'
import type { FormAction } from '#components/ui/form-context'
import { HiddenFields } from '#components/ui/hidden-fields'
import { LinkButton } from '#components/ui/link-button'
import { Section } from '#components/ui/section'
import { TextArea } from '#components/ui/text-area'
import { TextField } from '#components/ui/text-field'
import type { CellDone, CellView, Change } from '#lib/grades/contract'
import { COURSE_ITEM, QUESTION_MAX, REASON_MAX } from '#lib/grades/contract/constants'
import { translator } from '#lib/i18n/translate'
import { percentText } from './grade-head'
import { Origin } from './grade-lines'
import { Question } from './questions'

type Props = Readonly<{
  locale: string
  view: CellView
  done: CellDone | undefined
  actions: Readonly<{ change: FormAction; answer: FormAction }>
}>

const idsOf = ({ course, person, item }: CellView) => ({
  ...{ courseId: course.id, userId: person.userId, item: item?.id ?? COURSE_ITEM },
})

/** Where the work is that the points are for. */
function workHref({ course, line, person }: CellView): string | null {
  if (line?.source.workId == null) return null
  const { item, source } = line
  const base = `/teach/courses/${course.id}`
  return item.kind === 'exam'
    ? `${base}/exams/${item.id}/attempts/${source.workId ?? person.userId}`
    : `${base}/assignments/${item.id}/submissions/${source.workId ?? ''}`
}

/** What holds now, and why. */
function Now({ locale, view }: Pick<Props, 'locale' | 'view'>) {
  const t = translator(locale, 'grades.teach')
  const words = translator(locale, 'grades.line')
  const { line, grades } = view
  const work = workHref(view)
  const { percent, timeZone } = grades
  return (
    <div className="rounded-md bg-sunken p-6">
      <p className="font-reading text-28 font-medium tabular-nums">
        {line === null
          ? percent === null
            ? words('nothing')
            : percentText(locale, percent)
          : line.points === null
            ? words(line.state === 'excused' ? 'states.excused' : 'nothing')
            : words('of', { points: pointsIn(locale, line.points), max: pointsIn(locale, line.maxPoints) })}
      </p>
      {line === null ? null : <Origin locale={locale} timeZone={timeZone} line={line} />}
      {line === null && grades.change !== null && grades.computed !== null ? (
        <p className="text-12 text-soft">
          {words('instead', { points: percentText(locale, grades.computed) })}
        </p>
      ) : null}
      {work === null ? null : (
        <p className="mt-4">
          <LinkButton href={work} look="quiet" size="small">
            {t('work')}
          </LinkButton>
        </p>
      )}
    </div>
  )
}

/** Whether somebody would read another number than before. */
function needsReason({ line, history }: CellView): boolean {
  return line === null || line.source.points !== null || history.length > 0
}

function ChangeForm({ locale, view, actions }: Omit<Props, 'done'>) {
  const t = translator(locale, 'grades.teach')
  const { line, grades, person, history } = view
  const change = line === null ? grades.change : line.change
  const { name } = person
  return (
    <ActionForm
      action={actions.change}
      submit={t('save')}
      pendingLabel={translator(locale, 'teach.form')('saving')}
      messages={formWords(locale)}
    >
      <HiddenFields values={{ ...idsOf(view), seen: String(history[0]?.number ?? 0) }} />
      <TextField
        name="points"
        label={line === null ? t('percent') : t('points')}
        after={line === null ? '%' : t('of', { max: pointsIn(locale, line.maxPoints) })}
        help={t('pointsHelp')}
        optional={t('optional')}
        inputMode="decimal"
        autoComplete="off"
        maxLength={10}
        defaultValue={change?.points ?? ''}
      />
      {line === null ? null : (
        <CheckboxField
          name="excused"
          label={t('excused', { name })}
          defaultChecked={change?.excused === true}
        />
      )}
      <TextArea
        name="reason"
        label={t('reason')}
        help={t('reasonHelp', { name })}
        optional={needsReason(view) ? undefined : t('optional')}
        rows={2}
        maxLength={REASON_MAX}
      />
    </ActionForm>
  )
}

function what(locale: string, { points, excused }: Change, percent: boolean): string {
  const t = translator(locale, 'grades.teach')
  if (excused) return t('didExcuse')
  if (points === null) return t('tookBack')
  return t(percent ? 'gavePercent' : 'gave', {
    points: pointsIn(locale, points),
    percent: pointsIn(locale, points),
  })
}

function History({ locale, view }: Pick<Props, 'locale' | 'view'>) {
  const t = translator(locale, 'grades.teach')
  const { history, line, grades } = view
  if (history.length === 0) return <p className="text-soft">{t('historyNone')}</p>
  return (
    <ol className="divide-y divide-line border-y border-line">
      {history.map((change) => (
        <li key={change.number} className="py-3">
          <p className="font-medium">{what(locale, change, line === null)}</p>
          {change.reason === null ? null : (
            <p dir="auto" className="max-w-column text-14 whitespace-pre-wrap wrap-anywhere">
              {change.reason}
            </p>
          )}
          <p className="mt-1 text-12 text-soft">
            {t('historyLine', {
              when: momentIn(locale, grades.timeZone, change.changedAt),
              name: change.changedBy ?? t('somebody'),
            })}
          </p>
        </li>
      ))}
    </ol>
  )
}

function Answer({ locale, view, actions, questionId }: Omit<Props, 'done'> & { questionId: string }) {
  const t = translator(locale, 'grades.teach')
  return (
    <ActionForm
      action={actions.answer}
      submit={t('answerSend')}
      submitLook="quiet"
      pendingLabel={translator(locale, 'teach.form')('saving')}
      messages={formWords(locale)}
    >
      <HiddenFields values={{ ...idsOf(view), questionId }} />
      <TextArea
        name="answer"
        label={t('answer')}
        help={t('answerHelp', { name: view.person.name })}
        rows={2}
        maxLength={QUESTION_MAX}
      />
    </ActionForm>
  )
}

/** One grade: what holds, where it is changed by hand, every change before, and what was asked about it. */
export function CellPage(props: Props) {
  const { locale, view, done } = props
  const t = translator(locale, 'grades.teach')
  const { course, person, item, questions, grades } = view
  const title = item?.title ?? translator(locale, 'grades.grade')('of')
  return (
    <CourseFrame
      locale={locale}
      course={course}
      current="grades"
      done={done === undefined ? null : t(`done.${done}`)}
    >
      <div className="flex flex-wrap items-start justify-between gap-4">
        <div>
          <h2 className="font-reading text-22 font-medium wrap-anywhere">{title}</h2>
          <p className="text-14 text-soft wrap-anywhere">
            {person.name} · {person.email}
          </p>
        </div>
        <LinkButton href={`/teach/courses/${course.id}/grades/${person.userId}`} look="quiet" size="small">
          {t('toPerson', { name: person.name })}
        </LinkButton>
      </div>
      {questions.length === 0 ? null : (
        <Section id="questions" title={t('questionsTitle', { name: person.name })}>
          <ul className="divide-y divide-line border-y border-line">
            {questions.map((question) => (
              <Question
                key={question.id}
                locale={locale}
                timeZone={grades.timeZone}
                question={question}
                reply={<Answer {...props} questionId={question.id} />}
              />
            ))}
          </ul>
        </Section>
      )}
      <Section id="now" title={t('now')}>
        <Now locale={locale} view={view} />
      </Section>
      <Section id="change" title={t('change')} description={t('changeBody')}>
        <ChangeForm {...props} />
      </Section>
      <Section id="history" title={t('history')}>
        <History locale={locale} view={view} />
      </Section>
    </CourseFrame>
  )
}
