/** Bounds and names of live classes, for pages, forms and rules alike. */

export const CLASS_TITLE_MAX = 200
export const CLASS_NOTES_MAX = 4_000
export const LINK_MAX = 2_000
/** Minutes: half a day. */
export const DURATION_MAX = 720
/** Classes that one series makes at most. */
export const SERIES_MOST = 100
/** Weeks or days between two of a series at most. */
export const EVERY_MOST = 12
/** Minutes before its beginning from which a class may be entered. */
export const JOIN_EARLY = 15
/** Minutes after its end until which it may be entered. */
export const JOIN_GRACE = 30
/** Minutes before its beginning at which people are reminded. */
export const REMIND_BEFORE = 30

export const PLATFORMS = ['ZOOM', 'GOOGLE_MEET', 'MICROSOFT_TEAMS', 'OTHER'] as const
export type MeetingPlatform = (typeof PLATFORMS)[number]

export const REPEATS = ['none', 'daily', 'weekly'] as const
export type Repeat = (typeof REPEATS)[number]

/** Monday first, as ISO 8601 counts them: 1 to 7. */
export const WEEKDAYS = ['1', '2', '3', '4', '5', '6', '7'] as const

/** Which of a series is meant. */
export const SCOPES = ['this', 'following', 'all'] as const
export type Scope = (typeof SCOPES)[number]

export const STATUSES = ['PRESENT', 'LATE', 'ABSENT', 'EXCUSED'] as const
export type Attended = (typeof STATUSES)[number]
