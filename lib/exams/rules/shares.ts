import Big from 'big.js'
import type { AnswerValue, Question } from '../contract'
import { readNumber, splitUnit, unitName } from './number'
import { comparable, fitsPattern } from './text'

type Of<T extends Question['type']> = Extract<Question, { type: T }>
type Answer<T extends AnswerValue['type']> = Extract<AnswerValue, { type: T }>

/** Part of a question's points as a fraction of whole numbers, `0 <= earned <= of`, so that nothing is rounded early. */
type Share = Readonly<{ earned: number; of: number }>

const ALL: Share = { earned: 1, of: 1 }
const NOTHING: Share = { earned: 0, of: 1 }
const allIf = (right: boolean): Share => (right ? ALL : NOTHING)

/** A share, or nothing unless it is all, where parts of the parts earn nothing. */
const partly = (share: Share, partialCredit: boolean): Share =>
  partialCredit || share.earned === share.of ? share : NOTHING

/**
 * Several choices: each right tick earns its share of the right options, each wrong one costs its share of the wrong
 * options, down to nothing; so ticking everything earns nothing. Without partial credit: exactly the right ones.
 */
function multipleShare(question: Of<'multiple'>, { choices }: Answer<'multiple'>): Share {
  const [correct, given] = [new Set(question.correct), new Set(choices)]
  const hits = [...given].filter((id) => correct.has(id)).length
  const misses = given.size - hits
  if (!question.partialCredit) return allIf(hits === correct.size && misses === 0)
  const wrong = question.options.length - correct.size
  if (wrong <= 0) return { earned: hits, of: correct.size }
  return { earned: Math.max(0, hits * wrong - misses * correct.size), of: correct.size * wrong }
}

/** Short text: right when it equals an accepted text, or the whole of it fits an accepted pattern. */
function shortTextShare(question: Of<'short-text'>, { text }: Answer<'short-text'>): Share {
  return allIf(
    question.accept.some(({ kind, value }) =>
      kind === 'exact'
        ? comparable(value, question) === comparable(text, question)
        : fitsPattern(value, text, question),
    ),
  )
}

/** Factor from the unit of an answer to the question's own; null when the unit is missing or another. */
function factorOf(question: Of<'numeric'>, unit: string | null): number | null {
  if (question.unit === null) return unit === null ? 1 : null
  if (unit === null) return null
  if (unitName(unit) === unitName(question.unit)) return 1
  return question.otherUnits?.find((other) => unitName(other.unit) === unitName(unit))?.factor ?? null
}

/**
 * A number: right within the tolerance, its ends included. `relative` is a share of the right value (0.05: 5 percent).
 * Where the question has a unit it is part of the answer: in its own field, or written behind the number.
 */
function numericShare(question: Of<'numeric'>, answer: Answer<'numeric'>): Share {
  const units =
    question.unit === null ? [] : [question.unit, ...(question.otherUnits ?? []).map(({ unit }) => unit)]
  const { number, unit: written } = splitUnit(answer.text, units)
  const field = answer.unit?.trim() ? answer.unit : null
  if (written !== null && field !== null && unitName(written) !== unitName(field)) return NOTHING
  // A question without a unit has no field for one: whatever a browser sent there was never seen.
  const factor = factorOf(question, question.unit === null ? null : (field ?? written))
  if (factor === null) return NOTHING
  const correct = new Big(question.correct)
  const { kind, value } = question.tolerance
  const allowed = kind === 'absolute' ? new Big(value) : correct.abs().times(value)
  return allIf(readNumber(number).some((one) => one.times(factor).minus(correct).abs().lte(allowed)))
}

const textsOf = (parts: readonly { id: string; text: string }[]): Map<string, string> =>
  new Map(parts.map(({ id, text }) => [id, text.trim()]))

/**
 * Matching: the share of left sides of the key that have a right one. Two right sides with the same text are one:
 * nobody could tell which was meant. Partial credit unless it is turned off.
 */
function matchingShare(question: Of<'matching'>, { pairs }: Answer<'matching'>): Share {
  const texts = textsOf(question.right)
  const given = new Map(pairs)
  const lefts = [...new Set(question.pairs.map(([left]) => left))]
  const right = lefts.filter((left) => {
    const text = texts.get(given.get(left) ?? '')
    return (
      text !== undefined && question.pairs.some(([one, other]) => one === left && texts.get(other) === text)
    )
  })
  return partly({ earned: right.length, of: lefts.length }, question.partialCredit ?? true)
}

/**
 * Ordering: of the neighbours in the right order, the share that stand next to one another, in that order, in the
 * answer as well; so one item in the wrong place costs little, and the reverse earns nothing. Items with the same text
 * may change places. All or nothing unless partial credit is turned on.
 */
function orderingShare(question: Of<'ordering'>, { order }: Answer<'ordering'>): Share {
  const texts = textsOf(question.items)
  const known = (ids: readonly string[]): string[] => [...new Set(ids)].flatMap((id) => texts.get(id) ?? [])
  const [key, given] = [known(question.correct), known(order)]
  if (key.length === given.length && key.every((text, index) => text === given[index])) return ALL
  const left = neighbours(given)
  const kept = neighbours(key).filter((pair) => {
    const at = left.indexOf(pair)
    return at !== -1 && left.splice(at, 1).length > 0
  })
  // Equal texts can make all neighbours stand together in another order; that is not the right one yet.
  const earned = Math.min(kept.length, key.length - 2)
  return partly({ earned, of: key.length - 1 }, question.partialCredit ?? false)
}

const neighbours = (texts: readonly string[]): string[] =>
  texts.slice(1).map((text, index) => JSON.stringify([texts[index], text]))

/** Blanks: the share that is filled with an accepted text. Accents matter unless a blank says otherwise. */
function blanksShare(question: Of<'blanks'>, { texts }: Answer<'blanks'>): Share {
  const filled = question.blanks.filter(({ id, accept, caseSensitive, accentSensitive = true }) => {
    const text = Object.hasOwn(texts, id) ? (texts[id] ?? '') : ''
    const given = comparable(text, { caseSensitive, accentSensitive })
    return given !== '' && accept.some((one) => comparable(one, { caseSensitive, accentSensitive }) === given)
  })
  return partly({ earned: filled.length, of: question.blanks.length }, question.partialCredit ?? true)
}

/** Questions that are right or wrong and nothing between; null for the others. */
function choiceShare(question: Question, answer: AnswerValue): Share | null {
  if (question.type === 'single' && answer.type === 'single') return allIf(answer.choice === question.correct)
  if (question.type === 'true-false' && answer.type === 'true-false')
    return allIf(answer.value === question.correct)
  return null
}

/** The share that an answer of the question's own type earns; null for what a person has to read. */
export function shareOf(question: Question, answer: AnswerValue): Share | null {
  if (needsPerson(question)) return null
  if (question.type === 'multiple' && answer.type === 'multiple') return multipleShare(question, answer)
  if (question.type === 'short-text' && answer.type === 'short-text') return shortTextShare(question, answer)
  if (question.type === 'numeric' && answer.type === 'numeric') return numericShare(question, answer)
  if (question.type === 'matching' && answer.type === 'matching') return matchingShare(question, answer)
  if (question.type === 'ordering' && answer.type === 'ordering') return orderingShare(question, answer)
  if (question.type === 'blanks' && answer.type === 'blanks') return blanksShare(question, answer)
  return choiceShare(question, answer) ?? NOTHING
}

/** Whether a person has to read an answer before it can have points. */
export function needsPerson({ type }: Pick<Question, 'type'>): boolean {
  return type === 'essay' || type === 'file-upload'
}
