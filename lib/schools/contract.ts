import { z } from 'zod'
import { emailField, nameField, nameText, newPasswordField, tokenField } from '#lib/identity/contract'
import type { PlanName } from '#lib/plans/rules'
import {
  PLAN_NAMES,
  REASON_MAX,
  REASON_MIN,
  SCHOOL_STATUSES,
  type SchoolStatus,
  type SubdomainFault,
  type Usage,
} from './rules'

/** Asking for a school, opening it, and the console in which the platform looks after all of them. */

/** Hours that the link to open a school is good for. */
export const SCHOOL_REQUEST_HOURS = 24

/** Longer than any that is allowed, so that the rules say what is wrong and not only that it is long. */
const subdomainField = z.string().trim().toLowerCase().min(1).max(100)

export const schoolRequestForm = z.strictObject({
  /** Made when the form was shown: pressing twice sends it twice, and makes one request. */
  requestKey: z.string().regex(/^[a-f0-9-]{36}$/),
  schoolName: nameText(120).min(1),
  subdomain: subdomainField,
  name: nameField,
  email: emailField,
  /** The browser's own; nothing known without a script. */
  timeZone: z.string().max(100).default(''),
})

export const openSchoolForm = z.strictObject({
  token: tokenField,
  subdomain: subdomainField,
  password: newPasswordField,
})

const schoolId = z.string().regex(/^[a-z0-9]{1,40}$/)
const reason = z.string().trim().min(REASON_MIN).max(REASON_MAX)

/** `seen` is what the page showed: a change that was decided on other facts is refused. */
export const changePlanForm = z.strictObject({
  schoolId,
  seen: z.enum(PLAN_NAMES),
  plan: z.enum(PLAN_NAMES),
  reason,
})

export const changeStatusForm = z.strictObject({
  schoolId,
  seen: z.enum(SCHOOL_STATUSES),
  status: z.enum(SCHOOL_STATUSES),
  reason,
})

export const schoolParams = z.strictObject({ schoolId })

/** Holds a school's name where the list is sorted by it. */
const cursor = z.string().min(1).max(1_000).optional()
const q = z.string().trim().max(100).default('')

export const SCHOOL_SORTS = ['newest', 'name'] as const
export type SchoolSort = (typeof SCHOOL_SORTS)[number]

/** An empty filter is what its form sends for “all”. */
export const schoolsSearch = z.strictObject({
  q,
  plan: z.enum(['', ...PLAN_NAMES]).default(''),
  status: z.enum(['', ...SCHOOL_STATUSES]).default(''),
  sort: z.enum(SCHOOL_SORTS).default('newest'),
  cursor,
})

export type SchoolsSearch = z.infer<typeof schoolsSearch>

export const logSearch = z.strictObject({ q, cursor })

/** `done`: what was just changed. */
export const schoolSearch = z.strictObject({ done: z.enum(['plan', 'status']).optional(), cursor })

/** What stands behind the link that opens a school. */
export type RequestView = {
  schoolName: string
  subdomain: string
  adminName: string
  email: string
  opened: boolean
  /** Why the school can't have the subdomain any more. */
  fault: AddressFault | null
}

/** `taken`, `alike`: some other school has it, or one that could be mistaken for it. */
export type AddressFault = SubdomainFault | 'taken' | 'alike'

/** Numbers about a school; nothing here says who its people are or what it teaches. */
export type SchoolNumbers = Usage & { admins: number; enrollments: number; activeLastMonth: number }

export type SchoolLine = {
  id: string
  name: string
  subdomain: string
  plan: PlanName
  status: SchoolStatus
  createdAt: Date
  numbers: SchoolNumbers
}

export type SchoolTotals = { all: number; active: number; suspended: number; closed: number }

export type SchoolsPage = {
  totals: SchoolTotals
  schools: SchoolLine[]
  nextCursor: string | null
  previousCursor: string | null
}

export type LogLine = {
  id: string
  at: Date
  /** The action's own id. */
  action: string
  actorName: string | null
  /** The school it was done to. */
  school: { id: string; name: string; subdomain: string } | null
  reason: string | null
  /** What changed, where it was the plan or the status. */
  plan: { from: string; to: string } | null
  status: { from: string; to: string } | null
  ip: string | null
}

export type LogPage = { lines: LogLine[]; nextCursor: string | null; previousCursor: string | null }

export type SchoolDetail = SchoolLine & {
  timeZone: string
  locale: string
  statusReason: string | null
  log: LogPage
}
