import 'server-only'
import { listBadges } from '#lib/db/queries/badges'
import { listCertificates } from '#lib/db/queries/certificates'
import { findChoices, getOpenProfile } from '#lib/db/queries/choices'
import { findLearningDays } from '#lib/db/queries/streaks'
import type { TenantDb } from '#lib/db/tenant'
import { variantUrl } from '#lib/files/rules'
import type { CertificateCard, OwnProfile, ProfileView, ShownStreak } from './contract'
import { learningDay, streakNow, stripOf } from './rules/streak'

/** More than a person earns in years; all certificates have pages at /certificates. */
const BADGES = 100
const CERTIFICATES = 24
const PIXELS = 160

async function certificatesOf(db: TenantDb, userId: string, revoked: boolean): Promise<CertificateCard[]> {
  const { rows } = await listCertificates(db, { userId, cursor: null, limit: CERTIFICATES })
  return rows
    .filter((one) => revoked || !one.revoked)
    .map(({ code, courseTitle, instructorName, completedAt, revoked: taken }) => ({
      ...{ code, courseTitle, instructorName, completedAt, revoked: taken },
    }))
}

async function streakOf(
  db: TenantDb,
  input: Readonly<{ userId: string; now: Date; timeZone: string }>,
): Promise<ShownStreak> {
  const { userId, now, timeZone } = input
  const facts = await findLearningDays(db, userId)
  const current = streakNow(facts, now, timeZone)
  return { now: current, weeks: stripOf(facts, current.covered, learningDay(now, timeZone)) }
}

type Self = Readonly<{
  userId: string
  name: string
  /** Storage key. */
  avatar: string | null
  /** IANA. */
  timeZone: string
  now: Date
}>

/** One's own profile: four statements. Whoever hid streaks and badges finds their certificates. */
export async function loadOwnProfile(db: TenantDb, input: Self): Promise<OwnProfile> {
  const { userId, name, avatar, timeZone, now } = input
  const choices = await findChoices(db, userId)
  const { hidden } = choices
  const profile = {
    ...{ name, timeZone, avatarUrl: variantUrl(db.tenantId, avatar, PIXELS) },
    badges: hidden ? null : await listBadges(db, { userId, limit: BADGES }),
    streak: hidden ? null : await streakOf(db, { userId, now, timeZone }),
    certificates: await certificatesOf(db, userId, true),
  }
  return { profile, choices, userId }
}

/**
 * What somebody shows of themselves to the people of their school: at most four statements, one for whoever shows
 * nothing. @throws AppError 'not_found' for them, and alike for whoever isn't there
 */
export async function loadOpenProfile(
  db: TenantDb,
  input: Readonly<{ userId: string; now: Date }>,
): Promise<ProfileView> {
  const { userId, now } = input
  const { name, avatar, timeZone, badges, streak, certificates } = await getOpenProfile(db, userId)
  return {
    ...{ name, timeZone, avatarUrl: variantUrl(db.tenantId, avatar, PIXELS) },
    badges: badges ? await listBadges(db, { userId, limit: BADGES }) : null,
    streak: streak ? await streakOf(db, { userId, now, timeZone }) : null,
    certificates: certificates ? await certificatesOf(db, userId, false) : null,
  }
}
