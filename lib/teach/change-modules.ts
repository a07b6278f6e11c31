import 'server-only'
import { createModule, deleteModule, renameModule as rename } from '#lib/db/queries/modules'
import { recomputeCourseProgress } from '#lib/db/queries/progress'
import { getModule, restoreModule as restore } from '#lib/db/queries/teach'
import type { TenantDb } from '#lib/db/tenant'
import { AppError } from '#lib/errors'
import { changeOutline, type Editing } from './outline'

type Module = Editing & Readonly<{ moduleId: string }>

/** Adds a module at the end. With the same id it is added once. @throws AppError as `changeOutline` */
export async function addModule(db: TenantDb, input: Editing & Readonly<{ id: string; title: string }>) {
  const { id, courseId, title } = input
  return changeOutline(db, input, async () => {
    const made = await createModule(db, { id, courseId, title })
    return { id: made.id }
  })
}

/** Gives a module another title. @throws AppError 'conflict' when it isn't called `seen` any more, 'not_found' */
export async function renameModule(db: TenantDb, input: Module & Readonly<{ title: string; seen: string }>) {
  const { moduleId, title, seen } = input
  return changeOutline(db, input, async () => {
    const before = (await getModule(db, input)).title
    if (before !== seen && before !== title)
      throw new AppError('conflict', 'The module was renamed since it was read.')
    if (before !== title) await rename(db, { moduleId, title })
    return { id: moduleId, before }
  })
}

/** Hides a module and its lessons; everybody's progress follows. @throws AppError 'not_found' */
export async function removeModule(db: TenantDb, input: Module) {
  const { courseId, moduleId } = input
  return changeOutline(db, input, async () => {
    const { title } = await getModule(db, input)
    await deleteModule(db, moduleId)
    await recomputeCourseProgress(db, courseId)
    return { id: moduleId, before: title }
  })
}

/** Brings a hidden module back, with its lessons; everybody's progress follows. @throws AppError 'not_found' */
export async function restoreModule(db: TenantDb, input: Module) {
  const { courseId, moduleId } = input
  return changeOutline(db, input, async () => {
    await restore(db, input)
    await recomputeCourseProgress(db, courseId)
    return { id: moduleId }
  })
}
