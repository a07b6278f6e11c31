import { readdirSync } from 'node:fs'
import { resolve } from 'node:path'
import { beforeAll, describe, expect, test } from 'vitest'
import { ask, hostOf, rootHost } from '#tests/support/http'
import { logLineOf, logLines, logSize, owner } from '#tests/support/served'
import { someFile } from './matrix-rows'
import { expectHeaders, expectPage, nonceOf } from './policy'
import { schoolFacts, type SchoolFacts } from './world'

// Whatever page is shown, a script that the server didn't write can't run on it.

let acme: SchoolFacts

beforeAll(async () => {
  acme = await schoolFacts('acme')
})

type Place = readonly [name: string, status: number, host: () => string, path: () => string]

const own = (): string => hostOf('acme')

const PAGES: readonly Place[] = [
  ['the landing page', 200, rootHost, () => '/'],
  ['a school’s front page', 200, own, () => '/'],
  ['the catalogue', 200, own, () => '/courses'],
  ['a search', 200, own, () => '/courses?q=sql'],
  ['a search without a match', 200, own, () => '/courses?q=zzzzzz'],
  ['a course', 200, own, () => `/courses/${acme.published}`],
  ['a lesson', 200, own, () => `/learn/${acme.previewCourse}/${acme.preview}`],
  ['a school’s 404', 404, own, () => '/nothing'],
  ['a course’s 404', 404, own, () => '/courses/nothing'],
  ['a draft’s 404', 404, own, () => `/courses/${acme.draft}`],
  ['an address that can’t be decoded', 404, own, () => '/%E0%A4%A'],
  ['the root host’s 404', 404, rootHost, () => '/nothing'],
  ['an internal address', 404, rootHost, () => '/school/acme'],
  ['an unknown school', 404, () => hostOf('nobody'), () => '/'],
  ['a host that is none', 404, () => 'evil.test', () => '/'],
  ['a suspended school', 403, () => hostOf('initech'), () => '/'],
]

describe.each(PAGES)('%s', (_name, status, host, path) => {
  test('is whole without a script, and has its own nonce on every script and style', async () => {
    const [one, two] = await Promise.all([
      ask({ host: host(), path: path() }),
      ask({ host: host(), path: path() }),
    ])
    expect(one.status).toBe(status)
    const nonce = expectPage(one)
    expect(expectPage(two)).not.toBe(nonce)
    // Without a script, too: its language, a title, one heading.
    expect(one.body).toMatch(/<html lang="[a-z]{2}/)
    expect(one.body.match(/<h1[ >]/g)).toHaveLength(1)
    const title = /<title>([^<]+)/.exec(one.body)?.[1]
    if (path() !== '/' || host() !== rootHost()) expect(title).not.toBe('SmartLMS')
    // Shared caches must never keep what holds a nonce.
    expect(one.headers['cache-control']).toContain('no-store')
  })
})

describe('frames', () => {
  const FRAMES = 'frame-src https://www.youtube-nocookie.com https://player.vimeo.com;'
  const policyOf = async (host: string, path: string): Promise<string> =>
    String((await ask({ host, path })).headers['content-security-policy'])

  test('are the players of films, on the pages that show a lesson', async () => {
    const preview = `/teach/courses/${acme.previewCourse}/preview/${acme.preview}`
    for (const path of [`/learn/${acme.previewCourse}/${acme.preview}`, preview])
      expect(await policyOf(own(), path), path).toContain(FRAMES)
  })

  test('are none on any other page', async () => {
    const { previewCourse, preview } = acme
    const parts = ['', '/details', '/publish', '/people', `/lessons/${preview}`]
    const elsewhere = [
      ...PAGES.filter(([name]) => name !== 'a lesson').map(([, , host, path]) => [host(), path()] as const),
      ...parts.map((part) => [own(), `/teach/courses/${previewCourse}${part}`] as const),
      [rootHost(), `/learn/${previewCourse}/${preview}`] as const,
      [hostOf('initech'), `/learn/${previewCourse}/${preview}`] as const,
    ]
    for (const [host, path] of elsewhere)
      expect(await policyOf(host, path), `${host}${path}`).not.toContain('frame-src')
  })
})

describe('routes', () => {
  test.each([
    ['the palette', () => '/api/palette?q=a'],
    ['a refused call', () => '/api/palette?unknown=1'],
    ['a missing file', () => '/media/none.webp'],
    ['a file', () => someFile(acme)],
    ['the icon', () => '/icon.svg'],
    ['a probe', () => '/healthz'],
    ['a missing route', () => '/api/none'],
  ])('%s has the headers, and a policy that runs nothing but nonced scripts', async (_name, path) => {
    const answer = await ask({ host: hostOf('acme'), path: path() })
    expectHeaders(answer)
    expect(String(answer.headers['content-security-policy'])).toContain("default-src 'none'")
  })

  test.each([
    ['an upload', () => someFile(acme)],
    ['the icon', () => '/icon.svg'],
    ['a file that isn’t there', () => '/files/none/none.pdf'],
  ])('%s, opened as a page, is sandboxed and may load nothing', async (_name, path) => {
    const answer = await ask({ host: hostOf('acme'), path: path() })
    expect(answer.headers['content-security-policy']).toBe("default-src 'none'; sandbox")
  })

  test('static files can be neither sniffed nor embedded by others', async () => {
    const folder = resolve(import.meta.dirname, '../../.next/static')
    const names = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    for (const end of ['.js', '.css', '.woff2', '.nothing']) {
      const file = names.find((name) => name.endsWith(end)) ?? `chunks/x${end}`
      const answer = await ask({ host: hostOf('acme'), path: `/_next/static/${file}` })
      expect(answer.status).toBe(end === '.nothing' ? 404 : 200)
      expect(answer.headers).toMatchObject({
        'x-content-type-options': 'nosniff',
        'cross-origin-resource-policy': 'same-origin',
      })
    }
  })
})

describe('an unexpected failure', () => {
  const broken = 'this content is broken on purpose'
  let content: string | null

  async function lesson(text: string | null): Promise<void> {
    await owner().query('update "Lesson" set content = $2 where id = $1', [acme.preview, text])
  }

  beforeAll(async () => {
    const { rows } = await owner().query<{ content: string }>('select content from "Lesson" where id = $1', [
      acme.preview,
    ])
    content = rows[0]?.content ?? null
  })

  test('is a 500 that shows an id of the log and nothing else of what happened', async () => {
    const from = logSize()
    await lesson(`{${broken}`)
    const answer = await ask({
      host: hostOf('acme'),
      path: `/learn/${acme.previewCourse}/${acme.preview}`,
    }).finally(() => lesson(content))
    expect(answer.status).toBe(500)
    expectPage(answer)
    expect(answer.whole).not.toMatch(/JSON|SyntaxError|parse|node_modules|\.ts:/)
    expect(answer.whole).not.toContain(broken)
    const line = await logLineOf(String(answer.headers['x-request-id']), from)
    expect(line).toMatchObject({ status: 500, route: 'school.lesson', tenant: acme.id })
    const errorId = String(line['errorId'])
    expect(answer.body).toContain(errorId)
    const error = logLines(from).find((entry) => entry['errorId'] === errorId && !('ms' in entry))
    expect(error).toMatchObject({ level: 'error', route: 'school.lesson' })
  })

  test('leaves no text of the content in the log', async () => {
    const from = logSize()
    await lesson(`{${broken}`)
    const answer = await ask({
      host: hostOf('acme'),
      path: `/learn/${acme.previewCourse}/${acme.preview}`,
    }).finally(() => lesson(content))
    await logLineOf(String(answer.headers['x-request-id']), from)
    expect(JSON.stringify(logLines(from))).not.toContain(broken)
  })

  test('a lesson that is whole again is shown again', async () => {
    const answer = await ask({ host: hostOf('acme'), path: `/learn/${acme.previewCourse}/${acme.preview}` })
    expect(answer.status).toBe(200)
    expect(nonceOf(answer)).not.toBe('')
  })
})
