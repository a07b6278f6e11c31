import { importAttendance, previewAttendance } from '#app/actions/attendance'
import { schoolRefusal } from '#app/refusals'
import { AttendanceImportPage } from '#components/classes/attendance-import-page'
import { can } from '#lib/auth/access'
import { page } from '#lib/auth/page'
import { taughtClassPath } from '#lib/classes/contract'
import { loadTaughtClass } from '#lib/classes/load-classes'
import { findEditable } from '#lib/db/queries/teach'
import { translator } from '#lib/i18n/translate'
import { headOf } from '#lib/teach/views'
import { z } from 'zod'
import { authorOf, managesPeople } from '../../../../../../editing'

const importing = page({
  id: 'teach.attendance-import',
  access: can('course:edit'),
  refused: schoolRefusal,
  params: taughtClassPath,
  search: z.strictObject({}),
  load: async ({ db, school, params: { courseId, classId }, actor }) => {
    const by = authorOf(actor)
    const course = headOf(await findEditable(db, { courseId, by }), by, managesPeople(actor))
    return loadTaughtClass(db, { course, classId, timeZone: school.timeZone })
  },
  metadata: ({ title }, { school }) => ({
    title: `${translator(school.locale, 'classes.import')('title')} · ${title} · ${school.name}`,
  }),
  render: ({ course, id, title }, { school }) => (
    <AttendanceImportPage
      locale={school.locale}
      course={course}
      classId={id}
      title={title}
      actions={{ preview: previewAttendance, apply: importAttendance }}
    />
  ),
})

export default importing.Page
export const generateMetadata = importing.generateMetadata
