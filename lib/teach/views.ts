import 'server-only'
import type { CourseRow } from '#lib/db/queries/courses'
import type { EnrolledPerson } from '#lib/db/queries/enrollments'
import type { Author, CourseSettings, EditableCourse, StructureRow } from '#lib/db/queries/teach'
import { variantUrl } from '#lib/files/rules'
import type { CourseCard, CourseHead, LearnerCard, OutlineModule } from './contract'
import type { Details } from './rules'

/** Width of a cover in the list, on a screen of twice the dots. */
const COVER_PIXELS = 480

/** A row of the list as it is shown. */
export function courseCardOf(tenantId: string, row: CourseRow): CourseCard {
  const { id, title, status, instructorName, moduleCount, lessonCount, updatedAt } = row
  return {
    ...{ id, title, status, instructorName, moduleCount, lessonCount, updatedAt },
    coverUrl: variantUrl(tenantId, row.thumbnail, COVER_PIXELS),
  }
}

/** What every page about a course shows above its own part. `manages`: the reader may enroll people everywhere. */
export function headOf(course: EditableCourse, by: Author, manages: boolean): CourseHead {
  const { id, title, status, instructorId, firstLessonId } = course
  // Not the course's own page: to whoever teaches a course it shows everything, as it must.
  const preview = firstLessonId === null ? null : `/teach/courses/${id}/preview/${firstLessonId}`
  return {
    ...{ id, title, status },
    people: manages || instructorId === by.userId,
    previewHref: preview ?? (status === 'PUBLISHED' ? `/courses/${id}` : null),
  }
}

/** Rows of lessons, grouped into their modules; the order is the rows' own. */
export function outlineOf(rows: readonly StructureRow[]): OutlineModule[] {
  const modules: OutlineModule[] = []
  for (const row of rows) {
    let module = modules.at(-1)
    if (module?.id !== row.moduleId) {
      module = { id: row.moduleId, title: row.moduleTitle, lessons: [] }
      modules.push(module)
    }
    const { lessonId, lessonTitle, duration, hasVideo, hasText, preview, held } = row
    if (lessonId === null || lessonTitle === null) continue
    module.lessons.push({ id: lessonId, title: lessonTitle, duration, hasVideo, hasText, preview, held })
  }
  return modules
}

/** The stored details as the fields of their form hold them. */
export function detailsOf(settings: CourseSettings): Details {
  const { title, description, outcomes, timeZone, enrollment, enrollmentKey, capacity, categories } = settings
  return {
    ...{ title, enrollment },
    description: description ?? '',
    outcomes: outcomes.join('\n'),
    categories: [...categories].sort().join(),
    timeZone: timeZone ?? '',
    enrollmentKey: enrollmentKey ?? '',
    capacity: capacity === null ? '' : String(capacity),
  }
}

/** An enrolled person as the list shows them. */
export function learnerOf(row: EnrolledPerson): LearnerCard {
  const { userId, name, email, progress, completedAt, enrolledAt } = row
  return { userId, name, email, progress, completedAt, enrolledAt }
}
