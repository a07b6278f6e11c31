import { describe, expect, test } from 'vitest'
import * as house from './house'
import { files, fixture, isCode } from './tree'

const RULES = [
  ['topLevel', 'the top level holds only what it is meant to hold'],
  ['names', 'files and folders of code are kebab-case'],
  ['barrels', 'no file re-exports its neighbours'],
  ['longFiles', 'no file of code has more than 400 lines'],
  ['unmarkedServerFiles', 'server rooms are marked, so that none of their code reaches a browser'],
  ['unguardedEndpoints', 'nothing is served that no builder made'],
  ['loadingScreens', 'no loading.tsx takes a guarded page its status'],
  ['orphanTests', 'every test is run by some project'],
] as const

describe('the house', () => {
  test.each(RULES)('%s: %s', (rule) => {
    expect(house[rule]()).toEqual([])
  })

  test.each(RULES)('%s catches its fixture', (rule) => {
    const base = fixture('house', rule)
    expect(house[rule](base).map((breach) => breach.path)).toEqual(
      files(base).filter((path) => path.includes('bad')),
    )
  })

  test('tells how large its files are', () => {
    const sizes = files()
      .filter((path) => isCode(path) && /^(app|components|lib|prisma|types|proxy\.ts)/.test(path))
      .map((path) => house.lineCount(path))
      .sort((one, other) => one - other)
    const at = (part: number): number => sizes[Math.floor((sizes.length - 1) * part)] ?? 0
    const spread = `lines median ${at(0.5)}, p90 ${at(0.9)}, longest ${at(1)}`
    process.stdout.write(`code files: ${sizes.length}, ${spread} (aim: a median of 70)\n`)
    expect(sizes.length).toBeGreaterThan(0)
  })
})
