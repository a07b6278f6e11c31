/**
 * Every permission there is, as data. A role of a school is a list of these; the four built-in roles are mapped below.
 * The resource decides too (own course, enrolled, published): a permission alone never opens somebody else's work.
 */
export const PERMISSIONS = {
  'course:read': 'See published courses and those one is enrolled in',
  'course:create': 'Create courses',
  'course:edit': 'Edit one’s own courses',
  'course:edit-any': 'Edit every course of the school',
  'course:publish': 'Publish and archive one’s own courses',
  'enrollment:create': 'Enroll in a course that is open',
  'enrollment:manage': 'Enroll and remove other people',
  'exam:take': 'Take exams of courses one is enrolled in',
  'exam:edit': 'Write exams for one’s own courses',
  'assignment:submit': 'Hand in assignments',
  'grade:write': 'Grade attempts and submissions of one’s own courses',
  'grade:read-any': 'See every grade of the school',
  'user:read': 'See the people of the school',
  'user:invite': 'Invite people',
  'user:manage': 'Change roles, disable and remove people',
  'role:manage': 'Make custom roles',
  'school:settings': 'Change name, brand and sign-in settings',
  'audit:read': 'Read the audit log',
  'analytics:read': 'See numbers about one’s own courses',
  'analytics:read-any': 'See numbers about the whole school',
  'platform:manage': 'Create, suspend and re-plan schools',
} as const

export type Permission = keyof typeof PERMISSIONS

/** What a school may put into a role of its own: everything but the platform's. */
export const GRANTABLE = Object.keys(PERMISSIONS).filter(
  (name): name is Exclude<Permission, 'platform:manage'> => name !== 'platform:manage',
)

/** Whether a text names a permission that a school may give; anything else in a stored role counts for nothing. */
export function isGrantable(name: unknown): name is (typeof GRANTABLE)[number] {
  return GRANTABLE.some((known) => known === name)
}
export type BuiltInRole = 'SUPER_ADMIN' | 'ADMIN' | 'INSTRUCTOR' | 'STUDENT'

const STUDENT = ['course:read', 'enrollment:create', 'exam:take', 'assignment:submit'] as const
const INSTRUCTOR = [
  ...STUDENT,
  'course:create',
  'course:edit',
  'course:publish',
  'exam:edit',
  'grade:write',
  'user:read',
  'analytics:read',
] as const
const ADMIN = [
  ...INSTRUCTOR,
  'course:edit-any',
  'enrollment:manage',
  'grade:read-any',
  'user:invite',
  'user:manage',
  'role:manage',
  'school:settings',
  'audit:read',
  'analytics:read-any',
] as const

/** SUPER_ADMIN lives in the platform's own tenant and holds nothing inside a school. */
const BY_ROLE = {
  SUPER_ADMIN: ['platform:manage'],
  ADMIN,
  INSTRUCTOR,
  STUDENT,
} as const satisfies Record<BuiltInRole, readonly Permission[]>

/** What a built-in role may do. */
export function permissionsOf(role: BuiltInRole): ReadonlySet<Permission> {
  return new Set<Permission>(BY_ROLE[role])
}

/** All that a person may do: their built-in role, and the custom ones on top. `custom` is what the rows hold. */
export function effectivePermissions(role: BuiltInRole, custom: unknown): ReadonlySet<Permission> {
  const extra = Array.isArray(custom) && role !== 'SUPER_ADMIN' ? custom.flat().filter(isGrantable) : []
  return new Set<Permission>([...BY_ROLE[role], ...extra])
}

/** Whether everything in `wanted` is held: nobody gives, or changes, more than they have. */
export function holdsAll(held: ReadonlySet<Permission>, wanted: Iterable<Permission>): boolean {
  return [...wanted].every((permission) => held.has(permission))
}

/** All that a school can give beyond what every learner may do anyway. */
export const BEYOND_STUDENTS = GRANTABLE.filter((name) => !holdsAll(permissionsOf('STUDENT'), [name]))

/**
 * Whether somebody works for the school, by their role or by any permission that learners don't have: a school may ask
 * them for a second factor.
 */
export function isStaff(role: BuiltInRole, held: ReadonlySet<Permission>): boolean {
  return role !== 'STUDENT' || BEYOND_STUDENTS.some((permission) => held.has(permission))
}
