import 'server-only'
import { linkToken } from '#lib/adapters/keys/keys'
import { schoolOrigin } from '#lib/adapters/mail/origins'
import { dayIn, dayStart } from '#lib/classes/rules/wall'
import { findFeed, listCalendar, listCalendarCourses } from '#lib/db/queries/calendar'
import type { TenantDb } from '#lib/db/tenant'
import type { CalendarKind, CalendarSearch, CalendarView } from './contract'
import { agendaOf, daysOf, endsOf, goingOn, type Span, spanOf, stepsOf } from './rules/days'

/** Entries of one page: more than anybody can read. */
const MOST = 600
/** Courses that one can narrow to. */
const COURSES = 200

export const FEED_PURPOSE = 'calendar'

/** Where a calendar is read by other programs. Whoever has the address reads it. */
function feedAddress(subdomain: string, tenantId: string, id: string): string {
  return `${schoolOrigin(subdomain)}/feeds/${linkToken(FEED_PURPOSE, tenantId, id)}.ics`
}

/** What has to be read for what is shown: without a view both that may be seen. */
function around(view: CalendarKind | null, on: string): Span {
  if (view !== null) return spanOf(view, on)
  const spans = [spanOf('month', on), spanOf('agenda', on)]
  return {
    from: spans.map((span) => span.from).reduce((one, other) => (one < other ? one : other)),
    until: spans.map((span) => span.until).reduce((one, other) => (one > other ? one : other)),
  }
}

/** A person's calendar around a day, by their own clock. Three statements, whatever stands in it. */
export async function loadCalendar(
  db: TenantDb,
  input: Readonly<{ userId: string; timeZone: string; subdomain: string; search: CalendarSearch; now: Date }>,
): Promise<CalendarView> {
  const { userId, timeZone, subdomain, search, now } = input
  const today = dayIn(now, timeZone)
  const { view = null, on = today } = search
  const courses = await listCalendarCourses(db, { userId, limit: COURSES })
  const course = courses.find(({ id }) => id === search.course)?.id ?? null
  const span = around(view, on)
  const found = await listCalendar(db, {
    ...{ userId, courseId: course, limit: MOST + 1 },
    from: dayStart(span.from, timeZone),
    until: dayStart(span.until, timeZone),
  })
  const entries = found.slice(0, MOST)
  const days = (kind: CalendarKind) => daysOf(entries, spanOf(kind, on), { timeZone, now })
  const month = view === null || view === 'month' ? days('month') : []
  const week = view === 'week' ? days('week') : []
  const feed = await findFeed(db, { userId })
  return {
    ...{ view, on, today, timeZone, now, courses, course, truncated: found.length > MOST },
    month: endsOf(month),
    week: endsOf(week),
    goingOn: { month: goingOn(month), week: goingOn(week), agenda: [] },
    agenda: view === null || view === 'agenda' ? agendaOf(days('agenda')) : [],
    steps: { month: stepsOf('month', on), week: stepsOf('week', on), agenda: stepsOf('agenda', on) },
    feed: feed === null ? null : { ...feed, address: feedAddress(subdomain, db.tenantId, feed.id) },
  }
}
