import { z } from 'zod'
import { emailField, optionalNameField } from '#lib/identity/contract'
import type { GivenRole, ImportOutcome, PersonState } from './rules'
import { ROLES } from './rules'

/** Days for which a deleted person's work is kept. */
export const KEPT_DAYS = 30

/** Minutes between two letters of one invitation. */
export const RESEND_MINUTES = 10

/** What an import takes. Bytes leave room for the form around them: proxy.ts refuses bodies above a megabyte. */
export const IMPORT_LIMITS = { bytes: 950_000, rows: 5_000 } as const

/** The most people who are offered to take over courses; everybody else is named by their address. */
export const OFFERED_TEACHERS = 100

const id = z.string().regex(/^[a-z0-9]{1,40}$/)
const role = z.enum(ROLES)

/** Ticked boxes: none, one or many of a name. */
const ids = z
  .union([id.transform((one) => [one]), z.array(id).max(200)])
  .default([])
  .transform((list) => [...new Set(list)])

/** What may follow `?` on the list's address. `cursor` is opaque: the query that made it checks it. */
export const peopleSearch = z.strictObject({
  q: z.string().trim().max(100).default(''),
  role: z.enum(['', ...ROLES]).default(''),
  state: z.enum(['', 'active', 'disabled', 'unconfirmed']).default(''),
  sort: z.enum(['name', 'newest']).default('name'),
  cursor: z.string().min(1).max(1_600).optional(),
  done: z.enum(['deleted']).optional().catch(undefined),
})

export type PeopleSearch = z.infer<typeof peopleSearch>

/** What was just done, for the page to say so. Anybody can write it into an address; it says nothing about anybody. */
const PERSON_DONE = ['role', 'custom', 'disabled', 'enabled', 'signed-out', 'factor'] as const
export type PersonDone = (typeof PERSON_DONE)[number]
const INVITATION_DONE = ['resent', 'revoked', 'imported', 'nobody'] as const
export type InvitationDone = (typeof INVITATION_DONE)[number]

export const personSearch = z.strictObject({ done: z.enum(PERSON_DONE).optional().catch(undefined) })

export const invitationsSearch = z.strictObject({
  cursor: z.string().min(1).max(400).optional(),
  done: z.enum(INVITATION_DONE).optional().catch(undefined),
})

export const personPath = z.strictObject({ userId: id })

export const inviteForm = z.strictObject({ email: emailField, name: optionalNameField, role, roleIds: ids })

export const personForm = z.strictObject({ userId: id })

/** `seen`: what the form showed, so that a change in between is not overwritten. */
export const roleForm = z.strictObject({ userId: id, role, seen: z.enum(ROLES) })

export const customRolesForm = z.strictObject({
  userId: id,
  roleIds: ids,
  /** The ids that were ticked when the form was made, with commas between. */
  seen: z
    .string()
    .max(10_000)
    .transform((list) => list.split(',').filter((one) => one !== '')),
})

export const deleteForm = z.strictObject({
  userId: id,
  /** Address of whoever takes over the courses; empty where there are none. */
  successor: z.union([z.literal('').transform(() => null), emailField]).default(null),
})

export const invitationForm = z.strictObject({ invitationId: id })

export const previewForm = z.strictObject({
  text: z.string().max(IMPORT_LIMITS.bytes).default(''),
  file: z.file().max(IMPORT_LIMITS.bytes).optional(),
})

export const importForm = z.strictObject({ text: z.string().min(1).max(IMPORT_LIMITS.bytes) })

/** A custom role that can be ticked. `offered`: whether whoever looks may give and take it. */
export type RoleChoice = { id: string; name: string; description: string | null; offered: boolean }

export type PersonCard = {
  id: string
  name: string
  email: string
  avatarUrl: string | null
  role: GivenRole
  customRoles: string[]
  state: PersonState
  lastSeenAt: Date | null
  joinedAt: Date
}

/** One page of the list; a cursor that is null means that there is nothing in that direction. */
export type PeoplePage = {
  search: PeopleSearch
  people: PersonCard[]
  nextCursor: string | null
  previousCursor: string | null
  /** Open invitations; null for whoever may not see them. */
  invitations: number | null
}

/** What somebody does in the school, in numbers. */
export type Work = { enrollments: number; submissions: number; attempts: number; courses: number }

export type TaughtCourse = { id: string; title: string }

export type PersonView = PersonCard & {
  /** IANA; the school's when null. */
  timeZone: string | null
  sessions: number
  secondFactor: boolean
  customRoleIds: string[]
  work: Work
  /** Some of the courses they teach, by title. */
  courses: TaughtCourse[]
  /** Who could take them over. */
  teachers: { email: string; name: string }[]
  roles: GivenRole[]
  roleChoices: RoleChoice[]
  /** Why the reader can't change this person; null when they can. */
  objection: 'self' | 'beyond' | null
  /** They are the only active admin. */
  lastAdmin: boolean
}

export type InvitationCard = {
  id: string
  email: string
  name: string | null
  role: GivenRole
  customRoles: string[]
  invitedByName: string | null
  sentAt: Date
  expiresAt: Date
  expired: boolean
  /** Whether a letter may go out again by now. */
  resendable: boolean
  /** Whether whoever looks may send it again or take it back. */
  offered: boolean
}

export type InvitationsPage = {
  invitations: InvitationCard[]
  nextCursor: string | null
  previousCursor: string | null
}

/** Places of the plan, open invitations included; null where the plan has no limit. */
export type InvitePlaces = { used: number; limit: number } | null

export type ImportRow = {
  /** Line of the file, from 1. */
  line: number
  email: string
  name: string
  role: string
  outcome: ImportOutcome
}

export type ImportReport = {
  rows: ImportRow[]
  /** The rows that would be invited, as a file of our own making; empty when there are none. */
  text: string
  /** By how many people the plan's limit would be exceeded; 0 when it wouldn't. */
  over: number
  /** Texts with numbers in them, in the reader's language: the browser has no catalogue. */
  words: { apply: string; over: string; shown: string }
}
