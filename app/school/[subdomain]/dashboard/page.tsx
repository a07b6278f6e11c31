import { z } from 'zod'
import { schoolRefusal } from '#app/refusals'
import { Dashboard } from '#components/dashboard/dashboard'
import { loadDashboard } from '#lib/account/load-dashboard'
import { anyPerson } from '#lib/auth/access'
import { person } from '#lib/auth/actor'
import { page } from '#lib/auth/page'
import { currentViewer } from '#lib/auth/viewer'
import { translator } from '#lib/i18n/translate'

const dashboard = page({
  id: 'school.dashboard',
  access: anyPerson('Everybody has a first page of their own.'),
  refused: schoolRefusal,
  params: z.strictObject({}),
  search: z.strictObject({}),
  load: async ({ db, actor, school }) => {
    const { userId, name, timeZone, permissions } = person(actor)
    const now = new Date()
    const view = await loadDashboard(db, {
      ...{ userId, name, timeZone: timeZone ?? school.timeZone, now },
      teaches: permissions.has('course:create'),
      administers: (await currentViewer())?.administers ?? false,
    })
    return { view, now }
  },
  metadata: (_data, { school }) => ({
    title: `${translator(school.locale, 'today')('title')} · ${school.name}`,
    robots: { index: false },
  }),
  render: ({ view, now }, { school }) => <Dashboard locale={school.locale} view={view} now={now} />,
})

export default dashboard.Page
export const generateMetadata = dashboard.generateMetadata
