import { z } from 'zod'
import { resendInvitation, revokeInvitation } from '#app/actions/people'
import { InvitationsPage } from '#components/people/invitations-page'
import { schoolRefusal } from '#app/refusals'
import { can } from '#lib/auth/access'
import { person } from '#lib/auth/actor'
import { page } from '#lib/auth/page'
import { cursorFrom } from '#lib/db/queries/cursor'
import { listInvitations } from '#lib/db/queries/invitations'
import { listRoles } from '#lib/db/queries/roles'
import { translator } from '#lib/i18n/translate'
import { invitationsSearch } from '#lib/people/contract'
import { invitationOf } from '#lib/people/views'

const PAGE_SIZE = 50

const invitations = page({
  id: 'admin.people-invitations',
  access: can('user:invite'),
  refused: schoolRefusal,
  params: z.strictObject({}),
  search: invitationsSearch,
  load: async ({ db, search, actor }) => {
    const { permissions } = person(actor)
    const found = await listInvitations(db, { cursor: cursorFrom(search.cursor), limit: PAGE_SIZE })
    const roles = await listRoles(db)
    const { nextCursor, previousCursor } = found
    const rows = found.rows.map((row) => invitationOf(permissions, roles, row))
    return { invitations: rows, nextCursor, previousCursor }
  },
  metadata: (_page, { school }) => ({
    title: `${translator(school.locale, 'people.invited')('title')} · ${school.name}`,
  }),
  render: (list, { school, actor, search }) => (
    <InvitationsPage
      locale={school.locale}
      permissions={person(actor).permissions}
      page={list}
      done={search.done}
      timeZone={school.timeZone}
      actions={{ resend: resendInvitation, revoke: revokeInvitation }}
      seed={school.subdomain}
    />
  ),
})

export default invitations.Page
export const generateMetadata = invitations.generateMetadata
