import { type Draft, type Part, QUESTION_TYPES, type QuestionType } from '#lib/exams/rules/drafting'
import { readEndings } from '#lib/exams/rules/drafting-finish'
import { type Common, pairsDraft } from './gift-answers'
import { Dropped, type Notes } from './read-item'

/** One row of a table as a question. What the columns hold is said on the page of the import. */

export const CSV_COLUMNS = [
  ...(['type', 'prompt', 'options', 'correct', 'tolerance', 'unit', 'text'] as const),
  ...(['words', 'points', 'explanation', 'tags'] as const),
] as const
export type CsvColumn = (typeof CSV_COLUMNS)[number]
export type CsvCells = Readonly<Partial<Record<CsvColumn, string>>>

type Making = Readonly<{ notes: Notes; makeId: () => string; fillIn: string }>

/** What stands between bars; `\|` is a bar of the text. */
function listed(text: string): string[] {
  return text
    .split(/(?<!\\)\|/)
    .map((part) => part.replaceAll('\\|', '|').trim())
    .filter((part) => part !== '')
}

function partsOf(text: string, makeId: () => string): Part[] {
  return listed(text).map((one) => ({ id: makeId(), text: one }))
}

const folded = (text: string): string => text.trim().toLowerCase()

/** The ids of the options that are named: by their text, or else by their number from 1. */
function namedIds(names: readonly string[], options: readonly Part[]): string[] {
  return names.map((name) => {
    const byText =
      options.find(({ text }) => text === name) ?? options.find(({ text }) => folded(text) === folded(name))
    const byNumber = /^\d{1,2}$/.test(name) ? options[Number(name) - 1] : undefined
    const found = byText ?? byNumber
    if (found === undefined) throw new Dropped('correct', name)
    return found.id
  })
}

function choiceDraft(common: Common, type: 'single' | 'multiple', cells: CsvCells, making: Making): Draft {
  const options = partsOf(cells.options ?? '', making.makeId)
  const correct = namedIds(listed(cells.correct ?? ''), options)
  if (type === 'multiple') return { ...common, type, options, correct, partialCredit: true }
  if (correct.length > 1) throw new Dropped('several')
  return { ...common, type, options, correct: correct[0] ?? null }
}

const YES = new Set(['true', 't', 'yes', 'y', '1', 'right'])
const NO = new Set(['false', 'f', 'no', 'n', '0', 'wrong'])

function truth(text: string): boolean {
  if (YES.has(folded(text))) return true
  if (NO.has(folded(text))) return false
  throw new Dropped('correct', text)
}

function numericDraft(common: Common, cells: CsvCells): Draft {
  const tolerance = (cells.tolerance ?? '').trim()
  const relative = tolerance.endsWith('%')
  const off = relative ? tolerance.slice(0, -1).trim() : tolerance
  return {
    ...{ ...common, type: 'numeric', correct: cells.correct ?? '', tolerance: off === '' ? '0' : off },
    ...{ toleranceKind: relative ? 'relative' : 'absolute', unit: cells.unit ?? '', otherUnits: [] },
  }
}

function matchingDraft(common: Common, cells: CsvCells, makeId: () => string): Draft {
  const rows = listed(cells.options ?? '').map((row) => {
    const at = row.indexOf('->')
    if (at === -1) throw new Dropped('answers', row)
    return { left: row.slice(0, at).trim(), right: row.slice(at + 2).trim() }
  })
  return pairsDraft(common, rows, makeId)
}

/** `{{Paris|Lutetia}}` is a gap that takes either. */
function blanksDraft(common: Common, cells: CsvCells, { notes, makeId, fillIn }: Making): Draft {
  const written = (cells.text ?? '') === '' ? common.prompt : (cells.text ?? '')
  const blanks: Extract<Draft, { type: 'blanks' }>['blanks'][number][] = []
  const text = written.replace(/\{\{([^{}]*)\}\}/g, (_whole, accepted: string) => {
    const id = makeId()
    blanks.push({ id, accept: listed(accepted), caseSensitive: false, accentSensitive: false })
    return `{{${id}}}`
  })
  if (blanks.length === 0) throw new Dropped('blanks')
  const own = (cells.text ?? '') !== ''
  if (!own) notes.add('fill-in')
  return {
    ...common,
    prompt: own ? common.prompt : fillIn,
    type: 'blanks',
    text,
    blanks,
    partialCredit: true,
  }
}

function wordsOf(text: string): Readonly<{ minWords: string; maxWords: string }> {
  const found = /^(\d{0,6})\s*(?:-|–|\.\.)\s*(\d{0,6})$/.exec(text.trim())
  if (found === null) return { minWords: '', maxWords: text.trim() }
  return { minWords: found[1] ?? '', maxWords: found[2] ?? '' }
}

function typeOf(text: string): QuestionType {
  const name = folded(text).replace(/[\s_/]+/g, '-')
  const found = QUESTION_TYPES.find((type) => type === name)
  if (found === undefined) throw new Dropped('type', text)
  return found
}

function ownDraft(common: Common, type: QuestionType, cells: CsvCells, making: Making): Draft {
  switch (type) {
    case 'single':
    case 'multiple':
      return choiceDraft(common, type, cells, making)
    case 'true-false':
      return { ...common, type, correct: truth(cells.correct ?? '') }
    case 'numeric':
      return numericDraft(common, cells)
    case 'matching':
      return matchingDraft(common, cells, making.makeId)
    case 'ordering':
      return { ...common, type, items: partsOf(cells.options ?? '', making.makeId), partialCredit: true }
    case 'blanks':
      return blanksDraft(common, cells, making)
    case 'short-text':
    case 'essay':
    case 'file-upload':
      return writtenDraft(common, type, cells)
  }
}

/** What is answered by writing or by a file. */
function writtenDraft(
  common: Common,
  type: 'short-text' | 'essay' | 'file-upload',
  { correct = '', words = '' }: CsvCells,
): Draft {
  switch (type) {
    case 'short-text': {
      const accept = listed(correct).map((value) => ({ kind: 'exact' as const, value }))
      return { ...common, type, accept, caseSensitive: false, accentSensitive: false }
    }
    case 'essay':
      return { ...common, type, ...wordsOf(words) }
    case 'file-upload': {
      const endings = readEndings(correct.replaceAll('|', ' '))
      return {
        ...common,
        type,
        accept: endings.length === 0 ? 'pdf' : endings.join(', '),
        maxMegabytes: '10',
      }
    }
  }
}

/** A row as a draft. @throws Dropped */
export function csvDraft(cells: CsvCells, making: Making): Draft {
  const type = typeOf(cells.type ?? '')
  const { prompt = '', points = '', explanation = '' } = cells
  const common = {
    ...{ id: making.makeId(), prompt, points: points === '' ? '1' : points, explanation, bankId: undefined },
  }
  return ownDraft(common, type, cells, making)
}
