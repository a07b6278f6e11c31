import { z } from 'zod'
import { acceptInvitation } from '#app/actions/auth'
import { schoolRefusal } from '#app/refusals'
import { DeadLinkView } from '#components/auth/dead-link-view'
import { InvitationView } from '#components/auth/invitation-view'
import { publicAccess } from '#lib/auth/access'
import { page } from '#lib/auth/page'
import { GoTo } from '#lib/auth/redirect'
import { findUserByEmail } from '#lib/db/queries/users'
import { tokenSearch } from '#lib/identity/contract'
import { peekInvitation } from '#lib/identity/join'
import { doorOf, homePath } from '#lib/identity/rules'
import { translator } from '#lib/i18n/translate'

const invitation = page({
  id: 'school.invitation',
  access: publicAccess('The link from a letter is the proof; its reader has no account yet.'),
  refused: schoolRefusal,
  params: z.strictObject({}),
  search: tokenSearch,
  load: async ({ db, actor, school, search: { token = '' } }) => {
    const open = await peekInvitation(db, token)
    // The one they came in by, seen again.
    if (open === null && actor.kind === 'person') throw new GoTo(homePath(school))
    if (open === null) return { seen: null }
    const { email, name, role, invitedById } = open
    const hasAccount = (await findUserByEmail(db, email)) !== null
    return { seen: { token, email, name, role, invited: invitedById !== null, hasAccount } }
  },
  metadata: (_data, { school }) => ({
    title: translator(school.locale, 'auth.invitation')('title', { school: school.name }),
    robots: { index: false },
  }),
  render: ({ seen }, { school, actor }) => {
    const door = doorOf(school)
    if (seen === null) return <DeadLinkView door={door} kind="invitation" />
    const signedInAs = actor.kind === 'person' ? actor.email : null
    return <InvitationView door={door} action={acceptInvitation} invitation={seen} signedInAs={signedInAs} />
  },
})

export default invitation.Page
export const generateMetadata = invitation.generateMetadata
