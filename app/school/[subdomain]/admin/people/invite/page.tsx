import { z } from 'zod'
import { invitePerson } from '#app/actions/people'
import { InvitePage } from '#components/people/invite-page'
import { schoolRefusal } from '#app/refusals'
import { can } from '#lib/auth/access'
import { person } from '#lib/auth/actor'
import { page } from '#lib/auth/page'
import { countPlaces } from '#lib/db/queries/places'
import { listRoles } from '#lib/db/queries/roles'
import { translator } from '#lib/i18n/translate'
import { grantable } from '#lib/people/rules'
import { choicesOf } from '#lib/people/views'
import { limitsOf } from '#lib/plans/rules'

const invite = page({
  id: 'admin.people-invite',
  access: can('user:invite'),
  refused: schoolRefusal,
  params: z.strictObject({}),
  search: z.strictObject({}),
  load: async ({ db, school, actor }) => {
    const { permissions } = person(actor)
    const limit = limitsOf(school.plan).people
    const roles = await listRoles(db)
    return {
      places: limit === null ? null : { used: await countPlaces(db, limit), limit },
      roles: grantable(permissions),
      roleChoices: choicesOf(permissions, roles),
    }
  },
  metadata: (_data, { school }) => ({
    title: `${translator(school.locale, 'people.inviting')('title')} · ${school.name}`,
  }),
  render: (data, { school, actor }) => (
    <InvitePage
      locale={school.locale}
      permissions={person(actor).permissions}
      action={invitePerson}
      {...data}
    />
  ),
})

export default invite.Page
export const generateMetadata = invite.generateMetadata
