import 'server-only'
import { type Choices, findChoices, writeChoices } from '#lib/db/queries/choices'
import type { TenantDb } from '#lib/db/tenant'

/**
 * Changes what somebody shows of themselves. @returns what it was and is; null when nothing changed
 */
export async function changeChoices(
  db: TenantDb,
  input: Readonly<{ userId: string; changes: Partial<Choices> }>,
): Promise<{ before: Choices; after: Choices } | null> {
  const { userId, changes } = input
  const before = await findChoices(db, userId)
  const after = { ...before, ...changes }
  if ((Object.keys(after) as (keyof Choices)[]).every((name) => after[name] === before[name])) return null
  await writeChoices(db, { userId, changes })
  return { before, after }
}
