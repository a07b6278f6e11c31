import 'server-only'
import { listen } from '#lib/db/listen'
import { listFresh, listLiveSessions } from '#lib/db/queries/notifications'
import { NOTICES_CHANNEL } from '#lib/db/queries/notices'
import { readTenant } from '#lib/db/tenant'
import { AppError } from '#lib/errors'
import { log } from '#lib/observability/log'
import { endText, HEARTBEAT, type Stream, stateText } from './stream'

/**
 * All open streams of this process. PostgreSQL tells it over one connection whose notices have changed, in every
 * process alike; what is new is then read in one unit of work for all of a school's streams that it concerns, together
 * with whether their sessions still count. Between two such moments no stream holds anything but its own socket.
 */

/** Streams of one process, and of one person in it: the oldest makes room. */
const MOST = 5_000
const MOST_OF_PERSON = 8
/** Milliseconds in which changes are gathered, so that a fan-out is one look and not a thousand. */
const GATHER = 25
/** Milliseconds between two looks whether the sessions still count. */
const CHECK = 3_000
const BEAT = 20_000
/** Milliseconds until a look that the database refused is tried again. */
const AGAIN = 1_000
/** People, or sessions, in one statement. */
const PART = 500

type School = { people: Map<string, Set<Stream>>; dirty: Set<string>; looking: boolean }

class LiveHub {
  readonly #schools = new Map<string, School>()
  #count = 0
  #stopListening: (() => Promise<void>) | null = null
  #timers: NodeJS.Timeout[] = []

  get count(): number {
    return this.#count
  }

  /** @throws AppError 'unavailable' when this process has all that it can hold */
  add(stream: Stream): void {
    if (this.#count >= MOST)
      throw new AppError('unavailable', 'This process holds all the streams that it can.')
    this.#start()
    const { tenantId, userId } = stream
    const school: School = this.#schools.get(tenantId) ?? {
      people: new Map(),
      dirty: new Set(),
      looking: false,
    }
    this.#schools.set(tenantId, school)
    const own = school.people.get(userId) ?? new Set<Stream>()
    school.people.set(userId, own)
    const [oldest] = own
    if (own.size >= MOST_OF_PERSON && oldest !== undefined) oldest.end(endText())
    own.add(stream)
    this.#count += 1
    this.#look(tenantId, [userId])
  }

  remove(stream: Stream): void {
    const school = this.#schools.get(stream.tenantId)
    const own = school?.people.get(stream.userId)
    if (school === undefined || own?.delete(stream) !== true) return
    this.#count -= 1
    if (own.size === 0) school.people.delete(stream.userId)
    if (school.people.size === 0) this.#schools.delete(stream.tenantId)
  }

  /** Ends all streams, which their pages then open again elsewhere, and the connection. */
  async stop(): Promise<void> {
    for (const stream of this.#streams()) stream.end('')
    for (const timer of this.#timers) clearInterval(timer)
    this.#timers = []
    const stopListening = this.#stopListening
    this.#stopListening = null
    await stopListening?.()
  }

  *#streams(): Iterable<Stream> {
    for (const { people } of [...this.#schools.values()]) {
      for (const own of [...people.values()]) yield* [...own]
    }
  }

  #start(): void {
    if (this.#stopListening !== null) return
    this.#stopListening = listen({
      channel: NOTICES_CHANNEL,
      heard: (text) => {
        const [tenantId = '', ...userIds] = text.split(' ')
        this.#look(tenantId, userIds)
      },
      connected: () => {
        log().info('live notices: listening')
        // Whatever was told while nobody listened.
        for (const [tenantId, { people }] of this.#schools) this.#look(tenantId, [...people.keys()])
      },
      lost: (reason) => log().warn({ reason }, 'live notices: not listening'),
    })
    this.#timers = [
      setInterval(() => void this.#check(), CHECK),
      setInterval(() => {
        for (const stream of this.#streams()) stream.send(HEARTBEAT)
      }, BEAT),
    ]
    for (const timer of this.#timers) timer.unref()
    for (const name of ['SIGTERM', 'SIGINT'] as const) process.once(name, () => void this.stop())
  }

  /** Has those looked after who have a stream here. */
  #look(tenantId: string, userIds: readonly string[]): void {
    const school = this.#schools.get(tenantId)
    if (school === undefined) return
    for (const userId of userIds) if (school.people.has(userId)) school.dirty.add(userId)
    if (school.dirty.size === 0 || school.looking) return
    school.looking = true
    setTimeout(() => void this.#lookNow(tenantId, school), GATHER)
  }

  async #lookNow(tenantId: string, school: School): Promise<void> {
    while (school.dirty.size > 0) {
      const userIds = [...school.dirty].slice(0, PART)
      for (const userId of userIds) school.dirty.delete(userId)
      try {
        await this.#tell(tenantId, school, userIds)
      } catch (error) {
        log().warn({ tenantId, reason: String(error) }, 'live notices: could not be read')
        for (const userId of userIds) school.dirty.add(userId)
        setTimeout(() => void this.#lookNow(tenantId, school), AGAIN + Math.random() * AGAIN)
        return
      }
    }
    school.looking = false
  }

  async #tell(tenantId: string, school: School, userIds: readonly string[]): Promise<void> {
    const streams = userIds.flatMap((userId) => [...(school.people.get(userId) ?? [])])
    if (streams.length === 0) return
    const { alive, fresh } = await readTenant(tenantId, async (db) => ({
      alive: await listLiveSessions(db, [...new Set(streams.map(({ hash }) => hash))]),
      fresh: await listFresh(db, userIds),
    }))
    const counted = new Set(alive.map(({ tokenHash }) => tokenHash))
    const states = new Map(fresh.map((row) => [row.userId, row]))
    for (const stream of streams) {
      const state = states.get(stream.userId)
      if (!counted.has(stream.hash)) stream.end(endText())
      else if (state !== undefined) stream.tell(state.createdAt, (news) => stateText(stream, state, news))
    }
  }

  /** Ends the streams of sessions that were ended, and of people who were disabled, since the last look. */
  async #check(): Promise<void> {
    for (const [tenantId, { people }] of [...this.#schools]) {
      const streams = [...people.values()].flatMap((own) => [...own])
      for (let at = 0; at < streams.length; at += PART) {
        const part = streams.slice(at, at + PART)
        try {
          const hashes = part.map(({ hash }) => hash)
          const alive = await readTenant(tenantId, (db) => listLiveSessions(db, hashes))
          const counted = new Set(alive.map(({ tokenHash }) => tokenHash))
          for (const stream of part) if (!counted.has(stream.hash)) stream.end(endText())
        } catch (error) {
          log().warn({ tenantId, reason: String(error) }, 'live notices: sessions could not be looked at')
        }
      }
    }
  }
}

const store = globalThis as typeof globalThis & { smartlmsLive?: LiveHub }

/** This process's streams: one place for them, however often this file is bundled. */
export function liveHub(): LiveHub {
  return (store.smartlmsLive ??= new LiveHub())
}
