import 'server-only'
import { findReleasedGrade, findShownAssignment } from '#lib/db/queries/notice-facts'
import type { TenantDb } from '#lib/db/tenant'
import { formatter, translator } from '#lib/i18n/translate'
import type { Audience, Notice, NoticePayload, Reader, Words } from '../contract'

const say =
  (key: 'workReleased' | 'workGraded', title: string, course: string) =>
  ({ locale }: Reader): Words => {
    const t = translator(locale, `notices.${key}`)
    return { title: t('title', { title }), message: t('message', { course }) }
  }

/** The grades of an assignment were released. `id`: of the assignment. Each is told once, whoever is graded later at the next release. */
export async function workReleased(db: TenantDb, { id }: NoticePayload): Promise<Notice | null> {
  const work = await findShownAssignment(db, id)
  if (work === null) return null
  return {
    type: 'GRADE_RELEASED',
    key: `work-released:${id}`,
    link: `/assignments/${id}`,
    audience: { gradedIn: id },
    words: say('workReleased', work.title, work.courseTitle),
  }
}

/** Work whose grade is shown already was graded anew. `id`: of the submission. */
export async function workGraded(db: TenantDb, { id }: NoticePayload): Promise<Notice | null> {
  const work = await findReleasedGrade(db, id)
  if (work === null) return null
  return {
    type: 'GRADE_RELEASED',
    key: `work-graded:${id}:${work.gradedAt.getTime()}`,
    link: `/assignments/${work.assignmentId}`,
    audience: { users: [work.userId] },
    words: say('workGraded', work.title, work.courseTitle),
  }
}

/**
 * An assignment is due soon, at the instant `at`: to those for whom it is due then and who haven't handed in. `id`: of
 * the assignment; `userId`: one who has a date of their own.
 */
export async function assignmentDue(db: TenantDb, { id, userId, at }: NoticePayload): Promise<Notice | null> {
  const work = await findShownAssignment(db, id)
  const due = new Date(at ?? 0)
  if (work?.dueDate == null || due <= new Date()) return null
  // Of a date that was moved there is another notice.
  if (userId === undefined && work.dueDate.getTime() !== due.getTime()) return null
  const audience: Audience = { owing: id, due, ...(userId === undefined ? {} : { only: userId }) }
  return {
    type: 'ASSIGNMENT_DUE',
    key: `assignment-due:${id}:${due.getTime()}`,
    link: `/assignments/${id}`,
    audience,
    until: due,
    words: ({ locale, timeZone }) => {
      const t = translator(locale, 'notices.assignmentDue')
      const when = formatter(locale, timeZone).dateTime(due, { dateStyle: 'full', timeStyle: 'short' })
      return {
        title: t('title', { title: work.title }),
        message: t('message', { course: work.courseTitle, when }),
      }
    },
  }
}
