import { describe, expect, it } from 'vitest'
import { anyPerson, can, publicAccess } from '#lib/auth/access'
import { type Actor, authorize, type Person } from '#lib/auth/actor'
import { effectivePermissions, GRANTABLE, holdsAll, permissionsOf } from '#lib/auth/permissions'
import { codeOf } from '#lib/errors'

const person = (
  tenantId: string,
  role: Parameters<typeof permissionsOf>[0],
  more: Partial<Person> = {},
): Actor => ({
  ...{ kind: 'person', userId: 'u1', sessionId: 's1', name: 'Ann', email: 'ann@school.test' },
  ...{ tenantId, role, avatar: null, timeZone: null, hasPassword: true, secondFactor: false },
  ...{ signedInAt: new Date(), asked: false, mustSetUp: false, permissions: permissionsOf(role), ...more },
})

function refusal(work: () => void): string {
  try {
    work()
    return 'allowed'
  } catch (error) {
    return codeOf(error)
  }
}

describe('authorize', () => {
  it('lets everybody in where the endpoint says so', () => {
    expect(refusal(() => authorize(publicAccess('a shop window'), { kind: 'anonymous' }, 'acme'))).toBe(
      'allowed',
    )
  })

  it('asks the anonymous to sign in', () => {
    expect(refusal(() => authorize(can('course:edit'), { kind: 'anonymous' }, 'acme'))).toBe(
      'unauthenticated',
    )
  })

  it('answers a person of another school as if nothing were there, whatever they may do at home', () => {
    expect(refusal(() => authorize(can('course:edit'), person('globex', 'ADMIN'), 'acme'))).toBe('not_found')
    expect(refusal(() => authorize(can('platform:manage'), person('platform', 'SUPER_ADMIN'), 'acme'))).toBe(
      'not_found',
    )
  })

  it('forbids what a person’s own role lacks and allows what it has', () => {
    expect(refusal(() => authorize(can('course:edit'), person('acme', 'STUDENT'), 'acme'))).toBe('forbidden')
    expect(refusal(() => authorize(can('course:edit'), person('acme', 'INSTRUCTOR'), 'acme'))).toBe('allowed')
  })
})

describe('what is open to whoever is signed in', () => {
  it('is closed to visitors and to another school’s people, and open to every role', () => {
    const own = anyPerson('one’s own account')
    expect(refusal(() => authorize(own, { kind: 'anonymous' }, 'acme'))).toBe('unauthenticated')
    expect(refusal(() => authorize(own, person('globex', 'ADMIN'), 'acme'))).toBe('not_found')
    expect(refusal(() => authorize(own, person('acme', 'STUDENT'), 'acme'))).toBe('allowed')
  })

  it('staff who owe a second factor can do nothing but set one up', () => {
    const owing = person('acme', 'ADMIN', { mustSetUp: true })
    expect(refusal(() => authorize(can('school:settings'), owing, 'acme'))).toBe('second_factor_required')
    expect(refusal(() => authorize(anyPerson('profile'), owing, 'acme'))).toBe('second_factor_required')
    expect(refusal(() => authorize(anyPerson('set-up', { duringSetUp: true }), owing, 'acme'))).toBe(
      'allowed',
    )
  })
})

describe('custom roles', () => {
  it('add what they name and nothing that no school may give, whatever is stored', () => {
    const stored = [['audit:read', 'platform:manage', 'no:such', 7], 'school:settings', [['user:manage']]]
    const held = effectivePermissions('STUDENT', stored)
    expect([...held].sort()).toEqual([...permissionsOf('STUDENT'), 'audit:read', 'school:settings'].sort())
    expect(GRANTABLE).not.toContain('platform:manage')
  })

  it('add nothing to the platform’s people', () => {
    expect([...effectivePermissions('SUPER_ADMIN', [['audit:read']])]).toEqual(['platform:manage'])
  })

  it('are given by nobody who holds less', () => {
    expect(holdsAll(permissionsOf('INSTRUCTOR'), permissionsOf('STUDENT'))).toBe(true)
    expect(holdsAll(permissionsOf('INSTRUCTOR'), permissionsOf('ADMIN'))).toBe(false)
  })
})

describe('the four roles', () => {
  it('grow from student to admin, and none of them manages the platform', () => {
    const [student, instructor, admin] = (['STUDENT', 'INSTRUCTOR', 'ADMIN'] as const).map((role) => [
      ...permissionsOf(role),
    ])
    expect(instructor).toEqual(expect.arrayContaining(student ?? []))
    expect(admin).toEqual(expect.arrayContaining(instructor ?? []))
    expect(admin).not.toContain('platform:manage')
  })

  it('a platform administrator holds nothing inside a school', () => {
    expect([...permissionsOf('SUPER_ADMIN')]).toEqual(['platform:manage'])
  })
})
