import { schoolRefusal } from '#app/refusals'
import { ReadAnnouncements } from '#components/announcements/read-page'
import { announcePath, readSearch } from '#lib/announcements/contract'
import { anyPerson } from '#lib/auth/access'
import { person } from '#lib/auth/actor'
import { page } from '#lib/auth/page'
import { getListenedCourse, listAnnouncements } from '#lib/db/queries/announcements'
import { cursorFrom } from '#lib/db/queries/cursor'
import { translator } from '#lib/i18n/translate'

const PAGE = 20

const announcements = page({
  id: 'school.course-announcements',
  access: anyPerson('Everybody reads what is announced in courses that they are enrolled in.'),
  refused: schoolRefusal,
  params: announcePath,
  search: readSearch,
  load: async ({ db, school, actor, params: { courseId }, search }) => {
    const { userId, timeZone } = person(actor)
    const { title } = await getListenedCourse(db, { courseId, userId })
    const listed = await listAnnouncements(db, { courseId, cursor: cursorFrom(search.cursor), limit: PAGE })
    return { course: { id: courseId, title }, listed: { ...listed, timeZone: timeZone ?? school.timeZone } }
  },
  metadata: ({ course }, { school }) => ({
    title: `${translator(school.locale, 'announcements')('titleOf', { course: course.title })} · ${school.name}`,
    robots: { index: false },
  }),
  render: ({ course, listed }, { school }) => (
    <ReadAnnouncements
      locale={school.locale}
      path={`/courses/${course.id}/announcements`}
      course={course}
      listed={listed}
    />
  ),
})

export default announcements.Page
export const generateMetadata = announcements.generateMetadata
