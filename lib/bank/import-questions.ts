import 'server-only'
import { insertIntoBank, type NewBankQuestion } from '#lib/db/queries/bank'
import type { TenantDb } from '#lib/db/tenant'
import { AppError } from '#lib/errors'
import { translator } from '#lib/i18n/translate'
import { readFile } from './read-file'
import type { Format } from './rules/limits'
import { fittingTags } from './rules/tags'

type Input = Readonly<{
  locale: string
  userId: string
  format: Format
  text: string
  /** Which items of the file, from 0. */
  chosen: readonly number[]
  /** For all of them, before their own. */
  tags: readonly string[]
}>

/**
 * Puts the chosen items of a file into the bank. The file is read once more: nothing of the report comes back from the
 * browser. Pressed twice, or read again, an item is there once.
 * @returns how many were added, and how many the bank had
 * @throws AppError 'invalid_input' for a file that can't be read, or when nothing is chosen
 */
export async function importQuestions(db: TenantDb, input: Input): Promise<{ added: number; there: number }> {
  const { locale, userId, format, text, tags } = input
  const chosen = new Set(input.chosen)
  const items = readFile({ tenantId: db.tenantId, locale, format, field: 'text', text })
  const wanted = new Map<string, NewBankQuestion>()
  items.forEach(({ item, kept }, index) => {
    if (kept === null || !chosen.has(index) || wanted.has(kept.id)) return
    wanted.set(kept.id, { ...kept, tags: fittingTags([...tags, ...item.tags]).tags })
  })
  if (wanted.size === 0) {
    const fields = { chosen: translator(locale, 'bank.importing')('nothingChosen') }
    throw new AppError('invalid_input', 'Nothing was chosen.', { fields })
  }
  const added = await insertIntoBank(db, { questions: [...wanted.values()], authorId: userId })
  return { added: added.length, there: wanted.size - added.length }
}
