import {
  changeCustomRoles,
  changeRole,
  deletePerson,
  disablePerson,
  enablePerson,
  resetSecondFactor,
  signOutPerson,
} from '#app/actions/people'
import { PersonPage } from '#components/people/person-page'
import { schoolRefusal } from '#app/refusals'
import { can } from '#lib/auth/access'
import { person } from '#lib/auth/actor'
import { currentClient } from '#lib/auth/client'
import { page } from '#lib/auth/page'
import { recordAudit } from '#lib/db/queries/audit'
import { getPerson, listTaught, listTeachers } from '#lib/db/queries/people'
import { listRoles } from '#lib/db/queries/roles'
import { OFFERED_TEACHERS, personPath, personSearch } from '#lib/people/contract'
import { personOf } from '#lib/people/views'

/** Titles that the page names. */
const TAUGHT = 3

const ACTIONS = {
  changeRole,
  changeCustomRoles,
  disable: disablePerson,
  enable: enablePerson,
  signOut: signOutPerson,
  resetSecondFactor,
  remove: deletePerson,
}

const onePerson = page({
  id: 'admin.person',
  access: can('user:manage'),
  refused: schoolRefusal,
  params: personPath,
  search: personSearch,
  // Who looks at somebody is noted.
  writes: true,
  load: async ({ db, school, params: { userId }, actor }) => {
    const { userId: actorId, role, permissions } = person(actor)
    const row = await getPerson(db, userId)
    const roles = await listRoles(db)
    const teaches = row.courses > 0
    const courses = teaches ? await listTaught(db, { userId, limit: TAUGHT }) : []
    const teachers = teaches ? await listTeachers(db, { except: userId, limit: OFFERED_TEACHERS }) : []
    // Who looks at somebody's data leaves a trace. Oneself is nobody else's business.
    if (actorId !== userId) {
      await recordAudit(db, {
        ...{ action: 'people.view', actorId, targetType: 'User', targetId: userId },
        client: await currentClient(),
      })
    }
    const reader = { id: actorId, role, permissions }
    return personOf(school.id, reader, row, { roles, courses, teachers })
  },
  metadata: (view, { school }) => ({ title: `${view.name} · ${school.name}` }),
  render: (view, { school, actor, search }) => (
    <PersonPage
      locale={school.locale}
      permissions={person(actor).permissions}
      person={view}
      done={search.done}
      timeZone={school.timeZone}
      actions={ACTIONS}
    />
  ),
})

export default onePerson.Page
export const generateMetadata = onePerson.generateMetadata
