import { z } from 'zod'
import { writtenText } from '#lib/content/inline'

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
  streak: Readonly<{ days: number; longest: number; today: boolean }>
  /** IANA, the reader's. */
  timeZone: string
}

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
