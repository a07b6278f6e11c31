import { momentWithZone, pointsIn } from '../exam/when'
import { Breadcrumbs } from '#components/ui/breadcrumbs'
import type { FormAction } from '#components/ui/form-context'
import { Notice } from '#components/ui/notice'
import type { AssignmentDone, AssignmentView } from '#lib/assignments/contract'
import { lateDeduction } from '#lib/assignments/rules/late'
import { translator } from '#lib/i18n/translate'
import { AssignmentFacts } from './assignment-facts'
import { MarksGiven, RubricShown } from './marks'
import { Versions } from './versions'
import { WorkForm } from './work-form'

type Props = Readonly<{
  locale: string
  timeZone: string
  assignment: AssignmentView
  /** Of the form; null where the reader hands nothing in. */
  requestKey: string | null
  done: AssignmentDone | undefined
  action: FormAction
}>

type Shown = Pick<Props, 'locale' | 'timeZone' | 'assignment'>

/** The grade once it is released, and how it came about. */
function Result({ locale, assignment }: Shown) {
  const t = translator(locale, 'assignment')
  const { result, points } = assignment
  if (result === null) return null
  const taken = Number(result.deduction) > 0
  return (
    <section aria-labelledby="result" className="rounded-md bg-sunken p-6">
      <h2 id="result" className="text-14 text-soft">
        {t('result')}
      </h2>
      <p className="mt-1 font-reading text-28 font-medium">
        {t('resultOf', { grade: pointsIn(locale, result.grade), points: pointsIn(locale, points) })}
      </p>
      {taken ? (
        <p className="mt-1 text-14">
          {t('resultLate', { given: Number(result.points), taken: pointsIn(locale, result.deduction) })}
        </p>
      ) : null}
      <MarksGiven locale={locale} marks={result.marks} />
      {result.feedback === null ? null : (
        <div className="mt-4">
          <h3 className="text-14 font-semibold">{t('feedback')}</h3>
          <p dir="auto" className="mt-1 max-w-column whitespace-pre-wrap wrap-anywhere">
            {result.feedback}
          </p>
        </div>
      )}
    </section>
  )
}

/** What stands in the way of handing in, or what it costs now. */
function Hurdle({ locale, timeZone, assignment }: Shown) {
  const t = translator(locale, 'assignment')
  const { state, closesAt, late, points, daysLateNow: days } = assignment
  switch (state) {
    case 'open':
      return null
    case 'closed':
      return (
        <Notice tone="warn" title={t('closed')}>
          {t('closedBody', { when: closesAt === null ? '' : momentWithZone(locale, timeZone, closesAt) })}
        </Notice>
      )
    case 'used-up':
      return (
        <Notice tone="info" title={t('usedUp')}>
          {t('usedUpBody')}
        </Notice>
      )
    case 'late': {
      const cost = Number(lateDeduction({ points, maxPoints: points, days, policy: late }))
      return (
        <Notice tone="warn" title={t('lateNow')}>
          {cost === 0
            ? t('lateNowFree', { days })
            : t('lateNowCost', { days, points: cost, floor: pointsIn(locale, late.floorPercent) })}
        </Notice>
      )
    }
  }
}

function Form({ requestKey, action, ...shown }: Omit<Props, 'done'>) {
  const { state } = shown.assignment
  if (requestKey === null || state === 'closed' || state === 'used-up') return null
  return <WorkForm {...shown} requestKey={requestKey} action={action} />
}

/** An assignment: what is asked, until when, what was handed in, and what came of it. */
export function AssignmentPage({ done, requestKey, action, ...shown }: Props) {
  const { locale, assignment } = shown
  const t = translator(locale, 'assignment')
  // What counts already stands before what could come on top.
  const again = assignment.versions.length > 0
  const form = <Form {...shown} requestKey={requestKey} action={action} />
  return (
    <article>
      {done === undefined ? null : (
        <div className="mb-8" role="status">
          <Notice tone="good" title={t(`done.${done}`)} />
        </div>
      )}
      <Breadcrumbs
        label={translator(locale, 'course')('breadcrumb')}
        crumbs={[{ label: assignment.courseTitle, href: `/courses/${assignment.courseId}` }]}
      />
      <div className="mt-4 flex max-w-column flex-col gap-6">
        <h1 className="font-reading text-28 font-medium tracking-[-0.01em] wrap-break-word sm:text-36">
          {assignment.title}
        </h1>
        <Result {...shown} />
        {again ? null : <Hurdle {...shown} />}
        {assignment.description === null ? null : (
          <p dir="auto" className="max-w-[68ch] font-reading text-18 whitespace-pre-line wrap-anywhere">
            {assignment.description}
          </p>
        )}
        <AssignmentFacts {...shown} />
      </div>
      <RubricShown locale={locale} rubric={assignment.rubric} />
      <Versions {...shown} />
      {again ? (
        <div className="mt-6 max-w-column">
          <Hurdle {...shown} />
        </div>
      ) : null}
      {form}
    </article>
  )
}
