import { schoolRefusal } from '#app/refusals'
import { CourseInsightPage } from '#components/insight/course-page'
import { anyPerson } from '#lib/auth/access'
import { page } from '#lib/auth/page'
import { findEditable } from '#lib/db/queries/teach'
import { translator } from '#lib/i18n/translate'
import { coursePath, courseSearch } from '#lib/insight/contract'
import { loadCourseInsight } from '#lib/insight/load-course'
import { headOf } from '#lib/teach/views'
import { analystOf, managesPeople } from '../../../editing'

const insight = page({
  id: 'teach.insight',
  access: anyPerson('Whoever sees numbers of their own courses, or of every course.'),
  refused: schoolRefusal,
  params: coursePath,
  search: courseSearch,
  load: async ({ db, params: { courseId }, search, actor }) => {
    const by = analystOf(actor)
    const course = headOf(await findEditable(db, { courseId, by }), by, managesPeople(actor))
    const isOpen = course.status === 'PUBLISHED'
    const signal = search.signal ?? null
    const number = Number(search.page ?? 1)
    const view = await loadCourseInsight(db, { courseId, isOpen, now: new Date(), signal, page: number })
    return { course, view, signal, number }
  },
  metadata: ({ course }, { school }) => ({
    title: `${translator(school.locale, 'insight')('title')} · ${course.title} · ${school.name}`,
  }),
  render: ({ course, view, signal, number }, { school }) => (
    <CourseInsightPage
      locale={school.locale}
      timeZone={school.timeZone}
      course={course}
      view={view}
      signal={signal}
      page={number}
    />
  ),
})

export default insight.Page
export const generateMetadata = insight.generateMetadata
