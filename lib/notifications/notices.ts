import 'server-only'
import type { TenantDb } from '#lib/db/tenant'
import type { Notice, NoticePayload } from './contract'
import { announcement } from './kinds/announcement'
import { badge } from './kinds/badge'
import { coursePublished, newLessons } from './kinds/course'
import { examCloses, examOpens, examRegraded, examReleased, examScored } from './kinds/exam'
import { gradeAnswered } from './kinds/grade-answered'
import * as live from './kinds/live-class'
import { gradeAsked, gradeChanged } from './kinds/grades'
import { message } from './kinds/message'
import { assignmentDue, workGraded, workReleased } from './kinds/work'

/** Reads what a notice says, when its time has come; null when there is nothing to be told any more. */
type Resolve = (db: TenantDb, payload: NoticePayload) => Promise<Notice | null>

/** Everything that people are told of. A feature adds a file to `kinds` and a line here. */
export const NOTICES = {
  announcement,
  'assignment-due': assignmentDue,
  badge,
  'course-published': coursePublished,
  'exam-closes': examCloses,
  'exam-opens': examOpens,
  'exam-regraded': examRegraded,
  'exam-released': examReleased,
  'exam-scored': examScored,
  'grade-answered': gradeAnswered,
  'class-soon': live.classSoon,
  'class-moved': live.classMoved,
  'class-cancelled': live.classCancelled,
  'class-on': live.classOn,
  'series-moved': live.seriesMoved,
  'series-cancelled': live.seriesCancelled,
  'series-on': live.seriesOn,
  'grade-asked': gradeAsked,
  'grade-changed': gradeChanged,
  message,
  'new-lessons': newLessons,
  'work-graded': workGraded,
  'work-released': workReleased,
} as const satisfies Record<string, Resolve>

export type NoticeKind = keyof typeof NOTICES
