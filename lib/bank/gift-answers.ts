import Big from 'big.js'
import type {
  Matching,
  MultipleChoice,
  Numerical,
  NumericalFormat,
  ShortAnswer,
  TextChoice,
  TextFormat,
} from 'gift-pegjs'
import type { Draft, Part } from '#lib/exams/rules/drafting'
import { Dropped, type Notes } from './read-item'

/** Answers of GIFT items as the questions of ours have them. Each function says what it had to change. */

export type Common = Readonly<{
  id: string
  prompt: string
  points: string
  explanation: string
  bankId: undefined
}>
export type Making = Readonly<{ notes: Notes; makeId: () => string }>

/** The text of a part as plain text, by the format that the file gives it. */
export function giftText(notes: Notes, part: TextFormat | null): string {
  if (part === null) return ''
  if (part.format === 'markdown') notes.add('markdown')
  return notes.plain(part.text, part.format === 'html' || part.format === 'moodle')
}

type Weighted = Readonly<{ isCorrect: boolean; weight: number | null }>

/** Percent of the points. */
const shareOf = ({ isCorrect, weight }: Weighted): number => weight ?? (isCorrect ? 100 : 0)

type Option = Readonly<{ part: Part; share: number }>

function readOptions(choices: readonly TextChoice[], { notes, makeId }: Making): Option[] {
  const options = choices.map((choice) => ({
    part: { id: makeId(), text: giftText(notes, choice.text) },
    share: shareOf(choice),
  }))
  const filled = options.filter(({ part }) => part.text !== '')
  if (filled.length < options.length) notes.add('options-empty')
  return filled
}

/** One right option, or several: by the weights, and by whether any is marked as the right one. */
export function choiceDraft(common: Common, question: MultipleChoice, making: Making): Draft {
  const { notes } = making
  const options = readOptions(question.choices, making)
  const parts = options.map(({ part }) => part)
  const oneAnswer = question.choices.some(({ isCorrect }) => isCorrect)
  const whole = options.filter(({ share }) => share >= 100)
  const some = options.filter(({ share }) => share > 0)
  if (some.length === 0) throw new Dropped('weights')
  if (options.some(({ share }) => share < 0)) notes.add('negative-lost')
  if (oneAnswer && whole.length === 1) {
    if (some.length > 1) notes.add('weights-lost')
    return { ...common, type: 'single', options: parts, correct: whole[0]?.part.id ?? null }
  }
  if (oneAnswer && whole.length > 1) {
    notes.add('several-right')
    if (some.length > whole.length) notes.add('weights-lost')
  } else notes.add('weights-even')
  const right = oneAnswer && whole.length > 1 ? whole : some
  const correct = right.map(({ part }) => part.id)
  return { ...common, type: 'multiple', options: parts, correct, partialCredit: true }
}

const REGEX_SIGNS = /[\\^$.*+?()[\]{}|/-]/g

/** A `*` stands for any characters there, a `\*` for itself. */
function patternOf(text: string): string | null {
  const pieces = text.split(/(\\\*|\*)/)
  if (!pieces.includes('*')) return null
  return pieces
    .map((piece) => (piece === '*' ? '.*' : piece === '\\*' ? '\\*' : piece.replace(REGEX_SIGNS, '\\$&')))
    .join('')
}

type Accepted = Readonly<{ kind: 'exact' | 'regex'; value: string }>

function readAccepted(choices: readonly TextChoice[], notes: Notes): Accepted[] {
  const whole = choices.filter((choice) => shareOf(choice) >= 100)
  const lost = choices.filter((choice) => shareOf(choice) > 0 && shareOf(choice) < 100)
  if (lost.length > 0) notes.add('answers-lost', lost.map(({ text }) => giftText(notes, text)).join(' · '))
  const accepted = whole.map(({ text }): Accepted => {
    const plain = giftText(notes, text)
    const pattern = patternOf(plain)
    if (pattern === null) return { kind: 'exact', value: plain.replaceAll('\\*', '*') }
    notes.add('wildcards', plain)
    return { kind: 'regex', value: pattern }
  })
  const filled = accepted.filter(({ value }) => value !== '')
  if (filled.length === 0) throw new Dropped('weights')
  return filled
}

const GAP = '_____'

/** A short answer, or, where it stands in the middle of its sentence, a gap in it. */
export function shortDraft(
  common: Common,
  question: ShortAnswer,
  making: Making & Readonly<{ title: string; fillIn: string }>,
): Draft {
  const { notes, makeId, title, fillIn } = making
  const accept = readAccepted(question.choices, notes)
  const parts = common.prompt.split(GAP)
  const [before, after] = parts
  const gap =
    question.hasEmbeddedAnswers && parts.length === 2 && accept.every(({ kind }) => kind === 'exact')
  if (!gap || before === undefined || after === undefined)
    return { ...common, type: 'short-text', accept, caseSensitive: false, accentSensitive: true }
  const id = makeId()
  const text = `${before}{{${id}}}${after.replace(/^ (?=[.,;:!?)])/, '')}`.trim()
  if (title === '') notes.add('fill-in')
  const blank = { id, accept: accept.map(({ value }) => value), caseSensitive: false, accentSensitive: true }
  return {
    ...{ ...common, prompt: title === '' ? fillIn : title },
    ...{ type: 'blanks', text, blanks: [blank], partialCredit: true },
  }
}

type Range = Readonly<{ middle: string; tolerance: string }>

function rangeOf({ number, range, numberLow, numberHigh }: NumericalFormat): Range | null {
  if (numberLow !== undefined && numberHigh !== undefined) {
    const [low, high] = [Big(numberLow), Big(numberHigh)]
    return { middle: low.plus(high).div(2).toString(), tolerance: high.minus(low).abs().div(2).toString() }
  }
  return number === undefined
    ? null
    : {
        middle: Big(number).toString(),
        tolerance: Big(range ?? 0)
          .abs()
          .toString(),
      }
}

/** A number with what it may be off by. Only one answer can be kept. */
export function numericDraft(common: Common, question: Numerical, { notes }: Making): Draft {
  const { choices } = question
  const answers = Array.isArray(choices)
    ? choices.map((choice) => ({ range: rangeOf(choice.text), share: shareOf(choice) }))
    : [{ range: rangeOf(choices), share: 100 }]
  const known = answers.filter(({ range, share }) => range !== null && share > 0)
  const kept = known.find(({ share }) => share >= 100)?.range ?? null
  if (kept === null) throw new Dropped('weights')
  const lost = known.filter(({ range }) => range !== kept)
  const said = lost.map(({ range }) => `${range?.middle ?? ''} ± ${range?.tolerance ?? ''}`)
  if (lost.length > 0) notes.add('answers-lost', said.join(' · '))
  return {
    ...{ ...common, type: 'numeric', correct: kept.middle, tolerance: kept.tolerance },
    ...{ toleranceKind: 'absolute', unit: '', otherUnits: [] },
  }
}

/** What the parser puts for `\=` and its like, and leaves there on the right-hand side of pairs. */
function unescaped(text: string): string {
  return text.replace(/&&(092|058|035|061|123|125|126|010);/g, (_whole, code: string) =>
    String.fromCharCode(Number(code)),
  )
}

/** Pairs. A right-hand side alone is one that fits nothing. */
export function matchingDraft(common: Common, question: Matching, { notes, makeId }: Making): Draft {
  const rows = question.matchPairs.map(({ subquestion, subanswer }) => {
    const html = subquestion.format === 'html' || subquestion.format === 'moodle'
    return { left: giftText(notes, subquestion), right: notes.plain(unescaped(subanswer), html) }
  })
  return pairsDraft(common, rows, makeId)
}

/** A matching question of its rows; the same right-hand side twice is one. */
export function pairsDraft(
  common: Common,
  rows: readonly Readonly<{ left: string; right: string }>[],
  makeId: () => string,
): Draft {
  const right = [...new Set(rows.map((row) => row.right).filter((text) => text !== ''))].map((text) => ({
    id: makeId(),
    text,
  }))
  const asked = rows.filter((row) => row.left !== '').map((row) => ({ ...row, id: makeId() }))
  const pairs = asked.flatMap((row): [string, string][] => {
    const other = right.find(({ text }) => text === row.right)
    return other === undefined ? [] : [[row.id, other.id]]
  })
  const left = asked.map((row) => ({ id: row.id, text: row.left }))
  return { ...common, type: 'matching', left, right, pairs, partialCredit: true }
}
