import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { parseStrictly } from '#lib/auth/parse'
import { GRANTABLE, permissionsOf } from '#lib/auth/permissions'
import { createRoleForm, deleteRoleForm, ticked, updateRoleForm } from '#lib/roles/contract'
import { lossOf, notHeld, PERMISSION_GROUPS, readStored } from '#lib/roles/rules'

const some = fc.subarray([...GRANTABLE])

describe('groups', () => {
  test('hold each permission that a school may give once, and the platform’s never', () => {
    const all = PERMISSION_GROUPS.flatMap(({ permissions }) => permissions)
    expect([...all].sort()).toEqual([...GRANTABLE].sort())
    expect(PERMISSION_GROUPS.map(({ group }) => group)).not.toContain('platform')
  })
})

describe('what is stored', () => {
  test('means what exists of it, whatever else was put there', () => {
    fc.assert(
      fc.property(some, fc.array(fc.jsonValue()), (known, odd) => {
        const read = readStored([...odd, ...known])
        expect(
          read.known.filter((permission) => !known.includes(permission) && !odd.includes(permission)),
        ).toEqual([])
        expect(read.known).toEqual(expect.arrayContaining(known))
        expect(read.unknown.length).toBeLessThanOrEqual(20)
      }),
    )
    for (const broken of [null, 'audit:read', 7, { 0: 'audit:read', length: 1 }])
      expect(readStored(broken)).toEqual({ known: [], unknown: [] })
  })
})

describe('holding', () => {
  test('lacks exactly what is wanted and not held', () => {
    fc.assert(
      fc.property(some, some, (held, wanted) => {
        const lacking = notHeld(new Set(held), wanted)
        expect(lacking).toEqual(wanted.filter((permission) => !held.includes(permission)))
      }),
    )
  })

  test('nobody loses by a deletion what their built-in role or another role gives them', () => {
    fc.assert(
      fc.property(
        some,
        some,
        fc.constantFrom('STUDENT', 'INSTRUCTOR', 'ADMIN'),
        fc.nat(50),
        (gone, other, role, people) => {
          for (const loss of lossOf(gone, [{ role, others: [other], people }])) {
            expect(other).not.toContain(loss.permission)
            expect(permissionsOf(role).has(loss.permission)).toBe(false)
            expect(loss.people).toBe(people)
          }
        },
      ),
    )
  })
})

describe('forms', () => {
  const seen = '2026-03-01T10:00:00.000Z'

  test('carry one tick as a text and several as a list', () => {
    const form = parseStrictly(createRoleForm, {
      ...{ name: '  Reg  istrar ', description: '' },
      ...{ 'may-user': ['user:invite', 'user:read'], 'may-audit': 'audit:read' },
    })
    expect(form.name).toBe('Reg istrar')
    expect(form.description).toBeNull()
    expect(ticked(form)).toEqual(['user:read', 'user:invite', 'audit:read'])
  })

  test.each([
    [{ 'may-user': 'audit:read' }],
    [{ 'may-user': ['user:read', 'platform:manage'] }],
    [{ 'may-platform': 'platform:manage' }],
    [{ permissions: 'audit:read' }],
    [{ tenantId: 'south' }],
    [{ name: '' }],
    [{ name: 'two\nlines' }],
    [{ name: 'hidden\u202etxt' }],
    [{ name: 'x'.repeat(61) }],
    [{ description: 'x'.repeat(301) }],
  ])('refuse %j', (more) => {
    const form = { name: 'Registrar', description: '', ...more }
    expect(() => parseStrictly(createRoleForm, form)).toThrow('did not parse')
    expect(() => parseStrictly(updateRoleForm, { ...form, roleId: 'r1', seen })).toThrow('did not parse')
  })

  test('refuse ids and instants that aren’t ours', () => {
    const form = { name: 'Registrar', description: '' }
    for (const roleId of ['', `a' or '1`, 'x'.repeat(41), 'A'])
      expect(() => parseStrictly(updateRoleForm, { ...form, roleId, seen })).toThrow('did not parse')
    for (const odd of ['', 'yesterday', '2026-03-01'])
      expect(() => parseStrictly(updateRoleForm, { ...form, roleId: 'r1', seen: odd })).toThrow(
        'did not parse',
      )
    expect(() => parseStrictly(deleteRoleForm, { roleId: 'r1', seen })).toThrow('did not parse')
  })
})
