import { createClass } from '#app/actions/classes'
import { schoolRefusal } from '#app/refusals'
import { NewClassPage } from '#components/classes/new-class-page'
import { can } from '#lib/auth/access'
import { page } from '#lib/auth/page'
import { classesPath } from '#lib/classes/contract'
import { findEditable, getSettings } from '#lib/db/queries/teach'
import { translator } from '#lib/i18n/translate'
import { headOf } from '#lib/teach/views'
import { z } from 'zod'
import { authorOf, managesPeople } from '../../../../editing'

const create = page({
  id: 'teach.class-new',
  access: can('course:edit'),
  refused: schoolRefusal,
  params: classesPath,
  search: z.strictObject({}),
  load: async ({ db, school, params: { courseId }, actor }) => {
    const by = authorOf(actor)
    const course = headOf(await findEditable(db, { courseId, by }), by, managesPeople(actor))
    const { timeZone } = await getSettings(db, courseId)
    return { course, timeZone: timeZone ?? school.timeZone, requestKey: crypto.randomUUID() }
  },
  metadata: ({ course }, { school }) => ({
    title: `${translator(school.locale, 'classes.form')('newTitle')} · ${course.title} · ${school.name}`,
  }),
  render: ({ course, timeZone, requestKey }, { school }) => (
    <NewClassPage
      locale={school.locale}
      course={course}
      timeZone={timeZone}
      requestKey={requestKey}
      create={createClass}
    />
  ),
})

export default create.Page
export const generateMetadata = create.generateMetadata
