import 'server-only'
import {
  type Addressee,
  insertNotices,
  listAddressees,
  type NewNotice,
  tellRest,
} from '#lib/db/queries/notices'
import { type TenantDb, withTenant } from '#lib/db/tenant'
import { type Notice, type NoticePayload, noticePayload, type Reader, type Words } from './contract'
import { NOTICES } from './notices'
import { mailTime, type MailTime } from './rules/mail-time'
import { settingsOf } from './rules/settings'

/** People in one unit of work: many enough to be quick, few enough that no lock is held for long. */
const PART = 500

/** Units of one job. A larger audience goes on in another, behind what others have to say meanwhile. */
const PARTS = 2

/** Where the jobs and letters of many stand: behind those of few, the further the more there were before them. */
const LAST = 90

const behind = (first: number, part: number): number => Math.min(first + part, LAST)

/** The same of the same, worked out once: an audience has few languages, zones and choices. */
function remembering<Given, Made>(keyOf: (given: Given) => string, make: (given: Given) => Made) {
  const known = new Map<string, Readonly<{ made: Made }>>()
  return (given: Given): Made => {
    const key = keyOf(given)
    const { made } = known.get(key) ?? { made: make(given) }
    known.set(key, { made })
    return made
  }
}

/** What each person of a part is told, and whether by mail; nobody who wants neither. */
function noticesFor(notice: Notice, people: readonly Addressee[], now: Date): NewNotice[] {
  const { type, until = null } = notice
  const hasLetter = notice.mail === false
  const words = remembering<Reader, Words>(
    ({ locale, timeZone }) => `${locale} ${timeZone}`,
    (reader) => notice.words(reader),
  )
  const way = remembering<Addressee, Readonly<{ shown: boolean; mail: MailTime }>>(
    ({ timeZone, choices }) => `${timeZone} ${JSON.stringify(choices)}`,
    ({ timeZone, choices }) => {
      const settings = settingsOf(choices ?? {})
      const { app, mail } = settings.types[type]
      if (hasLetter) return { shown: app, mail: 'never' }
      return { shown: app, mail: mailTime({ choice: mail, now, settings, timeZone, until }) }
    },
  )
  return people
    .map((person) => ({ userId: person.userId, ...words(person), ...way(person) }))
    .filter(({ shown, mail }) => shown || mail !== 'never')
}

type Telling = Readonly<{ outboxId: string; kind: string; payload: NoticePayload; notice: Notice }>

type Place = Readonly<{ after: string; part: number; left: number }>

/**
 * Tells the next part of its audience; behind the last unit of a job it leaves word that there are more, in the same
 * transaction. @returns the place to go on from; null: this job is done
 */
async function tellPart(db: TenantDb, telling: Telling, place: Place): Promise<Place | null> {
  const { notice, kind, payload, outboxId } = telling
  const { type, key, link, audience } = notice
  const people = await listAddressees(db, { audience, after: place.after, limit: PART })
  const present = people.filter((person) => person.present)
  const notices = noticesFor(notice, present, new Date())
  const priority = behind(10, place.part)
  if (notices.length > 0) await insertNotices(db, { type, key, link, notices, priority })
  const last = people.at(-1)?.userId
  if (people.length < PART || last === undefined) return null
  const next = { after: last, part: place.part + 1, left: place.left - 1 }
  if (next.left > 0) return next
  const { id, userId, at } = payload
  const which = { id, ...(userId === undefined ? {} : { userId }), ...(at === undefined ? {} : { at }) }
  const rest = { ...which, after: next.after, part: next.part }
  await tellRest(db, { kind, payload: rest, of: outboxId, priority: behind(0, next.part) })
  return null
}

/** In parts, each in a unit of work of its own: after a process died half-way, the key keeps anybody from hearing it twice. */
async function tellAll(tenantId: string, telling: Telling): Promise<void> {
  const { after = '', part = 0 } = telling.payload
  let place: Place | null = { after, part, left: PARTS }
  while (place !== null) {
    const from: Place = place
    place = await withTenant(tenantId, (db) => tellPart(db, telling, from))
  }
}

type News = Readonly<{ id: string; payload: unknown }>
type Handler = (db: TenantDb, news: News) => Promise<(() => Promise<void>) | null>

/** The worker's handlers, by the outbox row's kind. A payload of another shape throws ZodError. */
export const NOTICE_HANDLERS: Readonly<Record<string, Handler>> = Object.fromEntries(
  Object.entries(NOTICES).map(([name, resolve]): [string, Handler] => [
    `notice.${name}`,
    async (db, news) => {
      const payload = noticePayload.parse(news.payload)
      const notice = await resolve(db, payload)
      if (notice === null) return null
      const telling = { outboxId: news.id, kind: `notice.${name}`, payload, notice }
      const { tenantId } = db
      return () => tellAll(tenantId, telling)
    },
  ]),
)
