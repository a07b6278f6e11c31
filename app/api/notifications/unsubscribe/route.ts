import { z } from 'zod'
import { publicAccess } from '#lib/auth/access'
import { currentClient } from '#lib/auth/client'
import { json, route, schoolRoute } from '#lib/auth/route'
import { recordAudit } from '#lib/db/queries/audit'
import { stopQuery } from '#lib/notifications/contract/forms'
import { stopLetters } from '#lib/notifications/settings'

const params = z.strictObject({})

/** What a mail program's own button does (RFC 8058): the letter's link, asked by POST, stops letters like it. */
export const POST = route({
  id: 'notifications.stop',
  access: publicAccess('Mail programs ask without anybody being signed in; the link is signed.'),
  query: stopQuery,
  params,
  run: async ({ db, query }) => {
    const { userId, types } = await stopLetters(db, { ...query, stop: true })
    await recordAudit(db, {
      ...{ action: 'notice.stop-letters', actorId: null, client: await currentClient() },
      ...{ targetType: 'User', targetId: userId, after: { letters: 'stopped', types: types.join(' ') } },
    })
    return json({ stopped: true })
  },
})

/** The same address, opened by a person: the page that asks first. Nothing changes by looking. */
export const GET = schoolRoute({
  id: 'notifications.stop-page',
  access: publicAccess('A letter leads here, and its reader may not be signed in.'),
  query: stopQuery,
  params,
  run: ({ query }) => {
    const location = `/unsubscribe?${new URLSearchParams(query).toString()}`
    return Promise.resolve(new Response(null, { status: 303, headers: { Location: location } }))
  },
})
