import { z } from 'zod'
import { publicAccess } from '#lib/auth/access'
import { writeEntered } from '#lib/auth/entered'
import { whoAskedToLink } from '#lib/auth/link-intent'
import { begunWith, finishAtProvider } from '#lib/auth/next-auth'
import { ownPath } from '#lib/auth/redirect'
import { realmRoute } from '#lib/auth/route'
import { clearCookie } from '#lib/auth/session-cookie'
import { withRealm } from '#lib/db/tenant'
import { codeOf } from '#lib/errors'
import { homePath } from '#lib/identity/rules'
import { signInWithProvider } from '#lib/identity/sign-in-with-provider'
import { limitsOf } from '#lib/plans/rules'

/** Where a refusal is told: on the page that the person came from. */
function refusedAt(linking: boolean, why: string): string {
  return linking ? `/account/security?error=${why}` : `/sign-in?error=${why}`
}

/** What somebody reads who was stopped by the state of the school; null for what nobody expected. */
function stopped(error: unknown, linking: boolean): string | null {
  const code = codeOf(error)
  if (code === 'limit_reached') return refusedAt(linking, 'full')
  // Another identity there is theirs already, or the same one was taken at this very moment.
  if (code === 'conflict') return refusedAt(linking, linking ? 'taken' : 'provider')
  return null
}

/** What an OpenID provider says comes back here, by way of the person's own browser. */
export const GET = realmRoute({
  id: 'auth.provider-callback',
  access: publicAccess('Nobody is signed in before they have signed in.'),
  // The provider's own; next-auth reads what it knows of them.
  query: z.looseObject({}),
  params: z.strictObject({ provider: z.string().max(40) }),
  run: async ({ request, realm, actor, client, params }) => {
    const { school, tenantId } = realm
    const linkTo = await whoAskedToLink(actor)
    const linking = linkTo !== null
    const limit = school === null ? null : limitsOf(school.plan).people
    const answer = await finishAtProvider(params.provider, {
      request,
      failed: refusedAt(linking, 'provider'),
      onClaim: async (claim) => {
        const next = ownPath(await begunWith(), homePath(school))
        try {
          const came = await withRealm(tenantId, (db) =>
            signInWithProvider(db, { claim, linkTo, school, limit, client }),
          )
          if (came.kind === 'linked') return '/account/security?done=linked'
          if (came.kind === 'refused') return refusedAt(linking, came.why)
          return await writeEntered(came, next)
        } catch (error) {
          const where = stopped(error, linking)
          if (where === null) throw error
          return where
        }
      },
    })
    // Asked once: whatever came of it, the next sign-in at a provider is one.
    await clearCookie('link')
    return answer
  },
})
