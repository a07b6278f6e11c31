import { readdirSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { ROOMS } from '#scripts/check/rooms'
import { ruleNames, violations, violationsOfFixture } from './cruise'
import { files, fixture, isCode, root } from './tree'

describe('the import table', () => {
  test('holds for the whole repository', async () => {
    expect(await violations(root)).toEqual([])
  })

  test('gives every file exactly one room, so that none is allowed everything or judged twice', () => {
    const misplaced = files()
      .filter(isCode)
      .map((path) => [path, ROOMS.filter((room) => isIn(room, path)).map((room) => room.name)] as const)
      .filter(([, rooms]) => rooms.length !== 1)
    expect(misplaced).toEqual([])
  })

  test('has a fixture for every rule and a rule for every fixture', () => {
    expect(readdirSync(fixture('imports')).sort()).toEqual(ruleNames().sort())
  })

  test.each(ruleNames())('%s catches its fixture, and nothing else does', async (name) => {
    const found = await violationsOfFixture(name)
    expect([...new Set(found.map((violation) => violation.rule))]).toEqual([name])
  })
})

function isIn(room: (typeof ROOMS)[number], path: string): boolean {
  const matches = (patterns: string | readonly string[] | undefined): boolean =>
    [patterns ?? []].flat().some((pattern) => new RegExp(pattern).test(path))
  return matches(room.at) && !matches(room.except)
}
