import { z } from 'zod'
import { publicAccess } from '#lib/auth/access'
import { whoAskedToLink } from '#lib/auth/link-intent'
import { beginAtProvider } from '#lib/auth/next-auth'
import { ownPath } from '#lib/auth/redirect'
import { realmRoute } from '#lib/auth/route'
import { nextField } from '#lib/identity/contract'
import { homePath } from '#lib/identity/rules'

/** Sends people to their OpenID provider: to sign in, or to link an identity if they asked for that. */
export const GET = realmRoute({
  id: 'auth.provider-begin',
  access: publicAccess('Nobody is signed in before they have signed in.'),
  query: z.strictObject({ next: nextField }),
  params: z.strictObject({ provider: z.string().max(40) }),
  run: async ({ request, realm, actor, query, params }) => {
    const linking = (await whoAskedToLink(actor)) !== null
    const home = homePath(realm.school)
    const next = ownPath(query.next, home)
    if (actor.kind === 'person' && !linking) {
      return new Response(null, { status: 303, headers: { Location: home } })
    }
    const failed = linking ? '/account/security?error=provider' : '/sign-in?error=provider'
    return beginAtProvider(params.provider, { next, failed, requestUrl: request.url })
  },
})
