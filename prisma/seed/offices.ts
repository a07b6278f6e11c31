import type { Permission } from '#lib/auth/permissions'
import { canaryOf } from './canary'
import { after, DAY, daysFrom, HOUR, type Anchor } from './clock'
import type { BuiltCourse } from './courses'
import { seedId } from './ids'
import { PLATFORM_ID, type Person } from './people'
import type { Rows } from './rows'
import { SCHOOLS } from './schools'

type Entry = Rows['AuditLog'][number]

const ASSISTANT: Permission[] = ['course:read', 'user:read', 'grade:write', 'analytics:read']
const REGISTRAR: Permission[] = ['course:read', 'user:read', 'user:invite', 'enrollment:manage']
const ROLES: readonly { name: string; permissions: Permission[]; schools: readonly string[] }[] = [
  { name: 'Teaching assistant', permissions: ASSISTANT, schools: ['acme', 'globex', 'initech'] },
  { name: 'Registrar', permissions: REGISTRAR, schools: ['acme'] },
]

/** Roles that schools made for themselves. */
export function roleRows(anchor: Anchor): Rows['Role'] {
  const createdAt = daysFrom(anchor, -200)
  return SCHOOLS.flatMap(({ id: tenantId, subdomain }) =>
    ROLES.filter(({ schools }) => schools.includes(subdomain)).map(({ name, permissions }) => ({
      id: seedId('role', tenantId, name),
      ...{ tenantId, name, permissions, createdAt },
    })),
  )
}

interface Act {
  tenantId: string
  actor: Person | undefined
  action: string
  target: readonly [type: string, id: string]
  before?: Record<string, string>
  after?: Record<string, string>
  at: Date
}

function entry({ tenantId, actor, action, target, before, after: later, at }: Act): Entry {
  const [targetType, targetId] = target
  return {
    id: seedId('audit', tenantId, action, targetId),
    ...{ tenantId, actorId: actor?.id ?? null, action, targetType, targetId },
    ...{ before: before ?? null, after: later ?? null, createdAt: at },
  }
}

function courseActs(courses: readonly BuiltCourse[]): Act[] {
  return courses.flatMap(({ id, school, instructor, publishedAt, archivedAt }): Act[] => {
    const common = { tenantId: school.id, actor: instructor, target: ['Course', id] as const }
    const published: Act[] =
      publishedAt === null
        ? []
        : [
            {
              ...common,
              action: 'course.publish',
              before: { status: 'DRAFT' },
              after: { status: 'PUBLISHED' },
              at: publishedAt,
            },
          ]
    if (archivedAt === null) return published
    const archive = {
      action: 'course.archive',
      before: { status: 'PUBLISHED' },
      after: { status: 'ARCHIVED' },
    }
    return [...published, { ...common, ...archive, at: archivedAt }]
  })
}

function schoolActs(anchor: Anchor, people: readonly Person[]): Act[] {
  return SCHOOLS.flatMap(({ id: tenantId, subdomain }): Act[] => {
    const actor = people.find((person) => person.tenantId === tenantId && person.role === 'ADMIN')
    const at = after(daysFrom(anchor, -200), 8 * HOUR)
    const role = ['Role', seedId('role', tenantId, 'Teaching assistant')] as const
    return [
      { tenantId, actor, action: 'role.create', target: role, after: { name: 'Teaching assistant' }, at },
      {
        ...{ tenantId, actor, action: 'school.export', target: ['Tenant', tenantId] },
        after: { reference: canaryOf(subdomain) },
        at: after(anchor, -2 * DAY),
      },
    ]
  })
}

function platformActs(anchor: Anchor, people: readonly Person[]): Act[] {
  const actor = people.find(({ role }) => role === 'SUPER_ADMIN')
  const created = SCHOOLS.map(({ id, subdomain }): Act => ({
    ...{ tenantId: PLATFORM_ID, actor, action: 'school.create', target: ['Tenant', id] },
    after: { subdomain },
    at: daysFrom(anchor, -419),
  }))
  const suspended = SCHOOLS.filter(({ subdomain }) => subdomain === 'initech').map(({ id }): Act => ({
    ...{ tenantId: PLATFORM_ID, actor, action: 'school.status', target: ['Tenant', id] },
    before: { status: 'ACTIVE' },
    after: { status: 'SUSPENDED', reason: 'Three invoices are open; agreed with their office by telephone.' },
    at: after(daysFrom(anchor, -21), 9 * HOUR),
  }))
  return [...created, ...suspended]
}

/** What the audit logs of the schools and of the platform hold. */
export function auditRows(
  anchor: Anchor,
  people: readonly Person[],
  courses: readonly BuiltCourse[],
): Entry[] {
  const acts = [...courseActs(courses), ...schoolActs(anchor, people), ...platformActs(anchor, people)]
  return acts.map(entry)
}
