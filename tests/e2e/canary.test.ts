import { beforeAll, describe, expect, inject, test } from 'vitest'
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { type Answer, hostOf, rootHost, visit } from '#tests/support/http'
import { logSize, logText, owner } from '#tests/support/served'
import { found, schoolFacts, type SchoolFacts, secretsOf } from './world'

/*
 * Each school's private data carry a marker. A visitor of one host who follows every link, asks for everything twice
 * (as a page and as an RSC payload) and searches for the others' markers must meet none of them, and nobody's private
 * one: not in a page, not in a header, not in the log.
 */

let schools: Readonly<Record<'acme' | 'globex' | 'initech', SchoolFacts>>
let secrets: Readonly<Record<'acme' | 'globex' | 'initech', string[]>>
/** Texts of lessons that are not open, by school: long enough to stand nowhere else. */
let closed: string[]
let people: string[]

beforeAll(async () => {
  const [acme, globex, initech] = await Promise.all([
    schoolFacts('acme'),
    schoolFacts('globex'),
    schoolFacts('initech'),
  ])
  schools = { acme, globex, initech }
  secrets = {
    acme: await secretsOf(acme),
    globex: await secretsOf(globex),
    initech: await secretsOf(initech),
  }
  const lessons = await owner().query<{ text: string }>(
    `select substr("contentText", 60, 60) as text from "Lesson" where not preview and length("contentText") > 200`,
  )
  closed = lessons.rows.map(({ text }) => text)
  const names = await owner().query<{ text: string }>(
    `select email as text from "User" union select name from "User" where role = 'STUDENT'`,
  )
  people = names.rows.map(({ text }) => text)
  // Nothing is found where nothing is looked for.
  expect(closed.length).toBeGreaterThan(20)
  expect(people.length).toBeGreaterThan(20)
})

/** What to try beside the links: searches for every marker and name, and files by every other school's keys. */
function temptations(): string[] {
  const words = Object.values(schools).flatMap(({ canary, name, id, draft }) => [canary, name, id, draft])
  const ids = Object.values(schools).flatMap((facts) => [
    `/courses/${facts.published}`,
    `/courses/${facts.draft}`,
    `/learn/${facts.previewCourse}/${facts.preview}`,
    `/learn/${facts.closedCourse}/${facts.closed}`,
    `/school/${facts.subdomain}`,
    `/media/${facts.id}/public/x.webp`,
  ])
  const files = Object.values(schools).flatMap(({ id }) => filesOf(id).slice(0, 3))
  return [
    ...[
      '/',
      '/courses',
      '/nothing',
      '/icon.svg',
      '/healthz',
      '/readyz',
      '/api/palette',
      '/api/none',
      '/state/unknown',
    ],
    ...words.flatMap((word) => [
      `/courses?q=${encodeURIComponent(word)}`,
      `/api/palette?q=${encodeURIComponent(word)}`,
      `/search?q=${encodeURIComponent(word)}`,
      `/api/palette?${encodeURIComponent(word)}=1`,
    ]),
    ...ids,
    ...files,
  ]
}

function filesOf(tenantId: string): string[] {
  const folder = join(inject('served').storageDir, tenantId, 'public')
  try {
    const names = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    return names.filter((name) => name.includes('.')).map((name) => `/media/${name}`)
  } catch {
    return []
  }
}

function linksIn(body: string): string[] {
  const links = [...body.matchAll(/(?:href|src|action|poster)="(\/[^"#]*)/g)].map((match) => match[1] ?? '/')
  return links
    .map((link) => link.replaceAll('&amp;', '&'))
    .filter((link) => !link.startsWith('/_next/static/'))
}

type Seen = Readonly<{ path: string; rsc: boolean; answer: Answer }>

async function crawl(host: string): Promise<Seen[]> {
  const waiting = temptations()
  const known = new Set(waiting)
  const seen: Seen[] = []
  for (let path = waiting.shift(); path !== undefined; path = waiting.shift()) {
    for (const rsc of [false, true]) {
      const answer = await visit({ host, path, headers: rsc ? { rsc: '1' } : {} })
      seen.push({ path, rsc, answer })
      if (rsc || answer.status !== 200) continue
      const fresh = linksIn(answer.body).filter((link) => !known.has(link))
      for (const link of fresh) known.add(link)
      waiting.push(...fresh)
    }
  }
  return seen
}

const CALLERS = ['acme', 'globex', 'initech', 'root', 'nobody'] as const

describe.each(CALLERS)('a visitor of %s', (caller) => {
  let seen: Seen[]
  let log: string

  beforeAll(async () => {
    const from = logSize()
    seen = await crawl(caller === 'root' ? rootHost() : hostOf(caller))
    log = logText(from)
  })

  /** Accounts that the demo's sign-in page tells everybody, of its own host and no other. */
  const told =
    caller === 'root'
      ? ['root@smartlms.test']
      : ['admin', 'instructor', 'student'].map((who) => `${who}@${caller}.test`)

  /**
   * A search gives its word back, and an address its ids: what the visitor brought along is no find. Neither is what
   * the demo's sign-in page tells.
   */
  function brought(path: string, text: string): boolean {
    return (
      decodeURIComponent(path.replaceAll('+', ' ')).includes(text) ||
      (path.startsWith('/sign-in') && told.includes(text))
    )
  }

  function foreign(): string[] {
    const others = (['acme', 'globex', 'initech'] as const).filter((name) => name !== caller)
    const all = others.flatMap((name) => secrets[name])
    // The demo's landing page names its open schools.
    return caller === 'root'
      ? all.filter((text) => !['Acme Academy', 'Globex Institute'].includes(text))
      : all
  }

  test('saw every kind of page', () => {
    const open = seen.filter(({ answer }) => answer.status === 200)
    expect(open.length).toBeGreaterThan({ acme: 40, globex: 15, initech: 1, root: 4, nobody: 1 }[caller])
    expect(seen.filter(({ answer }) => answer.status >= 500)).toEqual([])
  })

  test('met nothing of another school', () => {
    const needles = foreign()
    const finds = seen.flatMap(({ path, rsc, answer }) => {
      const find = found(
        answer.whole,
        needles.filter((text) => !brought(path, text)),
      )
      return find === null ? [] : [{ path, rsc, find }]
    })
    expect(finds).toEqual([])
  })

  test('met no private word of any school, its own included', () => {
    const markers = Object.values(schools).map(({ canary }) => canary)
    const needles = [...markers, ...Object.values(schools).map(({ draft }) => draft), ...closed, ...people]
    const finds = seen.flatMap(({ path, rsc, answer }) => {
      const find = found(
        answer.whole,
        needles.filter((text) => !brought(path, text)),
      )
      return find === null ? [] : [{ path, rsc, find }]
    })
    expect(finds).toEqual([])
  })

  test('left a log without people, searches, or what was found', () => {
    const needles = [...people, ...Object.values(schools).flatMap(({ canary, name }) => [canary, name])]
    expect(found(log, needles)).toBeNull()
    expect(log).not.toMatch(/[\w.+-]+@[\w-]+\.\w+/)
  })
})

test('a suspended school’s visitor learns its name and nothing else', async () => {
  const answer = await visit({ host: hostOf('initech') })
  const rest = secrets.initech.filter((text) => text !== schools.initech.name)
  expect(found(answer.whole, rest)).toBeNull()
})
