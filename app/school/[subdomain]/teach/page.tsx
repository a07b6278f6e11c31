import { z } from 'zod'
import { createCourse, restoreCourse } from '#app/actions/teach'
import { schoolRefusal } from '#app/refusals'
import { CourseList } from '#components/teach/course-list'
import { can } from '#lib/auth/access'
import { person } from '#lib/auth/actor'
import { page } from '#lib/auth/page'
import { listCourses } from '#lib/db/queries/courses'
import { cursorFrom } from '#lib/db/queries/cursor'
import { translator } from '#lib/i18n/translate'
import { coursesSearch } from '#lib/teach/contract'
import { courseCardOf } from '#lib/teach/views'

const PAGE_SIZE = 30

const courses = page({
  id: 'teach.courses',
  access: can('course:edit'),
  refused: schoolRefusal,
  params: z.strictObject({}),
  search: coursesSearch,
  load: async ({ db, school, search, actor }) => {
    const { userId, permissions } = person(actor)
    const found = await listCourses(db, {
      ...{ q: search.q, cursor: cursorFrom(search.cursor), limit: PAGE_SIZE },
      status: search.status === '' ? null : search.status,
      instructorId: permissions.has('course:edit-any') ? null : userId,
    })
    const { nextCursor, previousCursor } = found
    return {
      page: {
        ...{ search, nextCursor, previousCursor },
        courses: found.rows.map((row) => courseCardOf(school.id, row)),
      },
      requestKey: crypto.randomUUID(),
    }
  },
  metadata: (_data, { school }) => ({
    title: `${translator(school.locale, 'teach.list')('title')} · ${school.name}`,
  }),
  render: ({ page: list, requestKey }, { school, actor }) => {
    const { permissions } = person(actor)
    return (
      <CourseList
        locale={school.locale}
        timeZone={school.timeZone}
        schoolName={school.name}
        page={list}
        may={{
          create: permissions.has('course:create'),
          all: permissions.has('course:edit-any'),
          bank: permissions.has('exam:edit'),
        }}
        requestKey={requestKey}
        actions={{ create: createCourse, restore: restoreCourse }}
      />
    )
  },
})

export default courses.Page
export const generateMetadata = courses.generateMetadata
