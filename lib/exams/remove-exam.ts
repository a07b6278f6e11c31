import 'server-only'
import { hideExam, unhideExam } from '#lib/db/queries/exam-authoring'
import { type Author, lockEditable } from '#lib/db/queries/teach'
import type { TenantDb } from '#lib/db/tenant'

type Which = Readonly<{ courseId: string; examId: string; by: Author }>

/** Hides an exam from everybody; what was taken stays. @throws AppError as `lockEditable`, 'not_found' */
export async function removeExam(db: TenantDb, input: Which): Promise<{ title: string }> {
  await lockEditable(db, input)
  return hideExam(db, input)
}

/** Brings a deleted exam back. @returns whether it had been deleted @throws AppError as `lockEditable`, 'not_found' */
export async function restoreExam(db: TenantDb, input: Which): Promise<boolean> {
  await lockEditable(db, input)
  return unhideExam(db, input)
}
