import { after, daysFrom, HOUR, type Anchor } from './clock'
import { seedId } from './ids'
import type { Person } from './people'
import type { Rows } from './rows'
import { schoolOf } from './schools'

/** Whom Acme has asked to join and who has not come yet: address, name, role, days ago, days it is good for. */
const ASKED = [
  ['nadia.petrov@acme.test', 'Nadia Petrov', 'INSTRUCTOR', 2, 14],
  ['tom.becker@acme.test', 'Tom Becker', 'STUDENT', 5, 14],
  ['lena.fischer@acme.test', null, 'STUDENT', 21, 14],
] as const

function staffOf(people: readonly Person[], email: string): Person | undefined {
  return people.find((person) => person.email === email && person.tenantId === schoolOf('acme').id)
}

/** Invitations that are still open at the anchor; the last one has run out and waits to be sent again. */
export function invitationRows(anchor: Anchor, people: readonly Person[]): Rows['Invitation'] {
  const admin = staffOf(people, 'admin@acme.test')
  if (admin === undefined) return []
  return ASKED.map(([email, name, role, daysAgo, days]) => {
    const sentAt = after(daysFrom(anchor, -daysAgo), 9 * HOUR)
    return {
      ...{ id: seedId('invitation', admin.tenantId, email), tenantId: admin.tenantId, email, name, role },
      ...{ roleIds: [], invitedById: admin.id, createdAt: sentAt, sentAt },
      expiresAt: after(sentAt, days * 24 * HOUR),
    }
  })
}

/** Acme’s second instructor also keeps the register: invites people and enrolls them. */
export function roleAssignmentRows(anchor: Anchor, people: readonly Person[]): Rows['RoleAssignment'] {
  const holder = staffOf(people, 'instructor2@acme.test')
  if (holder === undefined) return []
  const { tenantId, id: userId } = holder
  const roleId = seedId('role', tenantId, 'Registrar')
  return [
    {
      ...{ id: seedId('role-assignment', roleId, userId), tenantId, userId, roleId },
      createdAt: daysFrom(anchor, -90),
    },
  ]
}
