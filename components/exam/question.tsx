'use client'

import { type ReactNode, useEffect, useRef } from 'react'
import { buttonClass } from '#components/ui/button'
import { Icon } from '#components/ui/icon'
import { Notice } from '#components/ui/notice'
import type { AnswerValue } from '#lib/exams/contract'
import type { DeliveredQuestion } from '#lib/exams/contract/taking'
import { answerText } from './answer-text'
import { MatchingInput, OrderingInput } from './inputs/arranging'
import { MultipleInput, SingleInput, TrueFalseInput } from './inputs/choices'
import type { ValueOf } from './inputs/contract'
import { FilesInput } from './inputs/files'
import { BlanksInput, EssayInput, NumericInput, ShortTextInput } from './inputs/texts'
import { useRoom, useRoomState } from './room-context'
import { counted, fill } from './words'

/** An answer as its question's input takes it: one of another type (the question was changed since) is none. */
function fitting<T extends AnswerValue['type']>(type: T, value: AnswerValue | null): ValueOf<T> | null {
  return value !== null && value.type === type ? (value as ValueOf<T>) : null
}

function inputOf(
  question: DeliveredQuestion,
  value: AnswerValue | null,
  common: Readonly<{ labelledBy: string; onChange: (value: AnswerValue) => void }>,
): ReactNode {
  switch (question.type) {
    case 'single':
      return (
        <SingleInput
          // A delivered question of this type has this shape; the union keeps the two choices together.
          question={{ ...question, type: 'single' }}
          value={fitting('single', value)}
          {...common}
        />
      )
    case 'multiple':
      return (
        <MultipleInput
          question={{ ...question, type: 'multiple' }}
          value={fitting('multiple', value)}
          {...common}
        />
      )
    case 'true-false':
      return <TrueFalseInput question={question} value={fitting('true-false', value)} {...common} />
    case 'short-text':
      return <ShortTextInput question={question} value={fitting('short-text', value)} {...common} />
    case 'numeric':
      return <NumericInput question={question} value={fitting('numeric', value)} {...common} />
    case 'matching':
      return <MatchingInput question={question} value={fitting('matching', value)} {...common} />
    case 'ordering':
      return <OrderingInput question={question} value={fitting('ordering', value)} {...common} />
    case 'blanks':
      return <BlanksInput question={question} value={fitting('blanks', value)} {...common} />
    case 'essay':
      return <EssayInput question={question} value={fitting('essay', value)} {...common} />
    case 'file-upload':
      return <FilesInput question={question} value={fitting('file-upload', value)} {...common} />
  }
}

function Flag({ id }: { id: string }) {
  const { sitting, words } = useRoom()
  const flagged = useRoomState((state) => state.flagged.includes(id))
  return (
    <button
      type="button"
      data-room-key="flag"
      aria-pressed={flagged}
      onClick={() => sitting.flag(id)}
      className={`${buttonClass(flagged ? 'quiet' : 'plain', 'small')} -me-3`}
    >
      <Icon name="flag" size={16} className={flagged ? 'text-warn' : ''} />
      {flagged ? words.unflag : words.flag}
    </button>
  )
}

/** Two places answered the same question: the later answer is shown, and the other can be had back. */
function Offered({ question }: { question: DeliveredQuestion }) {
  const { sitting, words } = useRoom()
  const offered = useRoomState((state) => state.slots[question.id]?.offered ?? null)
  if (offered === null) return null
  const answer = answerText(question, offered, words)
  return (
    <div className="mb-6">
      <Notice
        tone="info"
        title={words.otherAnswer}
        action={
          <span className="flex flex-wrap gap-2">
            <button
              type="button"
              onClick={() => sitting.resolve(question.id, true)}
              className={buttonClass('quiet', 'small')}
            >
              {words.takeBack}
            </button>
            <button
              type="button"
              onClick={() => sitting.resolve(question.id, false)}
              className={buttonClass('plain', 'small')}
            >
              {words.keepThis}
            </button>
          </span>
        }
      >
        <p className="line-clamp-4 whitespace-pre-line">{fill(words.otherAnswerBody, { answer })}</p>
      </Notice>
    </div>
  )
}

/** The question on the screen. Its heading takes the focus when another one comes, so that it is read out. */
export function QuestionView() {
  const { sitting, words, locale } = useRoom()
  const at = useRoomState((state) => state.at)
  const index = sitting.questions.findIndex(({ id }) => id === at)
  const question = sitting.questions[index]
  const value = useRoomState((state) => state.slots[at]?.value ?? null)
  const heading = useRef<HTMLHeadingElement>(null)
  const shown = useRef<string | null>(null)
  useEffect(() => {
    if (shown.current !== null && shown.current !== at) scrollTo({ top: 0 })
    shown.current = at
    heading.current?.focus({ preventScroll: true })
  }, [at])
  if (question === undefined) return null
  const prompt = `prompt-${question.id}`
  return (
    <section
      aria-labelledby="question-heading"
      onPaste={(event) => sitting.pasted(question.id, event.clipboardData.getData('text').length)}
    >
      <div className="flex max-w-column flex-wrap items-center justify-between gap-x-4">
        <h2
          ref={heading}
          id="question-heading"
          tabIndex={-1}
          className="flex min-h-11 flex-wrap items-center gap-x-3 text-14 font-medium text-soft outline-none"
        >
          {fill(words.questionOf, { number: index + 1, count: sitting.questions.length })}
          <span className="font-normal">{counted(words.points, locale, question.points)}</span>
        </h2>
        <Flag id={question.id} />
      </div>
      <div
        id={prompt}
        className="mt-2 max-w-[68ch] font-reading text-18 whitespace-pre-line wrap-anywhere sm:text-22 sm:leading-normal"
      >
        {question.prompt}
      </div>
      <div className="mt-6 max-w-column">
        <Offered question={question} />
        {/* Each question has inputs of its own: nothing of one may be seen for a moment in the next. */}
        <div key={question.id}>
          {inputOf(question, value, {
            labelledBy: prompt,
            onChange: (next) => sitting.change(question.id, next),
          })}
        </div>
      </div>
    </section>
  )
}
