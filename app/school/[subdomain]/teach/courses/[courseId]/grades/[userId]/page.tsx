import { schoolRefusal } from '#app/refusals'
import { PersonPage } from '#components/grades/person-page'
import { can } from '#lib/auth/access'
import { page } from '#lib/auth/page'
import { findEditable } from '#lib/db/queries/teach'
import { personPath } from '#lib/grades/contract'
import { loadPersonGrades } from '#lib/grades/load-grades'
import { translator } from '#lib/i18n/translate'
import { headOf } from '#lib/teach/views'
import { z } from 'zod'
import { authorOf, managesPeople } from '../../../../editing'

const personGrades = page({
  id: 'teach.grades-person',
  access: can('grade:write'),
  refused: schoolRefusal,
  params: personPath,
  search: z.strictObject({}),
  load: async ({ db, school, params: { courseId, userId }, actor }) => {
    const by = authorOf(actor)
    const course = headOf(await findEditable(db, { courseId, by }), by, managesPeople(actor))
    return { course, grades: await loadPersonGrades(db, { courseId, userId, timeZone: school.timeZone }) }
  },
  metadata: ({ course, grades }, { school }) => ({
    title: `${translator(school.locale, 'grades.teach')('person', { name: grades.name })} · ${course.title} · ${school.name}`,
  }),
  render: ({ course, grades }, { school }) => (
    <PersonPage locale={school.locale} course={course} grades={grades} />
  ),
})

export default personGrades.Page
export const generateMetadata = personGrades.generateMetadata
