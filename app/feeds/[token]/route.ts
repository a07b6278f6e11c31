import { publicAccess } from '#lib/auth/access'
import { schoolRoute } from '#lib/auth/route'
import { readFeed } from '#lib/calendar/read-feed'
import { z } from 'zod'

/** Asked for again each time, and kept by nobody but the program that asked. */
const KEPT = { 'Cache-Control': 'private, no-cache', 'X-Robots-Tag': 'noindex' } as const

const nothing = (status: number, more: Readonly<Record<string, string>> = {}): Response =>
  new Response(null, { status, headers: { 'Cache-Control': 'no-store', ...more } })

/** A person's calendar for other programs, by the address that they were given: `/feeds/<id>.<mac>.ics`. */
export const GET = schoolRoute({
  id: 'calendar.feed',
  access: publicAccess(
    'Calendars send no cookie: whoever has a calendar’s address may read it; nobody guesses one.',
  ),
  params: z.strictObject({ token: z.string().max(200) }),
  query: z.strictObject({}),
  run: async ({ request, school, params }) => {
    if (!params.token.endsWith('.ics')) return nothing(404)
    const feed = await readFeed(school, params.token.slice(0, -'.ics'.length), new Date())
    if (feed.state === 'wait') return nothing(429, { 'Retry-After': String(feed.seconds) })
    if (feed.state !== 'ready') return nothing(feed.state === 'gone' ? 410 : 404)
    const { text, etag } = feed
    if (request.headers.get('if-none-match') === etag)
      return new Response(null, { status: 304, headers: { ...KEPT, ETag: etag } })
    const headers = {
      ...{ 'Content-Type': 'text/calendar; charset=utf-8', 'X-Content-Type-Options': 'nosniff' },
      'Content-Disposition': 'inline; filename="calendar.ics"',
    }
    return new Response(text, { headers: { ...KEPT, ...headers, ETag: etag } })
  },
})
