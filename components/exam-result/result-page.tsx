import type { ReactNode } from 'react'
import { percentOf, pointsIn, momentIn } from '../exam/when'
import { Breadcrumbs } from '#components/ui/breadcrumbs'
import { Icon, type IconName } from '#components/ui/icon'
import { LinkButton } from '#components/ui/link-button'
import { Notice } from '#components/ui/notice'
import { StatusBadge, type Tone } from '#components/ui/status-badge'
import type { ResultQuestion, ResultView } from '#lib/exams/contract/learner'
import { translator } from '#lib/i18n/translate'
import { Answer } from './answer'

type Props = Readonly<{ locale: string; timeZone: string; result: ResultView }>

const OUTCOMES = {
  right: { tone: 'good', icon: 'check-circle' },
  partly: { tone: 'warn', icon: 'gauge' },
  wrong: { tone: 'bad', icon: 'x-circle' },
  unanswered: { tone: 'neutral', icon: 'circle' },
  waits: { tone: 'info', icon: 'history' },
} as const satisfies Record<string, { tone: Tone; icon: IconName }>

/** The score at a glance; nothing of it where it may not be seen yet. */
function Score({ locale, result }: { locale: string; result: ResultView }) {
  const t = translator(locale, 'examResult')
  const { score, maxScore, passed, counts } = result.attempt
  if (score === null || maxScore === null) return null
  const percent = percentOf(score, maxScore)
  return (
    <section aria-labelledby="score" className="mt-8 rounded-md bg-sunken p-6 print:border print:border-line">
      <h2 id="score" className="text-14 font-medium text-soft">
        {t('score')}
      </h2>
      <p className="mt-1 flex flex-wrap items-baseline gap-x-4 gap-y-2">
        <span className="font-reading text-36 font-medium tabular-nums">
          {t('scoreOf', { score: pointsIn(locale, score), max: pointsIn(locale, maxScore) })}
        </span>
        {percent === null ? null : (
          <span className="text-22 text-soft tabular-nums">{t('percent', { percent })}</span>
        )}
        {passed === null ? null : (
          <span
            className={`inline-flex items-center gap-2 text-18 font-semibold ${passed ? 'text-good' : 'text-bad'}`}
          >
            <Icon name={passed ? 'check-circle' : 'x-circle'} size={20} className="self-center" />
            {passed ? t('passed') : t('failed')}
          </span>
        )}
      </p>
      <p className="mt-2 text-14 text-soft">
        {result.passPercent === null ? null : `${t('passFrom', { percent: result.passPercent })} · `}
        {counts ? t('countsYes') : t('countsNo')}
      </p>
    </section>
  )
}

function Part({ title, children }: { title: string; children: ReactNode }) {
  return (
    <div className="mt-4">
      <h4 className="text-14 font-semibold text-soft">{title}</h4>
      <div className="mt-1">{children}</div>
    </div>
  )
}

function QuestionResult({
  locale,
  question,
  number,
}: {
  locale: string
  question: ResultQuestion
  number: number
}) {
  const t = translator(locale, 'examResult')
  const { outcome, points, maxPoints, prompt, yours, right, explanation, comment, voided } = question
  const max = pointsIn(locale, maxPoints)
  return (
    <li id={`question-${number}`} className="break-inside-avoid py-8">
      <div className="flex flex-wrap items-center gap-x-4 gap-y-1">
        <h3 className="text-14 font-semibold">{t('question', { number })}</h3>
        {outcome === null ? null : (
          <StatusBadge {...OUTCOMES[outcome]}>{t(`outcome.${outcome}`)}</StatusBadge>
        )}
        <span className="text-14 text-soft tabular-nums">
          {points === null
            ? t('maxPoints', { max: Number(maxPoints) })
            : t('points', { points: pointsIn(locale, points), max })}
        </span>
      </div>
      {voided ? <p className="mt-2 text-14 font-medium text-info">{t('voided')}</p> : null}
      {prompt === null ? null : (
        <p className="mt-2 max-w-[68ch] font-reading text-18 whitespace-pre-line wrap-anywhere">{prompt}</p>
      )}
      {yours === null ? null : (
        <Part title={t('yours')}>
          <Answer locale={locale} answer={yours} />
        </Part>
      )}
      {right === null ? null : (
        <Part title={t('right')}>
          <Answer locale={locale} answer={right} />
        </Part>
      )}
      {explanation === null ? null : (
        <Part title={t('explanation')}>
          <p className="max-w-[68ch] whitespace-pre-line wrap-anywhere">{explanation}</p>
        </Part>
      )}
      {comment === null || comment === '' ? null : (
        <div className="mt-4 border-s-2 border-accent-8 ps-4">
          <h4 className="text-14 font-semibold text-accent-11">{t('comment')}</h4>
          <p className="mt-1 max-w-[68ch] whitespace-pre-line wrap-anywhere">{comment}</p>
        </div>
      )}
    </li>
  )
}

/** Why there is nothing to see, or not all. */
function Hidden({ locale, result }: { locale: string; result: ResultView }) {
  const t = translator(locale, 'examResult')
  const { reason } = result.attempt.review
  if (reason === 'open') return null
  return (
    <div className="mt-6">
      <Notice tone="info" title={reason === 'not-graded' ? t('outcome.waits') : t('notYet')}>
        <p>{t(`hidden.${reason}`)}</p>
        <p className="mt-2">{t('safe', { count: result.answered, all: result.questionCount })}</p>
      </Notice>
    </div>
  )
}

/** One's own attempt, question by question, as far as the school shows it. What isn't shown isn't in the page. */
export function ResultPage({ locale, timeZone, result }: Props) {
  const t = translator(locale, 'examResult')
  const { attempt, examId, examTitle, courseId, courseTitle } = result
  return (
    <article className="max-w-column">
      <div data-chrome>
        <Breadcrumbs
          label={translator(locale, 'course')('breadcrumb')}
          crumbs={[
            { label: courseTitle, href: `/courses/${courseId}` },
            { label: examTitle, href: `/exams/${examId}` },
          ]}
        />
      </div>
      <h1 className="mt-4 font-reading text-28 font-medium wrap-break-word sm:text-36">{examTitle}</h1>
      <p className="mt-2 text-soft">
        {t('crumb', { number: attempt.number })}
        {attempt.submittedAt === null
          ? null
          : ` · ${t('handedIn', { when: momentIn(locale, timeZone, attempt.submittedAt) })}`}
      </p>
      <Hidden locale={locale} result={result} />
      <Score locale={locale} result={result} />
      {result.questions.length === 0 ? null : (
        <section aria-labelledby="questions" className="mt-10">
          <h2 id="questions" className="font-reading text-22 font-medium">
            {t('questions')}
          </h2>
          <ol className="mt-2 divide-y divide-line border-b border-line">
            {result.questions.map((question, index) => (
              <QuestionResult key={question.id} locale={locale} question={question} number={index + 1} />
            ))}
          </ol>
        </section>
      )}
      <p className="mt-8" data-chrome>
        <LinkButton href={`/exams/${examId}`} look="quiet">
          {t('back')}
        </LinkButton>
      </p>
    </article>
  )
}
