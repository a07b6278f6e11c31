import { type Question, QUESTION_VERSION, questionSchema } from '../contract'
import { type Draft, type DraftOf, MEGABYTE, type Part } from './drafting'

/** What can keep a draft from being a question. */
export const FAULT_RULES = [
  'prompt-empty',
  'points-bad',
  'options-few',
  'option-empty',
  'options-same',
  'correct-none',
  'truth-none',
  'accept-none',
  'accept-empty',
  'number-bad',
  'tolerance-bad',
  'other-unit-bad',
  'unit-first',
  'pair-empty',
  'pairs-few',
  'right-few',
  'item-empty',
  'items-few',
  'items-same',
  'text-empty',
  'blanks-none',
  'blank-unused',
  'blank-empty',
  'words-bad',
  'words-crossed',
  'types-bad',
  'size-bad',
  'too-long',
] as const
export type FaultRule = (typeof FAULT_RULES)[number]

/** `at` names the field: `prompt`, `points`, `options`, or the id of a part. */
export type Fault = Readonly<{ at: string; rule: FaultRule }>

export type Finished =
  Readonly<{ ok: true; question: Question }> | Readonly<{ ok: false; faults: readonly Fault[] }>

/** A number as people type it: `1.5`, `1,5`, `-3e8`. Null: none. */
export function typedNumber(text: string): number | null {
  const plain = text.trim().replace('−', '-').replace(',', '.')
  if (!/^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d{1,3})?$/i.test(plain)) return null
  const value = Number(plain)
  return Number.isFinite(value) ? value : null
}

const isEmpty = (text: string): boolean => text.trim() === ''
const folded = (text: string): string => text.trim().replace(/\s+/gu, ' ').toLowerCase()

function haveTwins(list: readonly Part[]): boolean {
  const said = list.map(({ text }) => folded(text)).filter((text) => text !== '')
  return new Set(said).size < said.length
}

/** Faults of a list of choices, items or sides: empty lines that stand between others are left out by themselves. */
function listFaults(
  list: readonly Part[],
  field: string,
  rules: Readonly<{ few: FaultRule; same: FaultRule }>,
): Fault[] {
  const filled = list.filter(({ text }) => !isEmpty(text))
  return [
    ...(filled.length < 2 ? [{ at: field, rule: rules.few }] : []),
    ...(haveTwins(filled) ? [{ at: field, rule: rules.same }] : []),
  ]
}

function optionFaults(draft: DraftOf<'single'> | DraftOf<'multiple'>): Fault[] {
  const chosen = draft.type === 'single' ? (draft.correct === null ? [] : [draft.correct]) : draft.correct
  const marked = draft.options.filter(({ id }) => chosen.includes(id))
  return [
    ...listFaults(draft.options, 'options', { few: 'options-few', same: 'options-same' }),
    ...(marked.length === 0 ? [{ at: 'options', rule: 'correct-none' } as const] : []),
    ...marked
      .filter(({ text }) => isEmpty(text))
      .map(({ id }) => ({ at: id, rule: 'option-empty' }) as const),
  ]
}

function numericFaults(draft: DraftOf<'numeric'>): Fault[] {
  const tolerance = typedNumber(draft.tolerance)
  const others = draft.otherUnits.filter(({ unit, factor }) => !isEmpty(unit) || !isEmpty(factor))
  const broken = others.some(({ unit, factor }) => isEmpty(unit) || !((typedNumber(factor) ?? 0) > 0))
  return [
    ...(typedNumber(draft.correct) === null ? [{ at: 'correct', rule: 'number-bad' } as const] : []),
    ...(tolerance === null || tolerance < 0 ? [{ at: 'tolerance', rule: 'tolerance-bad' } as const] : []),
    ...(broken ? [{ at: 'otherUnits', rule: 'other-unit-bad' } as const] : []),
    ...(others.length > 0 && isEmpty(draft.unit) ? [{ at: 'unit', rule: 'unit-first' } as const] : []),
  ]
}

/** Pairs of which something was written, by the side that is named first. */
function writtenPairs(draft: DraftOf<'matching'>) {
  const right = new Map(draft.right.map((part) => [part.id, part]))
  return draft.left
    .map((left) => ({ left, right: right.get(draft.pairs.find(([one]) => one === left.id)?.[1] ?? '') }))
    .filter((pair) => !isEmpty(pair.left.text) || !isEmpty(pair.right?.text ?? ''))
}

function matchingFaults(draft: DraftOf<'matching'>): Fault[] {
  const written = writtenPairs(draft)
  const sides = new Set(draft.right.map(({ text }) => folded(text)).filter((text) => text !== ''))
  const half = written.filter(({ left, right }) => isEmpty(left.text) || isEmpty(right?.text ?? ''))
  return [
    ...half.map(({ left }) => ({ at: left.id, rule: 'pair-empty' }) as const),
    ...(written.length < 2 ? [{ at: 'pairs', rule: 'pairs-few' } as const] : []),
    ...(written.length >= 2 && sides.size < 2 ? [{ at: 'pairs', rule: 'right-few' } as const] : []),
    ...(haveTwins(draft.left) ? [{ at: 'pairs', rule: 'items-same' } as const] : []),
  ]
}

function blankFaults(draft: DraftOf<'blanks'>): Fault[] {
  return [
    ...(isEmpty(draft.text) ? [{ at: 'text', rule: 'text-empty' } as const] : []),
    ...(draft.blanks.length === 0 ? [{ at: 'text', rule: 'blanks-none' } as const] : []),
    ...draft.blanks.flatMap((blank): Fault[] => [
      ...(draft.text.includes(`{{${blank.id}}}`) ? [] : [{ at: blank.id, rule: 'blank-unused' } as const]),
      ...(blank.accept.every(isEmpty) ? [{ at: blank.id, rule: 'blank-empty' } as const] : []),
    ]),
  ]
}

function essayFaults({ minWords, maxWords }: DraftOf<'essay'>): Fault[] {
  const whole = (text: string): boolean => isEmpty(text) || /^\d{1,6}$/.test(text.trim())
  if (!whole(minWords)) return [{ at: 'minWords', rule: 'words-bad' }]
  if (!whole(maxWords) || (!isEmpty(maxWords) && Number(maxWords) === 0))
    return [{ at: 'maxWords', rule: 'words-bad' }]
  const crossed = !isEmpty(maxWords) && Number(minWords) > Number(maxWords)
  return crossed ? [{ at: 'maxWords', rule: 'words-crossed' }] : []
}

/** Endings of files as they are typed: `PDF, .docx odt`. */
export function readEndings(text: string): string[] {
  const endings = text
    .toLowerCase()
    .split(/[\s,;]+/u)
    .map((one) => one.replace(/^\./, ''))
  return [...new Set(endings.filter((one) => one !== ''))]
}

function fileFaults({ accept, maxMegabytes }: DraftOf<'file-upload'>): Fault[] {
  const endings = readEndings(accept)
  const size = typedNumber(maxMegabytes)
  return [
    ...(endings.length === 0 || endings.some((one) => !/^[a-z0-9]{1,10}$/.test(one))
      ? [{ at: 'accept', rule: 'types-bad' } as const]
      : []),
    ...(size === null || size <= 0 || size > 200 ? [{ at: 'maxMegabytes', rule: 'size-bad' } as const] : []),
  ]
}

function ownFaults(draft: Draft): Fault[] {
  switch (draft.type) {
    case 'single':
    case 'multiple':
      return optionFaults(draft)
    case 'true-false':
      return draft.correct === null ? [{ at: 'correct', rule: 'truth-none' }] : []
    case 'short-text':
      return draft.accept.every(({ value }) => isEmpty(value)) ? [{ at: 'accept', rule: 'accept-none' }] : []
    case 'numeric':
      return numericFaults(draft)
    case 'matching':
      return matchingFaults(draft)
    case 'ordering':
      return listFaults(draft.items, 'items', { few: 'items-few', same: 'items-same' })
    case 'blanks':
      return blankFaults(draft)
    case 'essay':
      return essayFaults(draft)
    case 'file-upload':
      return fileFaults(draft)
  }
}

const trimmed = (list: readonly Part[]): Part[] =>
  list.filter(({ text }) => !isEmpty(text)).map(({ id, text }) => ({ id, text: text.trim() }))

function matchingParts(draft: DraftOf<'matching'>) {
  const right = trimmed(draft.right)
  // Said twice, a side is one choice: nobody could tell two of them apart.
  const first = (id: string): string => {
    const text = folded(right.find((part) => part.id === id)?.text ?? '')
    return right.find((part) => folded(part.text) === text)?.id ?? id
  }
  const left = trimmed(draft.left)
  const pairs = draft.pairs.filter(([one]) => left.some(({ id }) => id === one))
  const used = right.filter(({ id }) => first(id) === id)
  return { left, right: used, pairs: pairs.map(([one, other]): [string, string] => [one, first(other)]) }
}

function numericParts(draft: DraftOf<'numeric'>) {
  const tolerance = typedNumber(draft.tolerance) ?? 0
  const relative = draft.toleranceKind === 'relative'
  const others = draft.otherUnits
    .filter(({ unit }) => !isEmpty(unit))
    .map(({ unit, factor }) => ({ unit: unit.trim(), factor: typedNumber(factor) }))
  return {
    correct: typedNumber(draft.correct),
    tolerance: {
      kind: draft.toleranceKind,
      value: relative ? Number((tolerance / 100).toPrecision(12)) : tolerance,
    },
    unit: isEmpty(draft.unit) ? null : draft.unit.trim(),
    ...(others.length === 0 ? {} : { otherUnits: others }),
  }
}

const credit = (partialCredit: boolean | undefined) => (partialCredit === undefined ? {} : { partialCredit })
const words = (text: string): number | null => (isEmpty(text) ? null : Number(text))

function ownParts(draft: Draft): object {
  switch (draft.type) {
    case 'single':
      return { options: trimmed(draft.options), correct: draft.correct }
    case 'multiple': {
      const options = trimmed(draft.options)
      const correct = options.map(({ id }) => id).filter((id) => draft.correct.includes(id))
      return { options, correct, partialCredit: draft.partialCredit }
    }
    case 'true-false':
      return { correct: draft.correct }
    case 'short-text': {
      const { caseSensitive, accentSensitive } = draft
      return { accept: draft.accept.filter(({ value }) => !isEmpty(value)), caseSensitive, accentSensitive }
    }
    case 'numeric':
      return numericParts(draft)
    case 'matching':
      return { ...matchingParts(draft), ...credit(draft.partialCredit) }
    case 'ordering': {
      const items = trimmed(draft.items)
      return { items, correct: items.map(({ id }) => id), ...credit(draft.partialCredit) }
    }
    case 'blanks': {
      const blanks = draft.blanks.map(({ id, accept, caseSensitive, accentSensitive }) => ({
        ...{ id, accept: accept.filter((text) => !isEmpty(text)), caseSensitive },
        ...(accentSensitive === undefined ? {} : { accentSensitive }),
      }))
      return { text: draft.text, blanks, ...credit(draft.partialCredit) }
    }
    case 'essay':
      return { minWords: words(draft.minWords), maxWords: words(draft.maxWords) }
    case 'file-upload': {
      const maxBytes = Math.round((typedNumber(draft.maxMegabytes) ?? 0) * MEGABYTE)
      return { accept: readEndings(draft.accept), maxBytes }
    }
  }
}

/** Makes a question of what was written, or says all that still keeps it from being one. */
export function finish(draft: Draft): Finished {
  const points = typedNumber(draft.points)
  const faults: Fault[] = [
    ...(isEmpty(draft.prompt) ? [{ at: 'prompt', rule: 'prompt-empty' } as const] : []),
    ...(points === null || points <= 0 || points > 1_000
      ? [{ at: 'points', rule: 'points-bad' } as const]
      : []),
    ...ownFaults(draft),
  ]
  if (faults.length > 0) return { ok: false, faults }
  const { id, type, prompt, explanation, bankId } = draft
  const parsed = questionSchema.safeParse({
    ...{ version: QUESTION_VERSION, id, type, prompt, points, explanation: explanation.trim() },
    ...(bankId === undefined ? {} : { bankId }),
    ...ownParts(draft),
  })
  if (parsed.success) return { ok: true, question: parsed.data }
  return { ok: false, faults: [{ at: 'prompt', rule: 'too-long' }] }
}
