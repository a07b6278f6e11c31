import { anyPerson } from '#lib/auth/access'
import { person } from '#lib/auth/actor'
import { currentClient } from '#lib/auth/client'
import { schoolRoute } from '#lib/auth/route'
import { classPath } from '#lib/classes/contract'
import { joinClass } from '#lib/classes/load-classes'
import { withTenant } from '#lib/db/tenant'
import { z } from 'zod'

/** Whether a browser goes there because somebody pressed the link, and not ahead of them or for another page. */
function isVisit({ headers }: Request): boolean {
  const mode = headers.get('sec-fetch-mode')
  return headers.get('sec-purpose') === null && (mode === null || mode === 'navigate')
}

const seeOther = (location: string): Response =>
  new Response(null, { status: 303, headers: { Location: location, 'Referrer-Policy': 'no-referrer' } })

/**
 * The way into a meeting: a plain link, because a form may lead nowhere but to this host. It says where the meeting is
 * once its time has come, and leads back to the class's page otherwise.
 */
export const GET = schoolRoute({
  id: 'class.join',
  access: anyPerson('The enrollment decides whose class it is; for others there is none.'),
  params: classPath,
  query: z.strictObject({}),
  run: async ({ request, school, actor, params: { classId } }) => {
    if (!isVisit(request)) return new Response(null, { status: 204 })
    const { userId, permissions } = person(actor)
    const everyCourse = permissions.has('course:edit-any')
    const client = await currentClient()
    const { timeZone } = school
    const address = await withTenant(school.id, (db) =>
      joinClass(db, { classId, userId, everyCourse, timeZone, client }),
    )
    return seeOther(address ?? `/classes/${classId}`)
  },
})
