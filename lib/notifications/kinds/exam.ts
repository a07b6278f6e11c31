import 'server-only'
import { findNewestScore, findShownExam } from '#lib/db/queries/notice-facts'
import type { TenantDb } from '#lib/db/tenant'
import { examSettingsSchema } from '#lib/exams/contract/settings'
import { mayReview } from '#lib/exams/rules/review'
import { formatter, translator } from '#lib/i18n/translate'
import type { Notice, NoticePayload } from '../contract'

/** The results of an exam were released. `id`: of the exam. */
export async function examReleased(db: TenantDb, { id }: NoticePayload): Promise<Notice | null> {
  const exam = await findShownExam(db, id)
  if (exam?.releasedAt == null || !exam.reviewed) return null
  return {
    type: 'GRADE_RELEASED',
    key: `exam-released:${id}`,
    link: `/exams/${id}`,
    audience: { scoredIn: id },
    words: ({ locale }) => {
      const t = translator(locale, 'notices.examReleased')
      return { title: t('title', { title: exam.title }), message: t('message', { course: exam.courseTitle }) }
    },
  }
}

type Side = 'opens' | 'closes'

/** Of the instant that a reminder was made for: to those for whom the exam opens or closes then, and who haven't begun it. */
function soon(side: Side) {
  return async (db: TenantDb, { id, at, userId }: NoticePayload): Promise<Notice | null> => {
    const exam = await findShownExam(db, id)
    if (exam === null || at === undefined || at <= Date.now()) return null
    const moment = new Date(at)
    return {
      type: 'EXAM_REMINDER',
      key: `exam-${side}:${id}:${at}`,
      link: `/exams/${id}`,
      audience: { notSat: id, at: moment, side, ...(userId === undefined ? {} : { only: userId }) },
      until: moment,
      words: ({ locale, timeZone }) => {
        const t = translator(locale, side === 'opens' ? 'notices.examOpens' : 'notices.examCloses')
        const when = formatter(locale, timeZone).dateTime(moment, { dateStyle: 'full', timeStyle: 'short' })
        return {
          title: t('title', { title: exam.title }),
          message: t('message', { course: exam.courseTitle, when }),
        }
      },
    }
  }
}

/** An exam opens soon, or closes, at the instant `at`. `id`: of the exam; `userId`: of one person, whose window it is. */
export const examOpens = soon('opens')
export const examCloses = soon('closes')

/** The newest result of somebody at an exam, while they may see it. `id`: of the exam. */
function result(word: 'scored' | 'regraded') {
  return async (db: TenantDb, { id, userId }: NoticePayload): Promise<Notice | null> => {
    if (userId === undefined) return null
    const found = await findNewestScore(db, { examId: id, userId })
    if (found === null) return null
    const { attemptId, score, title, courseTitle } = found
    if (!mayReview(examSettingsSchema.parse(found.settings), found).score) return null
    return {
      type: 'GRADE_RELEASED',
      // Points that change several times before anybody is told are told once, as they are then.
      key: word === 'scored' ? `exam-scored:${attemptId}` : `exam-regraded:${attemptId}:${score}`,
      link: `/exams/${id}`,
      audience: { users: [userId] },
      words: ({ locale }) => {
        const t = translator(locale, word === 'scored' ? 'notices.examScored' : 'notices.examRegraded')
        return { title: t('title', { title }), message: t('message', { course: courseTitle }) }
      },
    }
  }
}

/** What waited for a person is graded: there is a score now. */
export const examScored = result('scored')
/** A score that was there is another one now. */
export const examRegraded = result('regraded')
