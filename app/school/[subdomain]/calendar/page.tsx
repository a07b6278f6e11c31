import { makeCalendarFeed, stopCalendarFeed } from '#app/actions/calendar'
import { schoolRefusal } from '#app/refusals'
import { CalendarPage } from '#components/calendar/calendar-page'
import { anyPerson } from '#lib/auth/access'
import { person } from '#lib/auth/actor'
import { page } from '#lib/auth/page'
import { calendarSearch } from '#lib/calendar/contract'
import { loadCalendar } from '#lib/calendar/load-calendar'
import { translator } from '#lib/i18n/translate'
import { z } from 'zod'

const ACTIONS = { make: makeCalendarFeed, stop: stopCalendarFeed }

const calendar = page({
  id: 'school.calendar',
  access: anyPerson('Everybody has a calendar of their own courses.'),
  refused: schoolRefusal,
  params: z.strictObject({}),
  search: calendarSearch,
  load: async ({ db, school, actor, search }) => {
    const { userId, timeZone } = person(actor)
    const { subdomain } = school
    const own = { userId, timeZone: timeZone ?? school.timeZone }
    return loadCalendar(db, { ...own, subdomain, search, now: new Date() })
  },
  metadata: (_view, { school }) => ({
    title: `${translator(school.locale, 'calendar')('title')} · ${school.name}`,
    robots: { index: false },
  }),
  render: (view, { school, search }) => (
    <CalendarPage locale={school.locale} view={view} done={search.done} actions={ACTIONS} />
  ),
})

export default calendar.Page
export const generateMetadata = calendar.generateMetadata
