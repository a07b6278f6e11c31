import { z } from 'zod'
import type { StreakNow } from '#lib/awards/rules/streak'
import { emailField, nameField, newPasswordField } from '#lib/identity/contract'

/**
 * The password that somebody has now, wherever a change needs it shown once more. Empty for people who have none:
 * they show a fresh sign-in instead.
 */
const current = z.string().max(1_000).default('')

/** Six digits of the app, or a recovery code; spaces and hyphens don't count. */
const code = z.string().trim().min(6).max(40)

const id = z.string().regex(/^[a-z0-9]{1,40}$/)

let zones: Set<string> | undefined

/** IANA names that this machine knows, UTC among them. */
export function timeZones(): ReadonlySet<string> {
  zones ??= new Set(['UTC', ...Intl.supportedValuesOf('timeZone')])
  return zones
}

export const profileForm = z.strictObject({
  name: nameField,
  /** Empty: the school's. */
  timeZone: z.string().refine((zone) => zone === '' || timeZones().has(zone)),
})

/** Content, size and kind are checked by decoding it, not here. */
export const avatarForm = z.strictObject({ file: z.instanceof(File) })

export const nothingForm = z.strictObject({})

export const addressForm = z.strictObject({ email: emailField, current })

export const passwordForm = z.strictObject({ current, password: newPasswordField })

export const sessionForm = z.strictObject({ sessionId: id })

export const startFactorForm = z.strictObject({ current })

export const confirmFactorForm = z.strictObject({ code })

export const removeFactorForm = z.strictObject({ current, code })

export const recoveryCodesForm = z.strictObject({ current })

export const linkForm = z.strictObject({ provider: z.string().regex(/^[a-z]{1,40}$/), current })

export const unlinkForm = z.strictObject({ identityId: id, current })

/** What was just done, as a word in the address that the browser is sent to. */
export const DONE = [
  ...(['profile', 'avatar', 'avatar-removed', 'address', 'password', 'session', 'sessions'] as const),
  ...(['factor-off', 'linked', 'unlinked'] as const),
] as const

export type Done = (typeof DONE)[number]

/** Unknown words say nothing, rather than make the page disappear. */
export const doneField = z.enum(DONE).optional().catch(undefined)

/** Where an account page stands: at a school, or on the platform's own host. */
export type AccountPlace = Readonly<{
  name: string
  isSchool: boolean
  /** BCP 47. */
  locale: string
  /** IANA, of the reader. */
  timeZone: string
  /** IANA, of the place: what a person without one of their own follows. */
  ownTimeZone: string
  /** Demo mode: letters are read in the browser. */
  demo: boolean
}>

/** Why an account was not linked, as the provider's way back says it. */
const PROBLEMS = ['taken', 'provider'] as const

export type LinkProblem = (typeof PROBLEMS)[number]

export const problemField = z.enum(PROBLEMS).optional().catch(undefined)

/** A provider's id in an address. */
export const providerField = z.string().max(40).optional().catch(undefined)

/** What somebody shows before a change of how they sign in: their password, or, without one, a fresh sign-in. */
export type Proof = 'password' | 'fresh' | 'stale'

/** How somebody's profile is shown to themselves. */
export type ProfileView = {
  name: string
  email: string
  avatarUrl: string | null
  /** IANA; null follows the school. */
  timeZone: string | null
  proof: Proof
}

export type Device = {
  id: string
  /** Null where the browser doesn't say. */
  browser: string | null
  system: string | null
  /** Address that it signed in from; null where it isn't known. */
  ip: string | null
  method: string
  createdAt: Date
  lastSeenAt: Date
  isThis: boolean
}

export type Identity = { id: string; provider: string; email: string | null; createdAt: Date }

/** A second factor: none, begun (with what the app needs), or on. */
export type FactorView =
  { state: 'off' } | { state: 'begun'; secret: string; uri: string } | { state: 'on'; codesLeft: number }

export type SecurityView = {
  email: string
  proof: Proof
  devices: Device[]
  factor: FactorView
  /** The school asks its staff for one, and this person has none yet. */
  mustSetUp: boolean
  /** The school asks this person for one, set up or not. */
  asked: boolean
  identities: Identity[]
  /** Providers that can be linked. */
  providers: { id: string; name: string }[]
}

/** Minutes that a sign-in counts as fresh. */
export const FRESH_MINUTES = 10

type Correspondent = Readonly<{ name: string; address: string }>

/** A piece of a letter's text; with an address where it is a link of this installation. */
export type LetterPart = Readonly<{ text: string; href: string | null }>

export type LetterView = {
  id: string
  from: Correspondent
  to: Correspondent
  subject: string
  sentAt: Date
  parts: LetterPart[]
}

/** A course that somebody learns in. */
export type LearningCard = {
  courseId: string
  title: string
  coverUrl: string | null
  /** Percent, 0 to 100. */
  progress: number
  completed: boolean
  /** They have done something in it. */
  begun: boolean
  lessonCount: number
  lessonsLeft: number
  next: { id: string; title: string; durationSeconds: number | null } | null
}

/** Something with a time in one of their courses. */
export type UpcomingItem = {
  kind: 'assignment' | 'exam' | 'class'
  id: string
  title: string
  courseId: string
  courseTitle: string
  at: Date
  minutes: number | null
}

/** A course that somebody teaches. */
export type TeachingCard = {
  courseId: string
  title: string
  published: boolean
  archived: boolean
  learners: number
  completed: number
}

export type DashboardView = {
  name: string
  /** IANA, of the person. */
  timeZone: string
  learning: LearningCard[]
  upcoming: UpcomingItem[]
  /** Null for those who don't learn, or don't want to see it. */
  streak: StreakNow | null
  /** Null for those who don't teach. */
  teaching: TeachingCard[] | null
  administers: boolean
}
