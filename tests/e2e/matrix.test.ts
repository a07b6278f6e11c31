import { beforeAll, describe, expect, test } from 'vitest'
import { endpoints } from '#tests/support/endpoints'
import { type Answer, ask, hostOf, rootHost, visit } from '#tests/support/http'
import { contentOfTables } from '#tests/support/served'
import { type Caller, CALLERS, ROWS, someFile } from './matrix-rows'
import { PAGES } from './rows/all'
import { found, schoolFacts, type SchoolFacts, secretsOf } from './world'

// Every endpoint against every caller: the status, nothing of another school in the answer, and nothing changed.

let acme: SchoolFacts
let globex: SchoolFacts
let secrets: Readonly<Record<Caller, string[]>>
let content: string

const registry = endpoints()

beforeAll(async () => {
  const initech = await schoolFacts('initech')
  ;[acme, globex] = await Promise.all([schoolFacts('acme'), schoolFacts('globex')])
  const [ofAcme, ofGlobex, ofInitech] = [
    await secretsOf(acme),
    await secretsOf(globex),
    await secretsOf(initech),
  ]
  // The demo's landing page names the open schools; a suspended school says its own name and no more.
  const unnamed = (all: string[], facts: SchoolFacts): string[] => all.filter((text) => text !== facts.name)
  secrets = {
    own: [...ofGlobex, ...ofInitech],
    other: [...ofAcme, ...ofInitech],
    root: [...unnamed(ofAcme, acme), ...unnamed(ofGlobex, globex), ...ofInitech],
    unknown: [...ofAcme, ...ofGlobex, ...ofInitech],
    suspended: [...ofAcme, ...ofGlobex, ...unnamed(ofInitech, initech)],
  }
  content = await contentOfTables()
})

function host(caller: Caller): string {
  if (caller === 'root') return rootHost()
  const subdomain = { own: 'acme', other: 'globex', unknown: 'nobody', suspended: 'initech' }[caller]
  return hostOf(subdomain)
}

/** What of another school stands in an answer; what the caller itself wrote into the address comes back and is no news. */
function leaked(answer: Answer, caller: Caller, path: string): string | null {
  return found(
    answer.whole,
    secrets[caller].filter((text) => !path.includes(text)),
  )
}

async function nothingChanged(): Promise<void> {
  expect(await contentOfTables()).toBe(content)
}

describe('the table', () => {
  test('has a row for each endpoint that the permission matrix (permissions.test.ts) does not have, and no row without one', () => {
    const elsewhere = new Set(PAGES.map(({ id }) => id))
    const ids = registry.filter(({ kind }) => kind !== 'action').map(({ id }) => id)
    expect(Object.keys(ROWS).filter((id) => !ids.includes(id))).toEqual([])
    expect(ids.filter((id) => !(id in ROWS) && !elsewhere.has(id))).toEqual([])
  })

  test('knows the access of each endpoint', () => {
    expect(registry.filter(({ access }) => access === 'unknown')).toEqual([])
  })
})

describe.each(Object.entries(ROWS))('%s', (_id, row) => {
  test.each(CALLERS)('%s', async (caller) => {
    const { method, headers, body } = row
    const path = row.path(acme)
    const answer = await ask({
      host: host(caller),
      path,
      ...(method === undefined ? {} : { method }),
      ...(headers === undefined ? {} : { headers }),
      ...(body === undefined ? {} : { body }),
    })
    expect(answer.status).toBe(row.status[caller])
    expect(leaked(answer, caller, path)).toBeNull()
    await nothingChanged()
  })

  test.each(Object.entries(row.otherMethods))('asked with %s, changes nothing', async (method, allowed) => {
    const answer = await ask({ host: host('own'), path: row.path(acme), method, body: 'x=1' })
    expect(allowed).toContain(answer.status)
    expect(answer.status === 405 && answer.body !== '').toBe(false)
    await nothingChanged()
  })

  test(`unknown keys are ${row.unknownKeys}`, async () => {
    const own = row.path(acme)
    const { method, headers, body } = row
    const path = `${own}${own.includes('?') ? '&' : '?'}tenantId=${globex.id}&unknown=1`
    const answer = await ask({
      host: host('own'),
      path,
      ...(method === undefined ? {} : { method }),
      ...(headers === undefined ? {} : { headers }),
      ...(body === undefined ? {} : { body }),
    })
    expect(answer.status).toBe(row.unknownKeys === 'refused' ? 422 : row.status.own)
    expect(leaked(answer, 'own', path)).toBeNull()
    await nothingChanged()
  })
})

const pages = new Set(registry.filter(({ kind }) => kind === 'page').map(({ id }) => id))

test.each(Object.entries(ROWS).filter(([id]) => pages.has(id)))(
  '%s, as an RSC payload, holds nothing of another school',
  async (_id, row) => {
    const path = row.path(acme)
    for (const caller of CALLERS) {
      const answer = await visit({ host: host(caller), path, headers: { rsc: '1' } })
      expect(answer.status).toBeLessThan(500)
      expect(leaked(answer, caller, path)).toBeNull()
    }
  },
)

describe('what exists in the school and isn’t open', () => {
  const closed: readonly (readonly [string, (facts: SchoolFacts) => string])[] = [
    ['a draft', ({ draft }) => `/courses/${draft}`],
    ['a lesson that is no preview', (facts) => `/learn/${facts.closedCourse}/${facts.closed}`],
    ['a preview under another course', (facts) => `/learn/${facts.draft}/${facts.preview}`],
    ['a lesson’s id as a course', ({ preview }) => `/courses/${preview}`],
    ['a course’s id in other letters', ({ published }) => `/courses/${published.toUpperCase()}`],
    ['a course with more behind it', ({ published }) => `/courses/${published}/edit`],
    ['a page cursor that nobody made', () => '/courses?cursor=eyJhIjoxfQ'],
    ['a search of 101 letters', () => `/courses?q=${'a'.repeat(101)}`],
    ['a search asked twice', () => '/courses?q=a&q=b'],
    ['a page of a later version', () => '/messages'],
  ]
  test.each(closed)('%s looks like what doesn’t exist', async (_name, path) => {
    const answer = await ask({ host: hostOf('acme'), path: path(acme) })
    const nothing = await ask({ host: hostOf('acme'), path: '/courses/cnosuchcourse' })
    expect(answer.status).toBe(404)
    expect(nothing.status).toBe(404)
    expect(found(answer.body, [acme.canary])).toBeNull()
    await nothingChanged()
  })

  test('a draft stays out of the catalogue, the search and the palette', async () => {
    const { body } = await ask({ host: hostOf('acme'), path: '/courses?q=plans' })
    const palette = await ask({ host: hostOf('acme'), path: '/api/palette?q=plans' })
    for (const text of [body, palette.body])
      expect(found(text, [acme.draft, 'Plans for the next term'])).toBeNull()
  })

  test.each([
    ['another school’s folder', () => `/media/../../${globex.id}/public/x.webp`],
    ['another school’s folder, escaped', () => `/media/..%2f..%2f${globex.id}%2fpublic%2fx.webp`],
    ['the school’s own id', () => `/media/${acme.id}/public/x.webp`],
    ['its private folder', () => '/media/..%2fprivate%2fx.webp'],
    ['the system’s files', () => '/media/..%2f..%2f..%2f..%2f..%2f..%2fetc%2fpasswd'],
    ['a folder', () => someFile(acme).split('/').slice(0, -1).join('/')],
    ['a null byte', () => `${someFile(acme)}%00.png`],
    ['a dot', () => '/media/.'],
    ['backslashes', () => '/media/..%5c..%5cx.webp'],
  ])('a file by %s', async (_name, path) => {
    const answer = await visit({ host: hostOf('acme'), path: path() })
    expect([400, 404, 422]).toContain(answer.status)
    expect(answer.body).not.toContain('root:')
  })
})
