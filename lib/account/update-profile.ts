import 'server-only'
import { getUser, updateProfile } from '#lib/db/queries/users'
import { type Account, self } from './account'

/** Changes a person's name and time zone (null: the school's). @throws AppError 'conflict', 'not_found' */
export async function changeProfile(
  account: Account,
  input: Readonly<{ name: string; timeZone: string | null }>,
): Promise<void> {
  const { unit, record, person } = account
  const { name, timeZone } = input
  const { userId } = person
  await unit(async (db) => {
    const before = await getUser(db, userId)
    if (before.name === name && before.timeZone === timeZone) return
    await updateProfile(db, { userId, seen: before.updatedAt, changes: { name, timeZone } })
    await record(db, {
      ...self(account),
      before: { name: before.name, timeZone: before.timeZone },
      after: { name, timeZone },
    })
  })
}
