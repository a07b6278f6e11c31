import 'server-only'
import { createLesson, deleteLesson, updateLesson } from '#lib/db/queries/lessons'
import { recomputeCourseProgress } from '#lib/db/queries/progress'
import { getLessonTitle, getModule, restoreLesson as restore } from '#lib/db/queries/teach'
import type { TenantDb } from '#lib/db/tenant'
import { AppError } from '#lib/errors'
import { notify } from '#lib/notifications/notify'
import { gatheredUntil } from '#lib/notifications/rules/reminders'
import { changeOutline, type Editing } from './outline'

type Lesson = Editing & Readonly<{ lessonId: string }>

/** Adds a lesson at the end of a module. With the same id it is added once. @throws AppError as `changeOutline` */
export async function addLesson(
  db: TenantDb,
  input: Editing & Readonly<{ id: string; moduleId: string; title: string }>,
) {
  const { id, courseId, moduleId, title } = input
  return changeOutline(db, input, async () => {
    await getModule(db, input)
    const made = await createLesson(db, { id, moduleId, title })
    await recomputeCourseProgress(db, courseId)
    const { at, runAt } = gatheredUntil(new Date())
    await notify(db, { kind: 'new-lessons', id: courseId, at: at.getTime(), runAt })
    return { id: made.id }
  })
}

/** Gives a lesson another title. @throws AppError 'conflict' when it isn't called `seen` any more, 'not_found' */
export async function renameLesson(db: TenantDb, input: Lesson & Readonly<{ title: string; seen: string }>) {
  const { lessonId, title, seen } = input
  return changeOutline(db, input, async () => {
    const { title: before, updatedAt } = await getLessonTitle(db, input)
    if (before !== seen && before !== title)
      throw new AppError('conflict', 'The lesson was renamed since it was read.')
    if (before !== title) await updateLesson(db, { lessonId, seen: updatedAt, changes: { title } })
    return { id: lessonId, before }
  })
}

/** Hides a lesson; everybody's progress follows. @throws AppError 'not_found' */
export async function removeLesson(db: TenantDb, input: Lesson) {
  const { courseId, lessonId } = input
  return changeOutline(db, input, async () => {
    const { title } = await getLessonTitle(db, input)
    await deleteLesson(db, lessonId)
    await recomputeCourseProgress(db, courseId)
    return { id: lessonId, before: title }
  })
}

/** Brings a hidden lesson back; everybody's progress follows. @throws AppError 'not_found' */
export async function restoreLesson(db: TenantDb, input: Lesson) {
  const { courseId, lessonId } = input
  return changeOutline(db, input, async () => {
    await restore(db, input)
    await recomputeCourseProgress(db, courseId)
    return { id: lessonId }
  })
}
