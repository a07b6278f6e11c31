import { describe, expect, it } from 'vitest'
import { can, publicAccess } from '#lib/auth/access'
import { type Actor, authorize } from '#lib/auth/actor'
import { permissionsOf } from '#lib/auth/permissions'
import { codeOf } from '#lib/errors'

const person = (tenantId: string, role: Parameters<typeof permissionsOf>[0]): Actor => ({
  kind: 'person',
  userId: 'u1',
  tenantId,
  permissions: permissionsOf(role),
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
