import { z } from 'zod'
import { PeopleList } from '#components/people/people-list'
import { schoolRefusal } from '#app/refusals'
import { can } from '#lib/auth/access'
import { person } from '#lib/auth/actor'
import { page } from '#lib/auth/page'
import { countInvitations, listPeople } from '#lib/db/queries/people'
import { peopleCursorFrom } from '#lib/db/queries/people-cursor'
import { translator } from '#lib/i18n/translate'
import { peopleSearch } from '#lib/people/contract'
import { cardOf } from '#lib/people/views'

const PAGE_SIZE = 50

const people = page({
  id: 'admin.people',
  access: can('user:read'),
  refused: schoolRefusal,
  params: z.strictObject({}),
  search: peopleSearch,
  load: async ({ db, school, search, actor }) => {
    const { q, role, state, sort, cursor } = search
    const found = await listPeople(db, {
      ...{ q, order: sort, cursor: peopleCursorFrom(cursor, sort), limit: PAGE_SIZE },
      role: role === '' ? null : role,
      state: state === '' ? null : state,
    })
    const invitations = person(actor).permissions.has('user:invite') ? await countInvitations(db) : null
    const { nextCursor, previousCursor } = found
    return {
      ...{ search, invitations, nextCursor, previousCursor },
      people: found.rows.map((row) => cardOf(school.id, row)),
    }
  },
  metadata: (_page, { school }) => ({
    title: `${translator(school.locale, 'people')('title')} · ${school.name}`,
  }),
  render: (list, { school, actor }) => {
    const { permissions } = person(actor)
    return (
      <PeopleList
        locale={school.locale}
        permissions={permissions}
        page={list}
        schoolName={school.name}
        timeZone={school.timeZone}
        may={{ invite: permissions.has('user:invite'), manage: permissions.has('user:manage') }}
        seed={school.subdomain}
      />
    )
  },
})

export default people.Page
export const generateMetadata = people.generateMetadata
