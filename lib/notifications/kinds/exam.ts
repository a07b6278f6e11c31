import 'server-only'
import { type ExamFacts, findShownExam } from '#lib/db/queries/notice-facts'
import type { TenantDb } from '#lib/db/tenant'
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

function soon(exam: ExamFacts, at: Date, key: 'examOpens' | 'examCloses'): Notice {
  return {
    type: 'EXAM_REMINDER',
    key: `${key === 'examOpens' ? 'exam-opens' : 'exam-closes'}:${exam.id}:${at.getTime()}`,
    link: `/exams/${exam.id}`,
    audience: { notSat: exam.id },
    until: at,
    words: ({ locale, timeZone }) => {
      const t = translator(locale, `notices.${key}`)
      const when = formatter(locale, timeZone).dateTime(at, { dateStyle: 'full', timeStyle: 'short' })
      return {
        title: t('title', { title: exam.title }),
        message: t('message', { course: exam.courseTitle, when }),
      }
    },
  }
}

/** An exam opens soon, at the instant `at`: to those who haven't begun it. `id`: of the exam. */
export async function examOpens(db: TenantDb, { id, at }: NoticePayload): Promise<Notice | null> {
  const exam = await findShownExam(db, id)
  const isSo = exam?.startDate != null && exam.startDate.getTime() === at && exam.startDate > new Date()
  return isSo && exam.startDate !== null ? soon(exam, exam.startDate, 'examOpens') : null
}

/** The same of its end. */
export async function examCloses(db: TenantDb, { id, at }: NoticePayload): Promise<Notice | null> {
  const exam = await findShownExam(db, id)
  const isSo = exam?.endDate != null && exam.endDate.getTime() === at && exam.endDate > new Date()
  return isSo && exam.endDate !== null ? soon(exam, exam.endDate, 'examCloses') : null
}
