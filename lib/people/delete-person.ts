import 'server-only'
import { unlinkAll } from '#lib/db/queries/accounts'
import { readStandings } from '#lib/db/queries/people'
import { countTaught, countWork, handOverCourses, holdPerson } from '#lib/db/queries/people-changes'
import { endSessions } from '#lib/db/queries/sessions'
import { endTokens } from '#lib/db/queries/tokens'
import { deleteUser, findUserByEmail } from '#lib/db/queries/users'
import type { TenantDb } from '#lib/db/tenant'
import { AppError } from '#lib/errors'
import { translator } from '#lib/i18n/translate'
import { assertSomebodyStays, type By, personToChange, standingOf } from './acting'
import { canTeach } from './rules'

type Input = Readonly<{
  userId: string
  /** Address of whoever takes over the courses. Not needed, and not looked at, where there are none. */
  successor: string | null
}>

type Deleted = {
  name: string
  email: string
  role: string
  enrollments: number
  submissions: number
  attempts: number
  courses: number
  /** Id of whoever has the courses now. */
  successorId: string | null
}

function unfit(locale: string, reason: 'successorNeeded' | 'successorUnknown' | 'successorCannot'): AppError {
  return new AppError('invalid_input', `Refused: ${reason}.`, {
    fields: { successor: translator(locale, 'people.refusals')(reason) },
  })
}

async function successorOf(db: TenantDb, by: By, input: Input): Promise<string> {
  if (input.successor === null) throw unfit(by.locale, 'successorNeeded')
  const found = await findUserByEmail(db, input.successor)
  const [row] = found === null || found.id === input.userId ? [] : await readStandings(db, [found.id])
  if (row === undefined) throw unfit(by.locale, 'successorUnknown')
  if (row.disabled || !canTeach(standingOf(row))) throw unfit(by.locale, 'successorCannot')
  return row.id
}

/**
 * Removes a person from the school. Their courses go to somebody else first, their sessions and links end, their
 * address and their identities at providers are free at once; their work is kept for KEPT_DAYS and then goes with them.
 * @throws AppError 'not_found', 'forbidden' (also for the last admin), 'invalid_input' without a fit successor for courses
 */
export async function deletePerson(db: TenantDb, by: By, input: Input): Promise<Deleted> {
  const { userId } = input
  const { target } = await personToChange(db, by, userId)
  await assertSomebodyStays(db, by, target)
  await holdPerson(db, userId)
  const courses = await countTaught(db, userId)
  const successorId = courses === 0 ? null : await successorOf(db, by, input)
  if (successorId !== null) await handOverCourses(db, { from: userId, to: successorId })
  const work = await countWork(db, userId)
  await deleteUser(db, userId)
  await endTokens(db, userId)
  await unlinkAll(db, userId)
  await endSessions(db, { userId, except: null })
  const { name, email, role } = target
  return { name, email, role, ...work, courses, successorId }
}
