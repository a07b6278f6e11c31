import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'

/** Lowest versions without a known high or critical advisory; a registry without an audit service can't tell. */
const FLOORS = { next: '16.3.3', react: '19.2.6', 'react-dom': '19.2.6', sharp: '0.35.4' } as const

type Lock = { packages: Record<string, { version?: string; resolved?: string }> }

const lock = JSON.parse(readFileSync('package-lock.json', 'utf8')) as Lock

function compare(one: string, other: string): number {
  return one.localeCompare(other, 'en', { numeric: true })
}

describe('the lock file', () => {
  it.each(Object.entries(FLOORS))('holds %s at %s or later, wherever it is installed', (name, floor) => {
    const versions = Object.entries(lock.packages)
      .filter(([path]) => path === `node_modules/${name}` || path.endsWith(`/node_modules/${name}`))
      .map(([, entry]) => entry.version ?? '0')
    expect(versions.length).toBeGreaterThan(0)
    for (const version of versions) expect(compare(version, floor)).toBeGreaterThanOrEqual(0)
  })
})
