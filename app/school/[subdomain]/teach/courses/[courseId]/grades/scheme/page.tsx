import { saveScheme } from '#app/actions/grades'
import { schoolRefusal } from '#app/refusals'
import { SchemePage } from '#components/grades/scheme-page'
import { can } from '#lib/auth/access'
import { page } from '#lib/auth/page'
import { findEditable } from '#lib/db/queries/teach'
import { readScheme } from '#lib/grades/change-grades'
import { gradesPath, schemeSearch } from '#lib/grades/contract'
import { loadItems } from '#lib/grades/sources'
import { translator } from '#lib/i18n/translate'
import { headOf } from '#lib/teach/views'
import { authorOf, managesPeople } from '../../../../editing'

const scheme = page({
  id: 'teach.grades-scheme',
  access: can('grade:write'),
  refused: schoolRefusal,
  params: gradesPath,
  search: schemeSearch,
  load: async ({ db, school, params: { courseId }, actor }) => {
    const by = authorOf(actor)
    const course = headOf(await findEditable(db, { courseId, by }), by, managesPeople(actor))
    const { timeZone } = school
    const items = (await loadItems(db, courseId, timeZone)).map(({ item }) => item)
    return { course, items, ...(await readScheme(db, { courseId, timeZone })) }
  },
  metadata: ({ course }, { school }) => ({
    title: `${translator(school.locale, 'grades.scheme')('title')} · ${course.title} · ${school.name}`,
  }),
  render: (view, { school, search }) => (
    <SchemePage locale={school.locale} {...view} done={search.done === 'saved'} save={saveScheme} />
  ),
})

export default scheme.Page
export const generateMetadata = scheme.generateMetadata
