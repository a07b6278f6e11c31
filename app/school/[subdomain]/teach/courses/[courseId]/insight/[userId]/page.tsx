import { writeToLearner } from '#app/actions/insight'
import { schoolRefusal } from '#app/refusals'
import { PersonInsightPage } from '#components/insight/person-page'
import { anyPerson } from '#lib/auth/access'
import { person } from '#lib/auth/actor'
import { page } from '#lib/auth/page'
import { findEditable } from '#lib/db/queries/teach'
import { translator } from '#lib/i18n/translate'
import { personPath, personSearch } from '#lib/insight/contract'
import { loadPersonInsight } from '#lib/insight/load-course'
import { headOf } from '#lib/teach/views'
import { analystOf, managesPeople } from '../../../../editing'

const insight = page({
  id: 'teach.insight-person',
  access: anyPerson('Whoever sees numbers of their own courses, or of every course.'),
  refused: schoolRefusal,
  params: personPath,
  search: personSearch,
  load: async ({ db, params: { courseId, userId }, actor }) => {
    const by = analystOf(actor)
    const course = headOf(await findEditable(db, { courseId, by }), by, managesPeople(actor))
    const isOpen = course.status === 'PUBLISHED'
    const learner = await loadPersonInsight(db, { courseId, userId, isOpen, now: new Date() })
    return { course, learner, requestKey: crypto.randomUUID() }
  },
  metadata: ({ learner }, { school }) => ({
    title: `${translator(school.locale, 'insight.write')('title', { name: learner.name })} · ${school.name}`,
  }),
  render: ({ course, learner, requestKey }, { school, actor, search }) => (
    <PersonInsightPage
      locale={school.locale}
      timeZone={school.timeZone}
      course={course}
      person={learner}
      ownAddress={person(actor).email}
      requestKey={requestKey}
      done={search.done ?? null}
      write={writeToLearner}
    />
  ),
})

export default insight.Page
export const generateMetadata = insight.generateMetadata
