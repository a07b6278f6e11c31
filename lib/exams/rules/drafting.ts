import type { Question } from '../contract'

/**
 * Questions while they are being written. A draft has the question's shape, except that what is typed is kept as it was
 * typed (numbers are texts) and anything may still be missing. `finishing.ts` makes a question of it, or says what lacks.
 */

export type Part = Readonly<{ id: string; text: string }>
export type Accepted = Readonly<{ kind: 'exact' | 'regex'; value: string }>
export type DraftBlank = Readonly<{
  id: string
  accept: readonly string[]
  caseSensitive: boolean
  accentSensitive: boolean | undefined
}>

type Common = Readonly<{
  id: string
  prompt: string
  points: string
  explanation: string
  bankId: string | undefined
}>

type Kinds = {
  single: { options: readonly Part[]; correct: string | null }
  multiple: { options: readonly Part[]; correct: readonly string[]; partialCredit: boolean }
  'true-false': { correct: boolean | null }
  'short-text': { accept: readonly Accepted[]; caseSensitive: boolean; accentSensitive: boolean }
  numeric: {
    correct: string
    toleranceKind: 'absolute' | 'relative'
    /** Percent where the tolerance is relative. */
    tolerance: string
    unit: string
    otherUnits: readonly Readonly<{ unit: string; factor: string }>[]
  }
  matching: {
    left: readonly Part[]
    right: readonly Part[]
    pairs: readonly (readonly [string, string])[]
    partialCredit: boolean | undefined
  }
  /** Items stand in the right order. */
  ordering: { items: readonly Part[]; partialCredit: boolean | undefined }
  /** `{{id}}` stands where a blank is. */
  blanks: { text: string; blanks: readonly DraftBlank[]; partialCredit: boolean | undefined }
  essay: { minWords: string; maxWords: string }
  'file-upload': { accept: string; maxMegabytes: string }
}

export type QuestionType = Question['type']
type Of = { [T in QuestionType]: Common & Readonly<Kinds[T]> & Readonly<{ type: T }> }
export type DraftOf<T extends QuestionType> = Of[T]
export type Draft = Of[QuestionType]

export const QUESTION_TYPES = [
  'single',
  'multiple',
  'true-false',
  'short-text',
  'numeric',
  'matching',
  'ordering',
  'blanks',
  'essay',
  'file-upload',
] as const satisfies readonly QuestionType[]

export const MEGABYTE = 1024 ** 2

/** An id that says nothing of what it names, nor of the order in which things were made. */
export function randomId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(9))
  return [...bytes].map((byte) => byte.toString(36).padStart(2, '0')).join('')
}

function parts(count: number, makeId: () => string): Part[] {
  return Array.from({ length: count }, () => ({ id: makeId(), text: '' }))
}

/** An empty question of a kind, with as many empty lines as it needs at least. */
export function newDraft(type: QuestionType, makeId: () => string = randomId): Draft {
  const common = { id: makeId(), prompt: '', points: '1', explanation: '', bankId: undefined }
  switch (type) {
    case 'single':
      return { ...common, type, options: parts(4, makeId), correct: null }
    case 'multiple':
      return { ...common, type, options: parts(4, makeId), correct: [], partialCredit: true }
    case 'true-false':
      return { ...common, type, correct: null }
    case 'short-text': {
      const accept = [{ kind: 'exact', value: '' } as const]
      return { ...common, type, accept, caseSensitive: false, accentSensitive: false }
    }
    case 'numeric':
      return {
        ...common,
        type,
        correct: '',
        toleranceKind: 'absolute',
        tolerance: '0',
        unit: '',
        otherUnits: [],
      }
    case 'matching': {
      const [left, right] = [parts(3, makeId), parts(3, makeId)]
      const pairs = left.map((one, index): [string, string] => [one.id, right[index]?.id ?? ''])
      return { ...common, type, left, right, pairs, partialCredit: true }
    }
    case 'ordering':
      return { ...common, type, items: parts(3, makeId), partialCredit: true }
    case 'blanks':
      return { ...common, type, text: '', blanks: [], partialCredit: true }
    case 'essay':
      return { ...common, type, points: '10', minWords: '', maxWords: '' }
    case 'file-upload':
      return { ...common, type, points: '10', accept: 'pdf', maxMegabytes: '10' }
  }
}

/** 7 and not 7.000000000000001. */
const scaled = (value: number, by: number): string => String(Number((value * by).toPrecision(12)))

/** A stored question as its form holds it. */
export function toDraft(question: Question): Draft {
  const { id, prompt, explanation, bankId } = question
  const common = { id, prompt, points: String(question.points), explanation, bankId }
  switch (question.type) {
    case 'single':
      return { ...common, type: question.type, options: question.options, correct: question.correct }
    case 'multiple': {
      const { type, options, correct, partialCredit } = question
      return { ...common, type, options, correct, partialCredit }
    }
    case 'true-false':
      return { ...common, type: question.type, correct: question.correct }
    case 'short-text': {
      const { type, accept, caseSensitive, accentSensitive } = question
      return { ...common, type, accept, caseSensitive, accentSensitive }
    }
    case 'numeric': {
      const { type, correct, tolerance, unit, otherUnits = [] } = question
      return {
        ...{ ...common, type, correct: String(correct), toleranceKind: tolerance.kind, unit: unit ?? '' },
        tolerance: scaled(tolerance.value, tolerance.kind === 'relative' ? 100 : 1),
        otherUnits: otherUnits.map((other) => ({ unit: other.unit, factor: String(other.factor) })),
      }
    }
    case 'matching': {
      const { type, left, right, pairs, partialCredit } = question
      return { ...common, type, left, right, pairs, partialCredit }
    }
    case 'ordering': {
      const { type, items, correct, partialCredit } = question
      const inOrder = correct.flatMap((one) => items.filter((item) => item.id === one))
      return { ...common, type, items: inOrder, partialCredit }
    }
    case 'blanks': {
      const { type, text, partialCredit } = question
      const blanks = question.blanks.map(({ id: blank, accept, caseSensitive, accentSensitive }) => {
        return { id: blank, accept, caseSensitive, accentSensitive }
      })
      return { ...common, type, text, blanks, partialCredit }
    }
    case 'essay': {
      const { type, minWords, maxWords } = question
      const word = (count: number | null): string => (count === null ? '' : String(count))
      return { ...common, type, minWords: word(minWords), maxWords: word(maxWords) }
    }
    case 'file-upload': {
      const { type, accept, maxBytes } = question
      return { ...common, type, accept: accept.join(', '), maxMegabytes: scaled(maxBytes, 1 / MEGABYTE) }
    }
  }
}

/** The same question once more, under ids of its own. */
export function copyOf(draft: Draft, makeId: () => string = randomId): Draft {
  const renamed = new Map<string, string>()
  const fresh = (id: string): string => {
    const known = renamed.get(id) ?? makeId()
    renamed.set(id, known)
    return known
  }
  const again = (list: readonly Part[]): Part[] => list.map(({ id, text }) => ({ id: fresh(id), text }))
  const id = makeId()
  switch (draft.type) {
    case 'single':
      return {
        ...draft,
        id,
        options: again(draft.options),
        correct: draft.correct === null ? null : fresh(draft.correct),
      }
    case 'multiple':
      return { ...draft, id, options: again(draft.options), correct: draft.correct.map(fresh) }
    case 'matching': {
      const pairs = draft.pairs.map(([left, right]): [string, string] => [fresh(left), fresh(right)])
      return { ...draft, id, left: again(draft.left), right: again(draft.right), pairs }
    }
    case 'ordering':
      return { ...draft, id, items: again(draft.items) }
    case 'blanks': {
      const blanks = draft.blanks.map((blank) => ({ ...blank, id: fresh(blank.id) }))
      const text = draft.text.replace(/\{\{([^{}]*)\}\}/g, (whole, name: string) => {
        const known = renamed.get(name)
        return known === undefined ? whole : `{{${known}}}`
      })
      return { ...draft, id, blanks, text }
    }
    case 'true-false':
    case 'short-text':
    case 'numeric':
    case 'essay':
    case 'file-upload':
      return { ...draft, id }
  }
}
