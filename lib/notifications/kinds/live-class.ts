import 'server-only'
import { findNoticedClass, type NoticedClass } from '#lib/db/queries/live-classes'
import type { TenantDb } from '#lib/db/tenant'
import { formatter, translator } from '#lib/i18n/translate'
import type { Audience, Notice, NoticePayload, Reader } from '../contract'

/** `id`: of the class. `at`: when it was to begin, in milliseconds; a notice of a class that was moved since says nothing. */

type Word = 'soon' | 'moved' | 'cancelled' | 'on' | 'seriesMoved' | 'seriesCancelled' | 'seriesOn'

/** Day and time by the reader's own clock, with the zone's name. */
function whenFor({ locale, timeZone }: Reader, at: Date): string {
  return formatter(locale, timeZone).dateTime(at, {
    ...({ weekday: 'long', day: 'numeric', month: 'long' } as const),
    ...({ hour: '2-digit', minute: '2-digit', hourCycle: 'h23', timeZoneName: 'short' } as const),
  })
}

/** Whoever teaches is reminded, too; what they changed themselves they know. */
const audienceOf = (word: Word, courseId: string): Audience =>
  word === 'soon' ? { learnersOf: courseId, andTeacher: true } : { learnersOf: courseId }

function noticeOf(word: Word, key: string, id: string, found: NoticedClass): Notice {
  const { title, courseId, courseTitle, scheduledAt, duration } = found
  return {
    ...{ type: 'LIVE_CLASS', key, link: `/classes/${id}`, audience: audienceOf(word, courseId) },
    // What is said of a series is about others than this one, too.
    ...(word.startsWith('series') ? {} : { until: new Date(scheduledAt.getTime() + duration * 60_000) }),
    words: (reader) => {
      const t = translator(reader.locale, 'notices.liveClass')
      const about = { title: title.slice(0, 120), course: courseTitle, when: whenFor(reader, scheduledAt) }
      return { title: t(`${word}.title`, about), message: t(`${word}.message`, about) }
    },
  }
}

/** The class as it was when it was told of; null: it is another one by now, or gone. */
async function unchanged(db: TenantDb, { id, at }: NoticePayload): Promise<NoticedClass | null> {
  const found = await findNoticedClass(db, id)
  return found !== null && found.scheduledAt.getTime() === at ? found : null
}

/** It begins in a while. Said to nobody once it is over. */
export async function classSoon(db: TenantDb, payload: NoticePayload): Promise<Notice | null> {
  const found = await unchanged(db, payload)
  if (found === null || found.cancelledAt !== null) return null
  if (found.scheduledAt.getTime() + found.duration * 60_000 <= Date.now()) return null
  return noticeOf('soon', `class-soon:${payload.id}:${String(payload.at)}`, payload.id, found)
}

/** A change of a class; each is told once, also when it leads back to what had been told before. */
function change(kind: string, word: Word, cancelled: boolean) {
  return async (db: TenantDb, payload: NoticePayload): Promise<Notice | null> => {
    const found = await unchanged(db, payload)
    if (found === null || (found.cancelledAt !== null) !== cancelled) return null
    return noticeOf(word, `${kind}:${payload.id}:${String(found.sequence)}`, payload.id, found)
  }
}

export const classMoved = change('class-moved', 'moved', false)
export const classCancelled = change('class-cancelled', 'cancelled', true)
export const classOn = change('class-on', 'on', false)
export const seriesMoved = change('series-moved', 'seriesMoved', false)
export const seriesCancelled = change('series-cancelled', 'seriesCancelled', true)
export const seriesOn = change('series-on', 'seriesOn', false)
