import 'server-only'
import { type BankRow, findInBank, getBankQuestion, listBank, listTags } from '#lib/db/queries/bank'
import { cursorFrom } from '#lib/db/queries/cursor'
import type { Author } from '#lib/db/queries/teach'
import type { TenantDb } from '#lib/db/tenant'
import type { BankCard, BankPage, BankQuestionView, BankSearch, Found } from './contract'

const PAGE_SIZE = 30
/** Questions that the picker shows for one search. */
const FOUND_MOST = 50

function cardOf({ id, type, prompt, points, tags, archivedAt, uses }: BankRow): BankCard {
  return { id, type, prompt, points, tags, archived: archivedAt !== null, uses }
}

/** The bank as an address asks for it. @throws AppError 'not_found' for a cursor that isn't ours */
export async function loadBank(
  db: TenantDb,
  input: Readonly<{ search: BankSearch; by: Author }>,
): Promise<BankPage> {
  const { search, by } = input
  const { q, type, tag, show } = search
  const found = await listBank(db, {
    ...{ q, type, tag, by, archived: show === 'archived' },
    ...{ cursor: cursorFrom(search.cursor), limit: PAGE_SIZE },
  })
  const { nextCursor, previousCursor } = found
  return { questions: found.rows.map(cardOf), tags: await listTags(db), search, nextCursor, previousCursor }
}

/** @throws AppError 'not_found' */
export async function loadBankQuestion(
  db: TenantDb,
  input: Readonly<{ questionId: string; by: Author }>,
): Promise<BankQuestionView> {
  const { id, question, tags, archivedAt, updatedAt, uses } = await getBankQuestion(db, input)
  return { id, question, tags, archived: archivedAt !== null, seen: updatedAt.toISOString(), uses }
}

/** What an exam's author can take. */
export async function findQuestions(
  db: TenantDb,
  input: Readonly<{ q: string; tag: string }>,
): Promise<Found> {
  const found = await findInBank(db, { ...input, limit: FOUND_MOST + 1 })
  return {
    questions: found.slice(0, FOUND_MOST),
    tags: await listTags(db),
    more: found.length > FOUND_MOST,
  }
}
