import { importGrades, previewGrades } from '#app/actions/grades'
import { schoolRefusal } from '#app/refusals'
import { ImportPage } from '#components/grades/import-page'
import { can } from '#lib/auth/access'
import { page } from '#lib/auth/page'
import { findEditable } from '#lib/db/queries/teach'
import { gradesPath } from '#lib/grades/contract'
import { translator } from '#lib/i18n/translate'
import { headOf } from '#lib/teach/views'
import { z } from 'zod'
import { authorOf, managesPeople } from '../../../../editing'

const importing = page({
  id: 'teach.grades-import',
  access: can('grade:write'),
  refused: schoolRefusal,
  params: gradesPath,
  search: z.strictObject({}),
  load: async ({ db, params: { courseId }, actor }) => {
    const by = authorOf(actor)
    return headOf(await findEditable(db, { courseId, by }), by, managesPeople(actor))
  },
  metadata: (course, { school }) => ({
    title: `${translator(school.locale, 'grades.import')('title')} · ${course.title} · ${school.name}`,
  }),
  render: (course, { school }) => (
    <ImportPage
      locale={school.locale}
      course={course}
      actions={{ preview: previewGrades, apply: importGrades }}
    />
  ),
})

export default importing.Page
export const generateMetadata = importing.generateMetadata
