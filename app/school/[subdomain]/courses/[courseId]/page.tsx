import { z } from 'zod'
import { AssignmentList } from '#components/assignment/assignment-list'
import { CoursePage } from '#components/course/course-page'
import { ExamList } from '#components/exam/exam-list'
import { schoolRefusal } from '#app/refusals'
import { enrollMe, leaveCourse } from '#app/actions/learn'
import { loadCourseAssignments } from '#lib/assignments/load-assignment'
import { publicAccess } from '#lib/auth/access'
import { type Actor, person } from '#lib/auth/actor'
import { page } from '#lib/auth/page'
import { readerOf } from '#lib/auth/reader'
import { idInPath } from '#lib/catalog/input'
import { brandOf, outlineOf } from '#lib/catalog/views'
import { findPublishedCourse, listOutline } from '#lib/db/queries/catalog'
import { AppError } from '#lib/errors'
import { loadCourseExams } from '#lib/exams/load-exam'

function readerKind(actor: Actor): 'visitor' | 'learner' | 'other' {
  if (actor.kind === 'anonymous') return 'visitor'
  return actor.permissions.has('enrollment:create') ? 'learner' : 'other'
}

const course = page({
  id: 'school.course',
  access: publicAccess('A published course shows what it teaches to everybody; drafts are a 404.'),
  refused: schoolRefusal,
  params: z.strictObject({ courseId: idInPath }),
  search: z.strictObject({
    done: z.enum(['enrolled', 'left', 'completed']).nullable().catch(null).default(null),
  }),
  load: async ({ db, school, params, actor }) => {
    const found = await findPublishedCourse(db, params.courseId, readerOf(actor))
    if (found === null) throw new AppError('not_found', 'No published course has this id.')
    const outline = outlineOf(school, found, await listOutline(db, found.id, found.enrollmentId))
    if (found.enrollmentId === null) return { outline, exams: [], assignments: [], timeZone: school.timeZone }
    const { userId, timeZone } = person(actor)
    const own = { courseId: found.id, userId, timeZone: school.timeZone }
    const exams = found.examCount === 0 ? [] : await loadCourseExams(db, own)
    const assignments = found.assignmentCount === 0 ? [] : await loadCourseAssignments(db, own)
    return { outline, exams, assignments, timeZone: timeZone ?? school.timeZone }
  },
  metadata: ({ outline }, { school }) => ({
    title: `${outline.title} · ${school.name}`,
    ...(outline.description === null ? {} : { description: outline.description.slice(0, 200) }),
  }),
  render: ({ outline, exams, assignments, timeZone }, { school, actor, search }) => (
    <CoursePage
      brand={brandOf(school)}
      course={outline}
      practice={
        <>
          <ExamList locale={school.locale} timeZone={timeZone} exams={exams} />
          <AssignmentList locale={school.locale} timeZone={timeZone} assignments={assignments} />
        </>
      }
      reader={readerKind(actor)}
      done={search.done}
      actions={{ enroll: enrollMe, leave: leaveCourse }}
    />
  ),
})

export default course.Page
export const generateMetadata = course.generateMetadata
