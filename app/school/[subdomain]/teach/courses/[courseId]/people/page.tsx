import { restoreCertificate, revokeCertificate } from '#app/actions/awards'
import { enrollPerson, removeLearner } from '#app/actions/teach'
import { schoolRefusal } from '#app/refusals'
import { PeoplePage } from '#components/teach/people-page'
import { anyPerson } from '#lib/auth/access'
import { person } from '#lib/auth/actor'
import { page } from '#lib/auth/page'
import { loadCourseCertificates } from '#lib/awards/load-course-certificates'
import { cursorFrom } from '#lib/db/queries/cursor'
import { listEnrollments } from '#lib/db/queries/enrollments'
import { countLearners, findEditable } from '#lib/db/queries/teach'
import { courseListSearch, coursePath } from '#lib/teach/contract'
import { headOf, learnerOf } from '#lib/teach/views'
import { authorOf, managerOf } from '../../../editing'

const PAGE_SIZE = 50

const people = page({
  id: 'teach.people',
  access: anyPerson('The resource decides: the course’s instructor, and whoever may manage enrollments.'),
  refused: schoolRefusal,
  params: coursePath,
  search: courseListSearch,
  load: async ({ db, params: { courseId }, search, actor }) => {
    const by = managerOf(actor)
    const course = await findEditable(db, { courseId, by })
    const { rows, nextCursor, previousCursor } = await listEnrollments(db, {
      ...{ courseId, cursor: cursorFrom(search.cursor), limit: PAGE_SIZE },
    })
    const list = {
      ...{ learners: rows.map(learnerOf), nextCursor, previousCursor },
      ...{ count: await countLearners(db, courseId), capacity: course.capacity },
    }
    const author = authorOf(actor)
    const edits = person(actor).permissions.has('course:edit')
    const certificates =
      edits && (author.everyCourse || course.instructorId === author.userId)
        ? await loadCourseCertificates(db, { courseId, cursor: search.held })
        : null
    return { course: headOf(course, by, true), list, certificates }
  },
  metadata: ({ course }, { school }) => ({ title: `${course.title} · ${school.name}` }),
  render: ({ course, list, certificates }, { school, search }) => (
    <PeoplePage
      locale={school.locale}
      timeZone={school.timeZone}
      course={course}
      page={list}
      certificates={certificates}
      done={search.done}
      actions={{
        ...{ enroll: enrollPerson, remove: removeLearner },
        ...{ revoke: revokeCertificate, restore: restoreCertificate },
      }}
    />
  ),
})

export default people.Page
export const generateMetadata = people.generateMetadata
