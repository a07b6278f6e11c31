import 'server-only'
import { type AuthoredExam, getAuthoredExam } from '#lib/db/queries/exam-authoring'
import { updateExam } from '#lib/db/queries/exams'
import { wroteLately } from '#lib/db/queries/lesson-editor'
import { type Author, findEditable } from '#lib/db/queries/teach'
import type { TenantDb } from '#lib/db/tenant'
import { AppError } from '#lib/errors'
import { heldOf } from './author-views'
import type { Held } from './rules/drafting-saver'
import type { Stored } from './rules/drafting-content'

type Which = Readonly<{ courseId: string; examId: string; by: Author; timeZone: string }>

/** Minutes of writing that are one entry in the log: it is saved every few seconds. */
const SITTING = 15

/** An exam for its author. @throws AppError 'not_found'; 'forbidden' when the course is a colleague's */
export async function loadExam(
  db: TenantDb,
  input: Which & Readonly<{ lock?: boolean }>,
): Promise<AuthoredExam> {
  await findEditable(db, input)
  return getAuthoredExam(db, input)
}

/** The questions as they are now, for an editor that has fallen behind. @throws AppError as `loadExam` */
export async function readExam(db: TenantDb, input: Which): Promise<Held> {
  return heldOf(await loadExam(db, input))
}

type Content = { [K in keyof Stored]: Stored[K] extends readonly (infer T)[] ? T[] : Stored[K] }

/**
 * Saves title, questions and pools of the working copy. Attempts keep their version.
 * @returns `logged`: whether this belongs into the log, which takes one entry a sitting
 * @throws AppError 'conflict' when somebody else has changed the exam since `seen`; as `loadExam`
 */
export async function saveExam(
  db: TenantDb,
  input: Which & Readonly<{ seen: Date; content: Content; action: string }>,
): Promise<{ seen: string; logged: boolean }> {
  const { examId, seen, content, action, by } = input
  const exam = await loadExam(db, { ...input, lock: true })
  if (exam.updatedAt.getTime() !== seen.getTime())
    throw new AppError('conflict', 'The exam was changed since it was read.')
  const { title, questions, pools } = content
  const settings = { ...exam.settings, pools }
  const { updatedAt } = await updateExam(db, { examId, seen, changes: { title, questions, settings } })
  const logged = !(await wroteLately(db, { lessonId: examId, userId: by.userId, action, minutes: SITTING }))
  return { seen: updatedAt.toISOString(), logged }
}
