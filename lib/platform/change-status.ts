import 'server-only'
import { asPlatform } from '#lib/db/platform'
import { holdSchool, setStatus } from '#lib/db/platform/schools'
import { AppError } from '#lib/errors'
import { translator } from '#lib/i18n/translate'
import { mayBecome, type SchoolStatus } from '#lib/schools/rules'
import type { Doing } from './doing'

type Input = Readonly<{
  schoolId: string
  /** The status that whoever decides this has seen. */
  seen: SchoolStatus
  status: SchoolStatus
  reason: string
}>

/**
 * Suspends, resumes or closes a school, effective at its next request. Its sessions are worth nothing meanwhile and
 * go on afterwards, unless they have expired; nothing is deleted.
 * @throws AppError 'not_found', 'invalid_input' for the status that it has or can't come to from there, 'conflict' when
 *   somebody else has changed it since it was seen
 */
export async function changeStatus(doing: Doing, input: Input): Promise<void> {
  const { schoolId, seen, status, reason } = input
  const entry = {
    ...doing,
    ...{ action: 'platform.change-status', reason, tenantId: schoolId },
    ...{ before: { status: seen }, after: { status } },
  }
  const refused = (why: 'sameStatus' | 'noSuchStep'): AppError =>
    new AppError('invalid_input', `The status is refused: ${why}.`, {
      fields: { form: translator('en', 'platformTries')(why) },
    })
  await asPlatform(entry, async (db) => {
    const school = await holdSchool(db, schoolId)
    if (school === null) throw new AppError('not_found', 'There is no such school.')
    if (school.status === status) throw refused('sameStatus')
    if (school.status !== seen) throw new AppError('conflict', 'The status was changed since it was read.')
    if (!mayBecome(seen, status)) throw refused('noSuchStep')
    await setStatus(db, { schoolId, status, reason: status === 'ACTIVE' ? null : reason })
  })
}
