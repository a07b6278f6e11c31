import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'

/** Lowest versions without a known high or critical advisory; a registry without an audit service can't tell. */
const FLOORS = { next: '16.3.3', react: '19.2.6', 'react-dom': '19.2.6', sharp: '0.35.4' } as const

type Entry = { version?: string; resolved?: string; optionalDependencies?: Record<string, string> }
type Lock = { packages: Record<string, Entry> }

const lock = JSON.parse(readFileSync('package-lock.json', 'utf8')) as Lock

function compare(one: string, other: string): number {
  return one.localeCompare(other, 'en', { numeric: true })
}

/** Whether a package named `name` is found from the folder `from`, the way Node looks for it. */
function found(from: string, name: string): boolean {
  if (`${from === '' ? '' : `${from}/`}node_modules/${name}` in lock.packages) return true
  if (from === '') return false
  const parent = from.lastIndexOf('/node_modules/')
  return found(parent === -1 ? '' : from.slice(0, parent), name)
}

describe('the lock file', () => {
  it('names every platform’s variant of a package, so that `npm ci` installs on all of them', () => {
    const missing = Object.entries(lock.packages).flatMap(([path, entry]) =>
      Object.keys(entry.optionalDependencies ?? {}).filter((name) => !found(path, name)),
    )
    expect(missing).toEqual([])
  })

  it('names no download address: each machine asks its own registry', () => {
    expect(Object.values(lock.packages).filter((entry) => entry.resolved?.startsWith('http'))).toEqual([])
  })

  it.each(Object.entries(FLOORS))('holds %s at %s or later, wherever it is installed', (name, floor) => {
    const versions = Object.entries(lock.packages)
      .filter(([path]) => path === `node_modules/${name}` || path.endsWith(`/node_modules/${name}`))
      .map(([, entry]) => entry.version ?? '0')
    expect(versions.length).toBeGreaterThan(0)
    for (const version of versions) expect(compare(version, floor)).toBeGreaterThanOrEqual(0)
  })
})
