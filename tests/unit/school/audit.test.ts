import { parse } from 'csv-parse/sync'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { AUDIT_AREAS, auditQuery, auditSearch, KNOWN_ACTIONS } from '#lib/audit/contract'
import { auditHref, changesOf, csvFile, isFiltered } from '#lib/audit/rules'

describe('what changed', () => {
  test('is told field by field, lists by what came and went', () => {
    const before = { name: 'A', same: 1, permissions: ['x', 'y'], signUp: 'OPEN', on: true }
    const after = { name: 'B', same: 1, permissions: ['y', 'z'], signUp: 'OPEN', on: false, logo: null }
    expect(changesOf(before, after)).toEqual([
      { kind: 'value', field: 'name', before: 'A', after: 'B' },
      { kind: 'list', field: 'permissions', added: ['z'], removed: ['x'] },
      { kind: 'value', field: 'on', before: true, after: false },
    ])
    expect(changesOf(null, { roles: ['a'] })).toEqual([
      { kind: 'list', field: 'roles', added: ['a'], removed: [] },
    ])
    expect(changesOf({ name: 'A' }, null)).toEqual([
      { kind: 'value', field: 'name', before: 'A', after: null },
    ])
  })

  test('is readable and bounded, whatever was stored', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.jsonValue(), (before, after) => {
        const changes = changesOf(before, after)
        expect(changes.length).toBeLessThanOrEqual(40)
        expect(changesOf(before, before)).toEqual([])
      }),
    )
    expect(changesOf({ valueOf: '' }, JSON.parse('{"__proto__": 1}'))).toHaveLength(2)
    const [long] = changesOf({}, { text: '🙂'.repeat(1_000) })
    expect([...(long?.kind === 'value' ? String(long.after) : '')]).toHaveLength(201)
  })
})

describe('addresses', () => {
  const nothing = { person: '', action: '', target: '', from: '', to: '' }

  test('hold what was asked for and nothing else, and read back as the same', () => {
    expect(auditHref(nothing)).toBe('/admin/audit')
    const asked = { ...nothing, person: 'a & b', from: '2026-03-01' }
    const address = auditHref(asked, 'c1')
    expect(auditSearch.parse(Object.fromEntries(new URLSearchParams(address.split('?')[1])))).toEqual({
      ...asked,
      cursor: 'c1',
    })
    expect([isFiltered(nothing), isFiltered(asked)]).toEqual([false, true])
  })

  test.each([
    [{ action: 'School' }],
    [{ action: '%' }],
    [{ action: "x'; --" }],
    [{ from: '2026-02-30' }],
    [{ from: 'yesterday' }],
    [{ to: '0000-01-01' }],
    [{ person: 'x'.repeat(101) }],
    [{ tenantId: 'south' }],
  ])('refuse %j', (more) => {
    expect(auditQuery.safeParse(more).success).toBe(false)
  })

  test('every area finds actions that are known', () => {
    for (const area of AUDIT_AREAS)
      expect(KNOWN_ACTIONS.some((action) => action.startsWith(`${area}.`))).toBe(true)
  })
})

describe('CSV', () => {
  test('reads back cell by cell, and no cell is a formula', () => {
    const cell = fc.oneof(
      fc.string({ unit: 'grapheme' }).filter((text) => !text.includes('\ufeff')),
      fc.constantFrom('=1+1', '+1', '-1', '@x', '\t=1', '\r=1', '\n=1', ' =1', '＝1', 'a"b', 'a,b', "'=1"),
    )
    fc.assert(
      fc.property(fc.array(fc.array(cell, { minLength: 2, maxLength: 2 }), { minLength: 1 }), (lines) => {
        const read: string[][] = parse(csvFile(lines), { bom: true, relax_column_count: true })
        expect(read).toHaveLength(lines.length)
        for (const [n, line] of lines.entries()) {
          for (const [m, text] of line.entries()) {
            const got = read[n]?.[m] ?? ''
            expect(got === text || got === `'${text}`).toBe(true)
            expect(got).not.toMatch(/^(?:[\t\r\n]|\s*[=+\-@])/)
          }
        }
      }),
    )
  })
})
