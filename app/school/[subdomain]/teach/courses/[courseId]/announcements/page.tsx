import {
  announceToCourse,
  changeCourseAnnouncement,
  keepCourseAnnouncement,
} from '#app/actions/announcements'
import { schoolRefusal } from '#app/refusals'
import { Announce } from '#components/announcements/announce-page'
import { CourseFrame } from '#components/teach/course-frame'
import { announcePath, announceSearch } from '#lib/announcements/contract'
import { can } from '#lib/auth/access'
import { page } from '#lib/auth/page'
import { findEditable } from '#lib/db/queries/teach'
import { translator } from '#lib/i18n/translate'
import { headOf } from '#lib/teach/views'
import { loadSaid } from '../../../../announcements/said'
import { authorOf, managesPeople } from '../../../editing'

const announcements = page({
  id: 'teach.announcements',
  access: can('course:edit'),
  refused: schoolRefusal,
  params: announcePath,
  search: announceSearch,
  load: async ({ db, school, actor, params: { courseId }, search }) => {
    const by = authorOf(actor)
    const course = headOf(await findEditable(db, { courseId, by }), by, managesPeople(actor))
    const said = await loadSaid(db, { courseId, search, actor, school })
    return { course, said, requestKey: crypto.randomUUID() }
  },
  metadata: ({ course }, { school }) => ({
    title: `${translator(school.locale, 'announcements')('title')} · ${course.title} · ${school.name}`,
  }),
  render: ({ course, said, requestKey }, { school, search }) => {
    const t = translator(school.locale, 'announcements.done')
    return (
      <CourseFrame
        locale={school.locale}
        course={course}
        current="announcements"
        done={search.done === undefined ? null : t(search.done)}
      >
        <Announce
          locale={school.locale}
          path={`/teach/courses/${course.id}/announcements`}
          place={{ courseId: course.id }}
          said={said}
          requestKey={requestKey}
          removed={search.removed ?? null}
          actions={{
            say: announceToCourse,
            change: changeCourseAnnouncement,
            keep: keepCourseAnnouncement,
          }}
        />
      </CourseFrame>
    )
  },
})

export default announcements.Page
export const generateMetadata = announcements.generateMetadata
