import {
  archiveCourse,
  duplicateCourse,
  publishCourse,
  redraftCourse,
  removeCourse,
} from '#app/actions/teach'
import { schoolRefusal } from '#app/refusals'
import { PublishPage } from '#components/teach/publish-page'
import { can } from '#lib/auth/access'
import { person } from '#lib/auth/actor'
import { page } from '#lib/auth/page'
import { countLearners, findEditable } from '#lib/db/queries/teach'
import { coursePath, publishSearch } from '#lib/teach/contract'
import { judgeCourse } from '#lib/teach/judge-course'
import { headOf } from '#lib/teach/views'
import { headingIds } from '../../../../../../../components/lesson/heading-ids'
import { authorOf, managesPeople } from '../../../editing'

const ACTIONS = {
  publish: publishCourse,
  archive: archiveCourse,
  draft: redraftCourse,
  duplicate: duplicateCourse,
  remove: removeCourse,
}

const publish = page({
  id: 'teach.publish',
  access: can('course:edit'),
  refused: schoolRefusal,
  params: coursePath,
  search: publishSearch,
  load: async ({ db, params: { courseId }, actor }) => {
    const by = authorOf(actor)
    const { permissions } = person(actor)
    const found = await findEditable(db, { courseId, by })
    const view = {
      findings: await judgeCourse(db, {
        courseId,
        anchorsOf: (document) => new Set(headingIds(document).values()),
      }),
      learners: await countLearners(db, courseId),
      publishedAt: found.publishedAt,
      may: { publish: permissions.has('course:publish'), create: permissions.has('course:create') },
    }
    return { course: headOf(found, by, managesPeople(actor)), view, requestKey: crypto.randomUUID() }
  },
  metadata: ({ course }, { school }) => ({ title: `${course.title} · ${school.name}` }),
  render: ({ course, view, requestKey }, { school, search }) => (
    <PublishPage
      locale={school.locale}
      timeZone={school.timeZone}
      course={course}
      view={view}
      done={search.done}
      requestKey={requestKey}
      actions={ACTIONS}
    />
  ),
})

export default publish.Page
export const generateMetadata = publish.generateMetadata
