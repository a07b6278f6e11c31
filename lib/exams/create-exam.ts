import 'server-only'
import { copyExam, getAuthoredExam, insertExam } from '#lib/db/queries/exam-authoring'
import { type Author, lockEditable } from '#lib/db/queries/teach'
import type { TenantDb } from '#lib/db/tenant'
import { translator } from '#lib/i18n/translate'
import { EXAM_TITLE_MAX } from './contract/authoring'

/** Minutes of an exam whose author hasn't said yet. */
const FIRST_DURATION = 60

/** Makes an empty exam, a draft. With the same id it is made once. @throws AppError as `lockEditable` */
export async function createExam(
  db: TenantDb,
  input: Readonly<{ id: string; courseId: string; by: Author; title: string }>,
): Promise<{ id: string; courseId: string; created: boolean }> {
  const { id, courseId, title } = input
  await lockEditable(db, input)
  return { courseId, ...(await insertExam(db, { id, courseId, title, duration: FIRST_DURATION })) }
}

/**
 * Copies an exam into a draft beside it, without its dates. With the same id it is copied once.
 * @throws AppError 'not_found' for an exam of another course; as `lockEditable`
 */
export async function duplicateExam(
  db: TenantDb,
  input: Readonly<{ id: string; courseId: string; examId: string; by: Author; locale: string }>,
): Promise<{ id: string; courseId: string; created: boolean; title: string }> {
  const { id, courseId, examId, locale } = input
  await lockEditable(db, input)
  const original = await getAuthoredExam(db, { courseId, examId, timeZone: 'UTC' })
  const t = translator(locale, 'teach')
  const room = EXAM_TITLE_MAX - t('copyTitle', { title: '' }).length
  const title = t('copyTitle', { title: [...original.title].slice(0, room).join('') })
  return { courseId, title, ...(await copyExam(db, { courseId, examId, copyId: id, title })) }
}
