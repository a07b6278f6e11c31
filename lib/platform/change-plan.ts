import 'server-only'
import { asPlatform } from '#lib/db/platform'
import { holdSchool, setPlan } from '#lib/db/platform/schools'
import { AppError } from '#lib/errors'
import { translator } from '#lib/i18n/translate'
import type { PlanName } from '#lib/plans/rules'
import type { Doing } from './doing'

type Input = Readonly<{
  schoolId: string
  /** The plan that whoever decides this has seen. */
  seen: PlanName
  plan: PlanName
  reason: string
}>

/**
 * Puts a school on another plan. A smaller one than it fills is allowed: nothing is deleted, reading and exporting go
 * on, and only what would add more is stopped.
 * @throws AppError 'not_found', 'invalid_input' for the plan that it is on, 'conflict' when somebody else has changed
 *   it since it was seen
 */
export async function changePlan(doing: Doing, input: Input): Promise<void> {
  const { schoolId, seen, plan, reason } = input
  const entry = {
    ...doing,
    ...{ action: 'platform.change-plan', reason, tenantId: schoolId },
    ...{ before: { plan: seen }, after: { plan } },
  }
  await asPlatform(entry, async (db) => {
    const school = await holdSchool(db, schoolId)
    if (school === null) throw new AppError('not_found', 'There is no such school.')
    if (school.plan === plan) {
      const fields = { plan: translator('en', 'platformTries')('samePlan') }
      throw new AppError('invalid_input', 'The school is on that plan already.', { fields })
    }
    if (school.plan !== seen) throw new AppError('conflict', 'The plan was changed since it was read.')
    await setPlan(db, { schoolId, plan })
  })
}
