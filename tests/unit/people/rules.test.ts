import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { GRANTABLE, holdsAll, PERMISSIONS, type Permission } from '#lib/auth/permissions'
import {
  csvCell,
  csvFile,
  difference,
  grantable,
  grants,
  leavesNobody,
  mayGrant,
  objection,
  ROLES,
  stateOf,
} from '#lib/people/rules'
import { readPeopleCsv, writePeopleCsv } from '#lib/people/read-people-csv'

const anyRole = fc.constantFrom(...ROLES)
const anyCustom = fc.array(fc.subarray([...GRANTABLE, 'no:such', 7, null]), { maxLength: 3 })
const anyStanding = fc
  .record({ id: fc.constantFrom('a', 'b', 'c'), role: anyRole, custom: anyCustom })
  .map(({ id, role, custom }) => ({ id, role, permissions: grants(role, custom) }))

describe('giving roles', () => {
  test('nobody gives a permission that they don’t hold', () => {
    fc.assert(
      fc.property(anyStanding, anyRole, anyCustom, (actor, role, custom) => {
        expect(mayGrant(actor.permissions, role, custom)).toBe(
          holdsAll(actor.permissions, grants(role, custom)),
        )
      }),
    )
  })

  test('the platform’s role is given by nobody, not even by somebody who holds everything', () => {
    const everything = new Set(Object.keys(PERMISSIONS) as Permission[])
    expect(mayGrant(everything, 'SUPER_ADMIN', [])).toBe(false)
    expect(grantable(everything)).toEqual(ROLES)
  })

  test('what is no permission of a school counts for nothing in a custom role', () => {
    expect([...grants('STUDENT', [['platform:manage', 'x'], 'audit:read', null])].toSorted()).toEqual(
      [...grants('STUDENT', [['audit:read']])].toSorted(),
    )
  })

  test('an admin may give all roles, an instructor those below, a student their own', () => {
    expect(grantable(grants('ADMIN', []))).toEqual(['STUDENT', 'INSTRUCTOR', 'ADMIN'])
    expect(grantable(grants('INSTRUCTOR', []))).toEqual(['STUDENT', 'INSTRUCTOR'])
    expect(grantable(grants('STUDENT', []))).toEqual(['STUDENT'])
  })
})

describe('changing people', () => {
  test('nobody changes themselves, nor whoever may do what they may not', () => {
    fc.assert(
      fc.property(anyStanding, anyStanding, (actor, target) => {
        const allowed = actor.id !== target.id && holdsAll(actor.permissions, target.permissions)
        expect(objection(actor, target) === null).toBe(allowed)
        expect(objection(actor, { ...target, id: actor.id })).toBe('self')
      }),
    )
  })

  test('only an active admin without another beside them would leave nobody', () => {
    expect(leavesNobody({ role: 'ADMIN', disabled: false }, 0)).toBe(true)
    expect(leavesNobody({ role: 'ADMIN', disabled: false }, 1)).toBe(false)
    expect(leavesNobody({ role: 'ADMIN', disabled: true }, 0)).toBe(false)
    expect(leavesNobody({ role: 'INSTRUCTOR', disabled: false }, 0)).toBe(false)
  })

  test('being disabled outweighs an unconfirmed address', () => {
    expect(stateOf({ disabled: true, confirmed: false })).toBe('disabled')
    expect(stateOf({ disabled: false, confirmed: false })).toBe('unconfirmed')
    expect(stateOf({ disabled: false, confirmed: true })).toBe('active')
  })

  test('what differs is what is on one side only', () => {
    expect(difference(['a', 'b'], ['b', 'c'])).toEqual(['a', 'c'])
    expect(difference(['a'], ['a'])).toEqual([])
  })
})

/** The cells of one line of CSV, as a spreadsheet reads them. */
function cellsOf(line: string): string[] {
  return [...line.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^,"]*))/g)].map(([, quoted, plain]) =>
    quoted === undefined ? (plain ?? '') : quoted.replaceAll('""', '"'),
  )
}

const hostile = fc.oneof(
  fc.string({ unit: 'grapheme' }),
  fc
    .tuple(fc.constantFrom('=', '+', '-', '@', '\t', '\r', ' =', '\t=', '＝'), fc.string())
    .map((all) => all.join('')),
)

describe('a report as a file', () => {
  test('holds no cell that a spreadsheet would run', () => {
    fc.assert(
      fc.property(hostile, (text) => {
        const [cell = ''] = cellsOf(csvCell(text))
        expect(cell).not.toMatch(/^[\s]*[=+\-@＝＋－＠]|^[\t\r\n]/)
        expect([text, `'${text}`]).toContain(cell)
      }),
    )
  })

  test.each([
    ['=1+1', "'=1+1"],
    ['+49', "'+49"],
    ['-1', "'-1"],
    ['@SUM(A1)', "'@SUM(A1)"],
    ['\t=1', "'\t=1"],
    ['\r=1', `"'\r=1"`],
    ['O"Neil, Ada', '"O""Neil, Ada"'],
    ['Ada', 'Ada'],
  ])('writes %j so that it stays text', (text, cell) => {
    expect(csvCell(text)).toBe(cell)
  })

  test('begins with the mark of UTF-8 and ends its lines as spreadsheets do', () => {
    expect(csvFile([['a', 'b;c']])).toBe('\uFEFFa,"b;c"\r\n')
  })
})

describe('a list of people', () => {
  const word = fc
    .string({ unit: 'grapheme', maxLength: 20 })
    .map((text) => text.trim().replaceAll(/[\r\n\u2028\u2029]/g, ''))

  test('is read as it was written', () => {
    const row = fc.record({
      email: word.map((text) => `${text.replaceAll('"', '')}@x.example`),
      name: word,
      role: word,
    })
    fc.assert(
      fc.property(fc.array(row, { minLength: 1, maxLength: 20 }), (rows) => {
        const read = readPeopleCsv(writePeopleCsv(rows))
        expect(read).not.toBeTypeOf('string')
        const back = Array.isArray(read) ? read.map(({ email, name, role }) => ({ email, name, role })) : []
        expect(back).toEqual(rows.map((one) => ({ ...one, email: one.email.trim() })))
      }),
    )
  })

  test('never throws, whatever is sent', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (text) => {
        expect(() => readPeopleCsv(text)).not.toThrow()
      }),
    )
  })
})
