/** What a plan allows. Null: without a limit. */
export type Limits = Readonly<{
  people: number | null
  courses: number | null
  storageBytes: number | null
  /** In a calendar month. */
  aiMessages: number | null
}>

export type PlanName = 'FREE' | 'PRO' | 'ENTERPRISE'

const GIB = 1024 ** 3

/** The plans, as data. People are those who are not deleted, and invitations that are still open. */
export const PLANS = {
  FREE: { people: 100, courses: 10, storageBytes: 2 * GIB, aiMessages: 500 },
  PRO: { people: 2_000, courses: 200, storageBytes: 100 * GIB, aiMessages: 20_000 },
  ENTERPRISE: { people: null, courses: null, storageBytes: null, aiMessages: null },
} as const satisfies Record<PlanName, Limits>

export function limitsOf(plan: PlanName): Limits {
  return PLANS[plan]
}

/** Invitation letters that a school may send in 24 hours, repeats included: all whom the plan has room for, and then some. */
const LETTERS_A_DAY: Readonly<Record<PlanName, number>> = { FREE: 200, PRO: 5_000, ENTERPRISE: 20_000 }

export function lettersADay(plan: PlanName): number {
  return LETTERS_A_DAY[plan]
}

/** Questions that one person may ask the tutor in a day. */
const QUESTIONS_A_DAY: Readonly<Record<PlanName, number>> = { FREE: 20, PRO: 40, ENTERPRISE: 100 }

export function questionsADay(plan: PlanName): number {
  return QUESTIONS_A_DAY[plan]
}

/** From this part of a limit on, people are told that it comes near. */
const NEAR = 0.8

export type UsageState = 'ok' | 'near' | 'reached'

/** How much of a limit is used. A limit only ever stops what would add: reading and exporting go on. */
export function usageState(used: number, limit: number | null): UsageState {
  if (limit === null) return 'ok'
  if (used >= limit) return 'reached'
  return used >= limit * NEAR ? 'near' : 'ok'
}
