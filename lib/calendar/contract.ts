import { z } from 'zod'
import type { MeetingPlatform } from '#lib/classes/contract/constants'

/** What the calendar is asked, and shows. */

const id = z.string().regex(/^[a-z0-9]{1,40}$/)

export const VIEWS = ['month', 'week', 'agenda'] as const
export type CalendarKind = (typeof VIEWS)[number]

const DONE = ['made', 'renewed', 'turnedOff'] as const
export type FeedDone = (typeof DONE)[number]

/** A day of the calendar within what calendars need; anything else is today. */
const day = z.iso.date().refine((text) => text >= '1970-02-01' && text <= '2199-12-01', 'Too far away.')

export const calendarSearch = z.strictObject({
  view: z.enum(VIEWS).optional().catch(undefined),
  on: day.optional().catch(undefined),
  course: z
    .union([z.literal(''), id])
    .optional()
    .catch(undefined),
  done: z.enum(DONE).optional().catch(undefined),
})
export type CalendarSearch = z.infer<typeof calendarSearch>

/** `seen`: id of the address that the form stands beside; empty: there was none. */
export const feedForm = z.strictObject({ seen: z.union([z.literal(''), id]).default('') })

/** Something in a person's calendar. */
export type CalendarEntry = Readonly<{
  kind: 'class' | 'assignment' | 'exam' | 'lesson'
  id: string
  title: string
  courseId: string
  courseTitle: string
  /** They teach it. */
  teaching: boolean
  /** When it begins, is due or opens; null: an exam that closes and has no opening. */
  from: Date | null
  /** When a class ends or an exam closes; null: a moment, or open for ever. */
  to: Date | null
  cancelled: boolean
  platform: MeetingPlatform | null
  /** How often it was moved or cancelled. */
  sequence: number
  updatedAt: Date
}>

/** An entry on one of its days. */
export type Piece = Readonly<{
  entry: CalendarEntry
  part: 'single' | 'first' | 'middle' | 'last'
  href: string
}>

export type CalendarDay = Readonly<{ day: string; pieces: readonly Piece[] }>

export type CalendarView = Readonly<{
  /** Null: none was asked for; a phone shows the agenda, a larger screen the month. */
  view: CalendarKind | null
  /** The day that is looked at: `YYYY-MM-DD`. */
  on: string
  today: string
  /** IANA: the reader's. */
  timeZone: string
  now: Date
  /** Whole weeks; of what goes on for days its ends alone. */
  month: readonly CalendarDay[]
  week: readonly CalendarDay[]
  /** Only days on which there is something. */
  agenda: readonly CalendarDay[]
  /** What goes on for days in what is shown. */
  goingOn: Readonly<Record<CalendarKind, readonly Piece[]>>
  /** Days that one step goes back and on. */
  steps: Readonly<Record<CalendarKind, Readonly<{ previous: string; next: string }>>>
  courses: readonly Readonly<{ id: string; title: string }>[]
  course: string | null
  truncated: boolean
  feed: Readonly<{ id: string; address: string; createdAt: Date }> | null
}>
