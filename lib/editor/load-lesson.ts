import 'server-only'
import type { Reader } from '#lib/db/queries/catalog'
import { getLessonToEdit, listLessonTitles } from '#lib/db/queries/lesson-editor'
import type { TenantDb } from '#lib/db/tenant'
import { AppError } from '#lib/errors'
import type { LessonToEdit } from './contract'
import { stateOf, urlsOf } from './views'

type Input = Readonly<{
  courseId: string
  lessonId: string
  reader: Reader
  /** IANA zone of courses that have none of their own. */
  timeZone: string
}>

/** A lesson for its editor. @throws AppError 'not_found' for a lesson that isn't this person's to edit */
export async function loadLessonToEdit(db: TenantDb, input: Input): Promise<LessonToEdit> {
  const { courseId, lessonId, reader, timeZone } = input
  const row = await getLessonToEdit(db, { lessonId, reader, timeZone, lock: false })
  if (row.courseId !== courseId || reader === null)
    throw new AppError('not_found', 'The lesson stands in another course.')
  const titles = await listLessonTitles(db, courseId)
  const state = stateOf(row)
  return {
    lessonId,
    courseId,
    courseTitle: row.courseTitle,
    timeZone: row.timeZone,
    state,
    others: titles.filter(({ id }) => id !== lessonId),
    urls: urlsOf(db.tenantId, state),
    draftKey: `smartlms:lesson:${db.tenantId}:${reader.userId}:${lessonId}`,
  }
}
