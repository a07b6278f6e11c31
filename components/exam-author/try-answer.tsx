'use client'

import { useEffect, useState } from 'react'
import { Icon } from '#components/ui/icon'
import type { AnswerValue, Question } from '#lib/exams/contract'
import type { DraftOf } from '#lib/exams/rules/drafting'
import { finish } from '#lib/exams/rules/drafting-finish'
import type { ExamWords } from '#lib/i18n/exam-author-words'
import { Field } from '../editor/field'
import { words as fill } from './words'

type Draft = DraftOf<'short-text'> | DraftOf<'numeric'>
type ShortText = Extract<Question, { type: 'short-text' }>
type Verdict = Readonly<{ outcome: 'right' | 'partly' | 'wrong' | 'unfinished'; why: string }>

/** The grader comes with a pattern engine: it is fetched when somebody tries something. */
const grader = () => import('#lib/exams/rules/grading')
const patterns = () => import('#lib/exams/rules/text')

const RULES = { negativePercent: 0, voided: {} }

async function whyText(question: ShortText, answer: AnswerValue, words: ExamWords): Promise<string> {
  const { gradeAnswer } = await grader()
  const { patternFault } = await patterns()
  const broken = question.accept.find(({ kind, value }) => kind === 'regex' && patternFault(value) !== null)
  if (broken !== undefined) return fill(words.tryPattern, { text: broken.value })
  const fits = question.accept.find(
    (accepted) => gradeAnswer({ ...question, accept: [accepted] }, answer, RULES).outcome === 'right',
  )
  return fits === undefined ? words.tryFitsNone : fill(words.tryFits, { text: fits.value })
}

function whyNumber(question: Extract<Question, { type: 'numeric' }>, words: ExamWords): string {
  const { correct, tolerance, unit } = question
  const off = tolerance.kind === 'absolute' ? tolerance.value : Math.abs(correct) * tolerance.value
  const shown = (value: number): string =>
    [String(Number(value.toPrecision(12))), unit].filter((part) => part !== null).join(' ')
  return fill(words.tryNumber, { from: shown(correct - off), to: shown(correct + off) })
}

/** What the grader says of an answer, and why. */
async function verdictOf(draft: Draft, text: string, unit: string, words: ExamWords): Promise<Verdict> {
  const finished = finish({ ...draft, prompt: draft.prompt.trim() === '' ? '…' : draft.prompt })
  if (!finished.ok) return { outcome: 'unfinished', why: words.tryUnfinished }
  const { question } = finished
  const answer: AnswerValue =
    question.type === 'numeric'
      ? { type: 'numeric', text, unit: unit.trim() === '' ? null : unit }
      : { type: 'short-text', text }
  const { outcome } = (await grader()).gradeAnswer(question, answer, RULES)
  const why =
    question.type === 'short-text'
      ? await whyText(question, answer, words)
      : question.type === 'numeric'
        ? whyNumber(question, words)
        : ''
  return { outcome: outcome === 'right' || outcome === 'partly' ? outcome : 'wrong', why }
}

const LOOKS = {
  right: { icon: 'check-circle', look: 'text-good' },
  partly: { icon: 'circle', look: 'text-warn' },
  wrong: { icon: 'x-circle', look: 'text-bad' },
  unfinished: { icon: 'note', look: 'text-soft' },
} as const

/** A field to try answers in: the real grader says whether one is right, and by which line. */
export function TryAnswer({ draft, words }: { draft: Draft; words: ExamWords }) {
  const [text, setText] = useState('')
  const [unit, setUnit] = useState('')
  const [verdict, setVerdict] = useState<Verdict | null>(null)
  useEffect(() => {
    let current = true
    const wanted = text.trim() === '' ? Promise.resolve(null) : verdictOf(draft, text, unit, words)
    void wanted.then((found) => {
      if (current) setVerdict(found)
    })
    return () => {
      current = false
    }
  }, [draft, text, unit, words])
  const asksUnit = draft.type === 'numeric' && draft.unit.trim() !== ''
  return (
    <section aria-label={words.tryTitle} className="rounded-sm bg-sunken p-4">
      <div className="grid gap-x-4 gap-y-3 sm:grid-cols-[1fr_auto]">
        <Field
          name="try"
          label={`${words.tryTitle}: ${words.tryLabel}`}
          value={text}
          onValue={setText}
          autoComplete="off"
        />
        {asksUnit ? (
          <div className="w-28">
            <Field name="tryUnit" label={words.tryUnit} value={unit} onValue={setUnit} autoComplete="off" />
          </div>
        ) : null}
      </div>
      <p role="status" className="mt-2 min-h-6 text-14">
        {verdict === null || text.trim() === '' ? null : (
          <span className="flex items-start gap-2">
            <Icon
              name={LOOKS[verdict.outcome].icon}
              size={16}
              className={`mt-0.5 ${LOOKS[verdict.outcome].look}`}
            />
            <span>
              {verdict.outcome === 'unfinished' ? null : (
                <strong className={`font-semibold ${LOOKS[verdict.outcome].look}`}>
                  {{ right: words.tryRight, partly: words.tryPartly, wrong: words.tryWrong }[verdict.outcome]}
                  .{' '}
                </strong>
              )}
              {verdict.why}
            </span>
          </span>
        )}
      </p>
    </section>
  )
}
