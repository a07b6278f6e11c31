import 'server-only'
import type { FirstStepFacts, Usage } from '#lib/db/queries/school'
import type { PlanName } from '#lib/plans/rules'
import type { Overview } from './contract'
import { FIRST_STEPS, usageMeters } from './rules'

const TAKEN = {
  brand: 'branded',
  secondFactor: 'secondFactor',
  signUp: 'signUpDecided',
  invite: 'invited',
  publish: 'published',
} as const

/** What the overview shows of a school's rows. */
export function overviewOf(plan: PlanName, usage: Usage, facts: FirstStepFacts): Overview {
  const { people, invitations, activeWeek, activeMonth } = usage
  return {
    ...{ plan, people, invitations, activeWeek, activeMonth },
    meters: usageMeters(plan, usage),
    steps: FIRST_STEPS.map((id) => ({ id, done: facts[TAKEN[id]] })),
  }
}
