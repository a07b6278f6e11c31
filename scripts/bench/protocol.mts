// What the measuring process and its worker, which has the product's code at hand, say to each other.

/** A page of a school and what its address names. */
export type Place = Readonly<{
  page: 'front' | 'catalogue' | 'course' | 'lesson'
  subdomain: string
  tenantId: string
  /** Of the course page and the lesson page. */
  courseId: string
  lessonId: string
}>

/** A statement as the product sent it to the server. */
export type Sent = Readonly<{ text: string; values: readonly unknown[] }>

/** Hand-written statements, by what they read. */
export type PlainSql = Readonly<Record<'list' | 'course' | 'outline' | 'lesson', string>>

export type Job =
  /** Runs a page's data once and tells which statements it sent. */
  | Readonly<{ kind: 'record'; place: Place }>
  /** The product's data function against hand-written SQL: milliseconds per call, round by round. */
  | Readonly<{ kind: 'compare'; place: Place; sql: PlainSql; rounds: number; calls: number }>
  /** Milliseconds per call of all data that a request for the page asks for, its host's school included. */
  | Readonly<{ kind: 'time'; place: Place; calls: number }>
  /** Announces something to a course: milliseconds per call. */
  | Readonly<{ kind: 'announce'; tenantId: string; courseId: string; teacherId: string; calls: number }>
  /** Makes the report of a course, or (null) of a school: milliseconds. */
  | Readonly<{ kind: 'report'; tenantId: string; courseId: string | null }>

export type Result =
  | Readonly<{ kind: 'record'; host: Sent[]; unit: Sent[] }>
  | Readonly<{ kind: 'compare'; product: number[]; plain: number[] }>
  | Readonly<{ kind: 'time'; milliseconds: number }>
  | Readonly<{ kind: 'report'; milliseconds: number }>
  | Readonly<{ kind: 'announce'; milliseconds: number; titles: string[] }>

export type Answer = Readonly<{ result: Result } | { error: string }>

/** The path that a browser shows. */
export function pathOf(place: Place): string {
  switch (place.page) {
    case 'front':
      return '/'
    case 'catalogue':
      return '/courses'
    case 'course':
      return `/courses/${place.courseId}`
    case 'lesson':
      return `/learn/${place.courseId}/${place.lessonId}`
  }
}
