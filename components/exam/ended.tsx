'use client'

import { useEffect, useRef } from 'react'
import { buttonClass } from '#components/ui/button'
import { Icon } from '#components/ui/icon'
import { Notice } from '#components/ui/notice'
import type { ExamWords } from '#lib/i18n/exam-words'
import { useRoom, useRoomState } from './room-context'
import type { End } from './state'
import { counted, fill, momentText } from './words'

function titleOf(words: ExamWords, { why }: End): string {
  if (why === 'time') return words.timeTitle
  return why === 'learner' ? words.doneTitle : words.otherTitle
}

function bodyOf(words: ExamWords, { why, submittedAt }: End, when: string): string {
  if (submittedAt === null) return why === 'time' ? words.unconfirmedBody : words.otherUnknown
  const texts = { time: words.timeBody, learner: words.doneBody, other: words.otherBody }
  return fill(texts[why], { when })
}

/** What did not arrive, by name: nobody is told that something was handed in that wasn't. */
function Missing({ end }: { end: End }) {
  const { sitting, words, locale } = useRoom()
  const all = sitting.questions.length
  const count = all - end.missing.length
  if (end.missing.length === 0) {
    return end.why === 'other' ? null : (
      <p className="mt-4 flex items-center gap-2">
        <Icon name="check-circle" size={18} className="text-good" />
        {words.doneAll}
      </p>
    )
  }
  const numbers = sitting.questions.flatMap(({ id }, index) => (end.missing.includes(id) ? [index + 1] : []))
  return (
    <div className="mt-6">
      <Notice tone="warn" title={fill(words.arrived, { count, all })}>
        <p>
          {counted(words.missing, locale, numbers.length)}{' '}
          {numbers.map((number) => fill(words.question, { number })).join(', ')}.
        </p>
        <p className="mt-2">{end.submittedAt === null ? words.missingStill : words.missingFinal}</p>
      </Notice>
    </div>
  )
}

/** The end, as far as the server has confirmed it. */
export function Ended({ end }: { end: End }) {
  const { examId, title, words, locale, timeZone } = useRoom()
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => heading.current?.focus(), [])
  const when = end.submittedAt === null ? '' : momentText(locale, timeZone, end.submittedAt)
  const calm = end.missing.length === 0 && end.submittedAt !== null
  return (
    <div
      data-exam-end={end.submittedAt === null ? 'unconfirmed' : 'confirmed'}
      className="mx-auto max-w-column py-6"
    >
      <p className="text-soft">{title}</p>
      <h1
        ref={heading}
        tabIndex={-1}
        className="mt-1 flex items-center gap-3 font-reading text-28 font-medium outline-none sm:text-36"
      >
        <Icon name={calm ? 'check-circle' : 'clock'} size={24} className={calm ? 'text-good' : 'text-warn'} />
        {titleOf(words, end)}
      </h1>
      <p role="status" className="mt-4 text-18">
        {bodyOf(words, end, when)}
      </p>
      <Missing end={end} />
      <p className="mt-8">
        <a href={`/exams/${examId}`} className={buttonClass('primary')}>
          {words.toExam}
        </a>
      </p>
    </div>
  )
}

/** This tab waits: another one of the same attempt writes. */
export function Elsewhere() {
  const { sitting, title, words } = useRoom()
  const heading = useRef<HTMLHeadingElement>(null)
  const phase = useRoomState((state) => state.phase)
  useEffect(() => heading.current?.focus(), [phase])
  return (
    <div className="mx-auto max-w-column py-6">
      <p className="text-soft">{title}</p>
      <h1 ref={heading} tabIndex={-1} className="mt-1 font-reading text-28 font-medium outline-none">
        {words.elsewhereTitle}
      </h1>
      <p className="mt-4">{words.elsewhereBody}</p>
      <button type="button" onClick={() => sitting.takeOver()} className={`${buttonClass('primary')} mt-6`}>
        {words.takeOver}
      </button>
    </div>
  )
}
