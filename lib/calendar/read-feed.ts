import 'server-only'
import { createHash } from 'node:crypto'
import { readLinkToken } from '#lib/adapters/keys/keys'
import { schoolOrigin } from '#lib/adapters/mail/origins'
import { findFeedOwner, listCalendar } from '#lib/db/queries/calendar'
import { countTry } from '#lib/db/queries/throttles'
import { type TenantDb, withTenant } from '#lib/db/tenant'
import type { CalendarEntry } from './contract'
import { FEED_PURPOSE } from './load-calendar'
import { writeIcs } from './write-ics'

const DAY = 86_400_000
const DAYS = { back: 30, ahead: 365 } as const
/** Entries of one address: a year of somebody very busy. */
const MOST = 3_000
/** Programs ask a few times an hour; what comes faster for long is refused until a minute has gone by. */
const RATE = { kind: 'calendar.feed', free: 60, rule: 'leak', calm: 60 } as const

type Read = Readonly<{ entries: readonly CalendarEntry[] }> | Readonly<{ wait: number }> | 'gone'

async function read(db: TenantDb, id: string, now: Date): Promise<Read> {
  const owner = await findFeedOwner(db, id)
  if (owner === null) return 'gone'
  const [tried] = await countTry(db, [{ ...RATE, key: id }])
  if (tried !== undefined && tried.wait > 0) return { wait: tried.wait }
  const from = new Date(now.getTime() - DAYS.back * DAY)
  const until = new Date(now.getTime() + DAYS.ahead * DAY)
  return {
    entries: await listCalendar(db, { userId: owner.userId, courseId: null, from, until, limit: MOST }),
  }
}

export type Feed =
  | Readonly<{ state: 'ready'; text: string; etag: string }>
  | Readonly<{ state: 'wait'; seconds: number }>
  /** No address of ours; or one that was ended, or whose person may not sign in any more. */
  | Readonly<{ state: 'unknown' | 'gone' }>

/**
 * What an address shows at a moment. One that we never made is known by its mac, without asking the database. Writing
 * the file holds no connection.
 */
export async function readFeed(
  school: Readonly<{ id: string; name: string; subdomain: string; locale: string }>,
  token: string,
  now: Date,
): Promise<Feed> {
  const id = readLinkToken(FEED_PURPOSE, school.id, token)
  if (id === null) return { state: 'unknown' }
  const found = await withTenant(school.id, (db) => read(db, id, now))
  if (found === 'gone') return { state: 'gone' }
  if ('wait' in found) return { state: 'wait', seconds: found.wait }
  const text = writeIcs(found.entries, {
    ...{ tenantId: school.id, schoolName: school.name, locale: school.locale, now },
    origin: schoolOrigin(school.subdomain),
  })
  return { state: 'ready', text, etag: `"${createHash('sha256').update(text).digest('base64url')}"` }
}
