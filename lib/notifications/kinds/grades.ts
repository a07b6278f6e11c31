import 'server-only'
import { listGradeItems, listScores, listWork } from '#lib/db/queries/grades'
import { type ChangeFacts, findNewestChange, findOpenQuestion } from '#lib/db/queries/notice-facts'
import type { TenantDb } from '#lib/db/tenant'
import { gradeTermsOf } from '#lib/exams/rules/extent'
import { translator } from '#lib/i18n/translate'
import type { Notice, NoticePayload } from '../contract'

/** As many items as a gradebook has. */
const ITEMS_MOST = 500

/**
 * Whether its learner sees a change of a grade: points by hand for something whose grade isn't released yet are not
 * released either. What a learner sees of grades is decided so in lib/grades/sources.ts.
 */
async function isShown(db: TenantDb, change: ChangeFacts, userId: string): Promise<boolean> {
  const { kind, item, courseId } = change
  if (kind === 'course') return true
  if (kind === 'assignment') {
    const work = (await listWork(db, { courseId, userId })).find(({ assignmentId }) => assignmentId === item)
    return work?.grade == null || work.releasedAt !== null
  }
  const score = (await listScores(db, { courseId, userId })).find(({ examId }) => examId === item)
  if (score?.score == null) return true
  const row = (await listGradeItems(db, courseId, ITEMS_MOST)).find(({ id }) => id === item)
  if (row === undefined) return false
  const { releasedAt, closedForAll } = row
  const { submittedAt, gradedAt } = score
  return gradeTermsOf(row).mayReview({ submittedAt, gradedAt, releasedAt, closedForAll }).score
}

/** Grades of somebody were changed by hand. `id`: of the course; several at once are told once. */
export async function gradeChanged(db: TenantDb, { id, userId }: NoticePayload): Promise<Notice | null> {
  if (userId === undefined) return null
  const change = await findNewestChange(db, { courseId: id, userId })
  if (change === null || !(await isShown(db, change, userId))) return null
  return {
    type: 'GRADE_RELEASED',
    key: `grade-changed:${change.id}`,
    link: `/courses/${id}/grades`,
    audience: { users: [userId] },
    words: ({ locale }) => {
      const t = translator(locale, 'notices.gradeChanged')
      return { title: t('title', { course: change.courseTitle }), message: t('message') }
    },
  }
}

/** Somebody asks about a grade: to whoever teaches the course. `id`: of the question. */
export async function gradeAsked(db: TenantDb, { id }: NoticePayload): Promise<Notice | null> {
  const question = await findOpenQuestion(db, id)
  if (question === null) return null
  const { courseId, courseTitle, userId, item, name, instructorId } = question
  return {
    type: 'GRADE_RELEASED',
    key: `grade-asked:${id}`,
    link: `/teach/courses/${courseId}/grades/${userId}/${item}`,
    audience: { users: [instructorId] },
    words: ({ locale }) => {
      const t = translator(locale, 'notices.gradeAsked')
      return { title: t('title', { name }), message: t('message', { course: courseTitle }) }
    },
  }
}
