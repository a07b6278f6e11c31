import type { NotificationType } from '../contract'

/** How somebody wants to be told. Without zod: the browser may have it. */

/** In the order in which they are shown. */
export const NOTICE_TYPES = [
  'GRADE_RELEASED',
  'ASSIGNMENT_DUE',
  'EXAM_REMINDER',
  'LIVE_CLASS',
  'COURSE_UPDATE',
  'ACHIEVEMENT',
  'SYSTEM',
] as const satisfies readonly NotificationType[]

/** `once`: at once; `digest`: with everything else of the day. */
export const MAIL_CHOICES = ['off', 'once', 'digest'] as const

export type MailChoice = (typeof MAIL_CHOICES)[number]

export type TypeChoice = Readonly<{ app: boolean; mail: MailChoice }>

/** Minutes of the day, by the clock on the person's own wall; `from` later than `until` goes over midnight. */
export type QuietHours = Readonly<{ from: number; until: number }>

export type NoticeSettings = Readonly<{
  types: Readonly<Record<NotificationType, TypeChoice>>
  quiet: QuietHours | null
  /** Of the day, by the same clock. */
  digestHour: number
}>

/** What holds for whoever has chosen nothing. */
export const DEFAULT_SETTINGS: NoticeSettings = {
  types: {
    GRADE_RELEASED: { app: true, mail: 'once' },
    ASSIGNMENT_DUE: { app: true, mail: 'once' },
    EXAM_REMINDER: { app: true, mail: 'once' },
    LIVE_CLASS: { app: true, mail: 'once' },
    COURSE_UPDATE: { app: true, mail: 'digest' },
    ACHIEVEMENT: { app: true, mail: 'off' },
    SYSTEM: { app: true, mail: 'once' },
  },
  quiet: { from: 22 * 60, until: 7 * 60 },
  digestHour: 7,
}

/** More unread than this are not counted: `99+`. */
export const COUNT_MOST = 99
