import 'server-only'
import { archiveCourse as archive, deleteCourse, publishCourse as publish } from '#lib/db/queries/courses'
import {
  type Author,
  lockEditable,
  redraftCourse as redraft,
  restoreCourse as restore,
} from '#lib/db/queries/teach'
import type { TenantDb } from '#lib/db/tenant'
import { AppError } from '#lib/errors'
import { translator } from '#lib/i18n/translate'
import { notify } from '#lib/notifications/notify'
import { takeCoursePlace } from '#lib/plans/take-course-place'
import type { Status } from './contract'
import { type AnchorsOf, judgeCourse } from './judge-course'
import { isPublishable } from './publish-rules'

type Course = Readonly<{ courseId: string; by: Author }>
type Changed = { before: Status; after: Status }

function refusal(detail: string, form: string): AppError {
  return new AppError('invalid_input', detail, { fields: { form } })
}

/**
 * Shows a course in the catalogue. It is judged here once more, while nobody else can change its structure.
 * @throws AppError 'invalid_input' while something keeps it from being published, 'not_found'; 'forbidden' when the
 *   course is a colleague's
 */
export async function publishCourse(
  db: TenantDb,
  input: Course & Readonly<{ anchorsOf: AnchorsOf; locale: string }>,
): Promise<Changed> {
  const { courseId, locale } = input
  const { status } = await lockEditable(db, input)
  if (!isPublishable(await judgeCourse(db, input)))
    throw refusal('The course has errors.', translator(locale, 'teach.publish')('refused'))
  await publish(db, courseId)
  if (status === 'DRAFT') await notify(db, { kind: 'course-published', id: courseId })
  return { before: status, after: 'PUBLISHED' }
}

/** Takes a course out of the catalogue; its learners keep it. @throws AppError as `lockEditable` */
export async function archiveCourse(db: TenantDb, input: Course): Promise<Changed> {
  const { status } = await lockEditable(db, input)
  if (status === 'ARCHIVED') return { before: status, after: status }
  await archive(db, input.courseId)
  return { before: status, after: 'ARCHIVED' }
}

/** Makes a course a draft again. @throws AppError 'invalid_input' while somebody is enrolled; as `lockEditable` */
export async function redraftCourse(
  db: TenantDb,
  input: Course & Readonly<{ locale: string }>,
): Promise<Changed> {
  const { status } = await lockEditable(db, input)
  if (status === 'DRAFT') return { before: status, after: status }
  if (!(await redraft(db, input.courseId)))
    throw refusal('Somebody is enrolled.', translator(input.locale, 'teach.publish')('hasLearners'))
  return { before: status, after: 'DRAFT' }
}

/** Hides a course from everybody for a month, after which it is purged. @throws AppError as `lockEditable` */
export async function removeCourse(db: TenantDb, input: Course): Promise<{ id: string; title: string }> {
  const { id, title } = await lockEditable(db, input)
  await deleteCourse(db, id)
  return { id, title }
}

/**
 * Brings a deleted course back; it takes a place of the plan again. @returns whether it had been deleted
 * @throws AppError 'limit_reached'; as `lockEditable`
 */
export async function restoreCourse(
  db: TenantDb,
  input: Course & Readonly<{ limit: number | null }>,
): Promise<boolean> {
  const restored = await restore(db, input)
  if (restored) await takeCoursePlace(db, input.limit)
  return restored
}
