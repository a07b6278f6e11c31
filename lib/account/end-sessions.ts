import 'server-only'
import { endSession, endSessions } from '#lib/db/queries/sessions'
import { AppError } from '#lib/errors'
import { type Account, self } from './account'

/** Signs a person out on one of their devices. @throws AppError 'not_found' when the session is nobody's, or another's */
export async function endOneSession(account: Account, sessionId: string): Promise<void> {
  const { unit, record, person } = account
  await unit(async (db) => {
    if (!(await endSession(db, { userId: person.userId, sessionId })))
      throw new AppError('not_found', 'The person has no such session.')
    await record(db, self(account))
  })
}

/** Signs a person out everywhere but here. @returns on how many devices */
export async function endOtherSessions(account: Account): Promise<number> {
  const { unit, record, person } = account
  return unit(async (db) => {
    const ended = await endSessions(db, { userId: person.userId, except: person.sessionId })
    if (ended > 0) await record(db, { ...self(account), after: { sessionsEnded: ended } })
    return ended
  })
}
