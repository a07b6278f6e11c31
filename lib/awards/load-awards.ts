import 'server-only'
import { listBadges } from '#lib/db/queries/badges'
import { listCertificates } from '#lib/db/queries/certificates'
import { cursorFrom } from '#lib/db/queries/cursor'
import { findLearningDays } from '#lib/db/queries/streaks'
import type { TenantDb } from '#lib/db/tenant'
import type { AwardsView } from './contract'
import { streakNow } from './rules/streak'

const PAGE_SIZE = 24
/** More than a person earns in years; a badge of a course comes with a certificate, and these have pages. */
const BADGES = 100

/** What a person earned: three statements. @param input.timeZone IANA, theirs */
export async function loadAwards(
  db: TenantDb,
  input: Readonly<{ userId: string; timeZone: string; cursor: string | undefined; now: Date }>,
): Promise<AwardsView> {
  const { userId, timeZone, cursor, now } = input
  const page = await listCertificates(db, { userId, cursor: cursorFrom(cursor), limit: PAGE_SIZE })
  const badges = await listBadges(db, { userId, limit: BADGES })
  const facts = await findLearningDays(db, userId)
  const { rows, nextCursor, previousCursor } = page
  return {
    ...{ nextCursor, previousCursor, badges, timeZone, hidden: facts.hidden },
    certificates: rows.map(({ code, courseTitle, instructorName, completedAt, revoked }) => ({
      ...{ code, courseTitle, instructorName, completedAt, revoked },
    })),
    streak: streakNow(facts, now, timeZone),
  }
}
