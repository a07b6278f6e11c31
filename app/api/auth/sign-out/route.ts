import { z } from 'zod'
import { publicAccess } from '#lib/auth/access'
import { realmRoute } from '#lib/auth/route'
import { signOut } from '#lib/auth/sign-out'

/** Ends the session behind a plain form: every page has its button, and it must work before any script. */
export const POST = realmRoute({
  id: 'auth.sign-out',
  access: publicAccess('Whoever is signed in ends their own session; nobody else has one here to end.'),
  query: z.strictObject({}),
  params: z.strictObject({}),
  run: async ({ actor, realm, client }) => {
    await signOut(realm, actor, client)
    return new Response(null, { status: 303, headers: { Location: '/sign-in?done=signed-out' } })
  },
})
