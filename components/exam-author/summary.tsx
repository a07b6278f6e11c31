'use client'

import { Icon } from '#components/ui/icon'
import type { ExamToEdit } from '#lib/exams/contract/authoring'
import { type Content, unfinished } from '#lib/exams/rules/drafting-content'
import { typedNumber } from '#lib/exams/rules/drafting-finish'
import { worthOf } from '#lib/exams/rules/drafting-points'
import type { SaveStatus } from '#lib/exams/rules/drafting-saver'
import type { ExamWords } from '#lib/i18n/exam-author-words'
import { SaveState } from './save-state'
import { counted, shownPoints } from './words'

/** What an attempt comes to, and whether all of it is safe. Stays in view while one scrolls. */
export function Summary({
  exam,
  content,
  status,
  locale,
  words,
  onRetry,
}: {
  exam: ExamToEdit
  content: Content
  status: SaveStatus
  locale: string
  words: ExamWords
  onRetry: () => void
}) {
  const open = unfinished(content).size
  const worth = content.questions.map(({ id, points }) => ({ id, points: typedNumber(points) ?? 0 }))
  const pools = content.pools.map(({ questionIds, draw }) => ({ questionIds, draw: typedNumber(draw) ?? 0 }))
  const { questions, points } = worthOf(worth, pools)
  const base = `/teach/courses/${exam.courseId}/exams/${exam.examId}`
  return (
    <div className="flex flex-col gap-4 lg:sticky lg:top-20">
      <dl>
        <dt className="text-14 text-soft">{words.totalLabel}</dt>
        <dd className="mt-1 flex flex-wrap items-baseline gap-x-3">
          <span className="text-22 font-semibold tabular-nums">
            {counted(locale, words.totalPoints, Number(points), { points: shownPoints(locale, points) })}
          </span>
          <span className="text-14 text-soft tabular-nums">{counted(locale, words.total, questions)}</span>
        </dd>
      </dl>
      <SaveState status={status} words={words.status} onRetry={onRetry} />
      {open === 0 ? null : (
        <p className="flex items-start gap-2 text-14">
          <Icon name="circle" size={16} className="mt-0.5 shrink-0 text-warn" />
          {counted(locale, words.unfinished, open)}
        </p>
      )}
      {exam.published ? <p className="text-14 text-soft">{words.published}</p> : null}
      <a
        href={`${base}/publish`}
        className="inline-flex min-h-11 items-center gap-2 self-start text-14 font-medium text-accent-11 underline underline-offset-2"
      >
        {words.toPublish}
        <Icon name="arrow" size={16} className="rtl:rotate-180" />
      </a>
    </div>
  )
}
