import 'server-only'
import { insertNotices, listAddressees } from '#lib/db/queries/notices'
import { type TenantDb, withTenant } from '#lib/db/tenant'
import { type Notice, noticePayload, type Reader, type Words } from './contract'
import { NOTICES } from './notices'

/** People in one unit of work: many enough to be quick, few enough that no lock is held for long. */
const PART = 500

/** The words of a notice, made once for all readers of a language and a zone. */
function wordsOf(notice: Notice): (reader: Reader) => Words {
  const said = new Map<string, Words>()
  return (reader) => {
    const key = `${reader.locale} ${reader.timeZone}`
    const words = said.get(key) ?? notice.words(reader)
    said.set(key, words)
    return words
  }
}

/** Tells the next part of its audience. @returns the last of them; null: there are no more */
async function tellPart(db: TenantDb, notice: Notice, after: string): Promise<string | null> {
  const { type, key, link, audience } = notice
  const people = await listAddressees(db, { audience, after, limit: PART })
  const words = wordsOf(notice)
  const notices = people.map(({ userId, ...reader }) => ({ userId, ...words(reader) }))
  if (notices.length > 0) await insertNotices(db, { type, key, link, notices })
  return people.length < PART ? null : (people.at(-1)?.userId ?? null)
}

/** In parts, each in a unit of work of its own: after a process died half-way, the key keeps anybody from hearing it twice. */
async function tellAll(tenantId: string, notice: Notice): Promise<void> {
  let after: string | null = ''
  while (after !== null) {
    const from: string = after
    after = await withTenant(tenantId, (db) => tellPart(db, notice, from))
  }
}

type News = Readonly<{ id: string; payload: unknown }>
type Handler = (db: TenantDb, news: News) => Promise<(() => Promise<void>) | null>

/** The worker's handlers, by the outbox row's kind. A payload of another shape throws ZodError. */
export const NOTICE_HANDLERS: Readonly<Record<string, Handler>> = Object.fromEntries(
  Object.entries(NOTICES).map(([kind, resolve]): [string, Handler] => [
    `notice.${kind}`,
    async (db, { payload }) => {
      const notice = await resolve(db, noticePayload.parse(payload))
      const { tenantId } = db
      return notice === null ? null : () => tellAll(tenantId, notice)
    },
  ]),
)
