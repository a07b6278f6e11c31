import { z } from 'zod'
import { writtenText } from '#lib/content/inline'
import type { StreakNow, StripWeek } from './rules/streak'

/** What somebody earns by learning: badges, a streak of days, certificates. */

export const BADGE_TYPES = [
  ...(['FIRST_LESSON', 'COURSE_COMPLETE', 'WEEK_STREAK', 'MONTH_STREAK'] as const),
  ...(['PERFECT_SCORE', 'EARLY_BIRD', 'DEDICATED_LEARNER'] as const),
] as const

export type BadgeType = (typeof BADGE_TYPES)[number]

/** A code as an address holds it; what doesn't look like one was never given out. */
export const certificateCode = z.string().regex(/^[A-Za-z0-9_-]{22,64}$/)

/** `cursor` is opaque: the query that made it checks it. */
export const certificatesSearch = z.strictObject({ cursor: z.string().min(1).max(400).optional() })

const id = z.string().regex(/^[a-z0-9]{1,40}$/)

/** Characters of a reason. */
export const REASON_MAX = 500

/** Whose certificate of which course is revoked, or stands again, and why. */
export const judgeForm = z.strictObject({
  courseId: id,
  userId: id,
  reason: writtenText(0, REASON_MAX).trim().min(1),
})

const ticked = z
  .literal('on')
  .optional()
  .transform((value) => value === 'on')

/** What somebody shows to the people of their school; nothing is said of what isn't ticked. */
export const shareForm = z.strictObject({
  ...{ open: ticked, badges: ticked, streak: ticked, certificates: ticked },
})

/** Whether somebody wants to see streaks and badges at all. */
export const hideForm = z.strictObject({ hidden: ticked })

export const profileSearch = z.strictObject({
  done: z.enum(['shared', 'closed', 'hidden', 'seen']).optional().catch(undefined),
})

export const personPath = z.strictObject({ userId: id })

export type CertificateCard = {
  code: string
  courseTitle: string
  instructorName: string
  completedAt: Date
  revoked: boolean
}

export type BadgeCard = {
  type: BadgeType
  earnedAt: Date
  /** Of the course it was earned in; null where it is earned once, or the course is gone. */
  courseTitle: string | null
}

/** A person's own page of what they earned. */
export type AwardsView = {
  certificates: CertificateCard[]
  nextCursor: string | null
  previousCursor: string | null
  badges: BadgeCard[]
  streak: StreakNow
  /** They don't want to see streaks and badges. */
  hidden: boolean
  /** IANA, the reader's. */
  timeZone: string
}

export type ShownStreak = Readonly<{ now: StreakNow; weeks: readonly StripWeek[] }>

/** What somebody's profile shows; null: not this. */
export type ProfileView = Readonly<{
  name: string
  avatarUrl: string | null
  badges: readonly BadgeCard[] | null
  streak: ShownStreak | null
  certificates: readonly CertificateCard[] | null
  /** IANA, the person's. */
  timeZone: string
}>

/** What somebody shows, and to whom. */
export type ChoicesView = Readonly<{
  open: boolean
  badges: boolean
  streak: boolean
  certificates: boolean
  hidden: boolean
}>

/** A person's own profile. */
export type OwnProfile = Readonly<{ profile: ProfileView; choices: ChoicesView; userId: string }>

/** A certificate as whoever has its code sees it: the names of the day it was issued. */
export type PublicCertificate = {
  code: string
  learnerName: string
  courseTitle: string
  instructorName: string
  completedAt: Date
  issuedAt: Date
  revokedAt: Date | null
}

/** A certificate of a course as those who manage the course see it. */
export type HeldCertificate = {
  userId: string
  name: string
  email: string
  completedAt: Date
  revokedAt: Date | null
}

export type HeldPage = {
  certificates: HeldCertificate[]
  nextCursor: string | null
  previousCursor: string | null
}
