import * as actions from '#app/actions/attendance'
import { schoolRefusal } from '#app/refusals'
import { AttendancePage } from '#components/classes/attendance-page'
import { can } from '#lib/auth/access'
import { page } from '#lib/auth/page'
import { loadAttendance } from '#lib/classes/attend'
import { taughtClassPath } from '#lib/classes/contract'
import { attendanceSearch } from '#lib/classes/contract/attendance'
import { findEditable } from '#lib/db/queries/teach'
import { translator } from '#lib/i18n/translate'
import { headOf } from '#lib/teach/views'
import { authorOf, managesPeople } from '../../../../../editing'

const ACTIONS = {
  mark: actions.markAttendance,
  all: actions.markAllPresent,
  undo: actions.undoAttendance,
}

const attendance = page({
  id: 'teach.attendance',
  access: can('course:edit'),
  refused: schoolRefusal,
  params: taughtClassPath,
  search: attendanceSearch,
  load: async ({ db, school, params, search, actor }) => {
    const by = authorOf(actor)
    const { courseId } = params
    const course = headOf(await findEditable(db, { courseId, by }), by, managesPeople(actor))
    const view = await loadAttendance(db, { ...params, course, timeZone: school.timeZone, page: search.page })
    return { view, keys: [crypto.randomUUID(), crypto.randomUUID()] as const }
  },
  metadata: ({ view }, { school }) => ({
    title: `${translator(school.locale, 'classes.attendance')('title')} · ${view.title} · ${school.name}`,
  }),
  render: ({ view, keys }, { school, search }) => (
    <AttendancePage locale={school.locale} view={view} search={search} keys={keys} actions={ACTIONS} />
  ),
})

export default attendance.Page
export const generateMetadata = attendance.generateMetadata
