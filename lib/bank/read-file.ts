import 'server-only'
import { createHash } from 'node:crypto'
import { AppError } from '#lib/errors'
import type { Question } from '#lib/exams/contract'
import { copyOf } from '#lib/exams/rules/drafting'
import { type FaultRule, finish } from '#lib/exams/rules/drafting-finish'
import { translator } from '#lib/i18n/translate'
import { type FileProblem, IMPORT_LIMITS } from './contract'
import { readGift } from './read-gift'
import type { ReadItem } from './read-item'
import { readQuestionsCsv } from './read-questions-csv'
import type { Format } from './rules/limits'

export type FileItem = Readonly<{
  item: ReadItem
  /** What it would be in the bank; null: it can't be. The id follows from the content, so that it is there once. */
  kept: Readonly<{ id: string; question: Question }> | null
  faults: readonly FaultRule[]
}>

/** Names the same parts of the same item alike, which `copyOf` makes random afterwards. */
function counting(): () => string {
  let count = 0
  return () => {
    count += 1
    return `p${String(count)}`
  }
}

export function unreadable(locale: string, field: string, problem: FileProblem): AppError {
  const text = translator(locale, 'bank.file')(problem, { count: IMPORT_LIMITS.items })
  return new AppError('invalid_input', `The file can’t be read: ${problem}.`, { fields: { [field]: text } })
}

function fileItem(tenantId: string, item: ReadItem): FileItem {
  if (item.draft === null) return { item, kept: null, faults: [] }
  // The draft's ids are counted, so that the same item gives the same text; a learner's are random and tell nothing.
  const digest = createHash('sha256')
    .update(`${tenantId}/bank/${JSON.stringify(item.draft)}`)
    .digest('hex')
  const finished = finish(copyOf(item.draft))
  if (!finished.ok) {
    return { item, kept: null, faults: [...new Set(finished.faults.map(({ rule }) => rule))] }
  }
  return { item, kept: { id: `c${digest.slice(0, 31)}`, question: finished.question }, faults: [] }
}

type Input = Readonly<{
  tenantId: string
  locale: string
  format: Format
  /** That it came from, for the error beside it. */
  field: 'text' | 'file'
  text: string
}>

/** The items of a file. @throws AppError 'invalid_input' saying why the whole file can't be read */
export function readFile({ tenantId, locale, format, field, text }: Input): FileItem[] {
  const reading = { fillIn: translator(locale, 'bank')('fillIn'), ids: counting }
  const items = format === 'gift' ? readGift(text, reading) : readQuestionsCsv(text, reading)
  if (typeof items === 'string') throw unreadable(locale, field, items)
  return items.map((item) => fileItem(tenantId, item))
}
