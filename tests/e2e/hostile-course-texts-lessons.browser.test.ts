import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import fc from 'fast-check'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { CHROMIUM, urlOf } from '#tests/support/browser'
import { type Answer, ask, hostOf } from '#tests/support/http'
import { isDue } from '#tests/support/rota'
import { owner } from '#tests/support/served'
import { both, closePair, metBy, openPair, type Pair, shareOut, shown, type Watcher } from './hostile-page'
import {
  ADMIN,
  DEEP,
  enterAs,
  HOST,
  makeHostileSchool,
  removeHostileSchool,
  SCHOOL,
  some,
} from './hostile-school'
import { cookieOf, signIn } from './sign-in'
import { packed, VECTORS } from './vectors'

// What lessons say, in every kind of block, what their films say below the picture, what their files are called and
// what is noted beside them: all of it is shown as the letters it is, to a browser as people have it and to one that
// ignores the policy.

const LEARNER = `${SCHOOL}p1`
const COURSE = `${SCHOOL}read`
const TEXT = `${SCHOOL}text`
const FILM = `${SCHOOL}film`
const FILES = `${SCHOOL}files`
const NOTES = `${SCHOOL}notes`
const FILM_FILE = 'reading-the-night-sky/moon-month.mp4'

const ROUND = ['', ...`" ' </p> </code></pre> </td></tr></table> </math> --> \\ &lt; {tex} $& $'`.split(' ')]
const made = fc
  .tuple(fc.constantFrom(...ROUND), fc.constantFrom(...VECTORS), fc.constantFrom(...ROUND))
  .map(([before, vector, after]) => `${before}${vector}${after}`)
/** All vectors, and seeded ones made of them; all different as they are shown, and as a document may hold them. */
const TEXTS = [
  ...new Map([...VECTORS, ...fc.sample(made, DEEP ? 38 : 20)].map((text) => [shown(text), text])).values(),
].filter((text) => text.length <= 190)
/** As many as somebody may note beside one lesson, and one more by hand. */
const NOTED = TEXTS.slice(0, 199)

type Node = Readonly<Record<string, unknown>>
const node = (type: string, attrs: Node | null, ...content: readonly Node[]): Node => ({
  ...{ type, ...(attrs === null ? {} : { attrs }), ...(content.length === 0 ? {} : { content }) },
})
const words = (text: string, ...marks: readonly Node[]): Node => ({ type: 'text', text, marks })
const paragraph = (text: string): Node => node('paragraph', null, words(text))
const docOf = (blocks: readonly Node[]): Node => node('doc', null, ...blocks)
const row = (inner: Node): Node => node('tableRow', null, inner)
const cell = { colspan: 1, rowspan: 1 }
const picture = { src: `${SCHOOL}/public/pictures/none.webp`, decorative: false, width: 16, height: 9 }

/** A text in every kind of block and mark that a lesson can have. */
function blocksOf(text: string, index: number): Node[] {
  const link = node('link', { href: `/courses?q=${encodeURIComponent(text)}` })
  const marked = ['bold', 'italic', 'strike', 'code'].map((type) => words(`${text} `, { type }))
  const formula = node('mathInline', { tex: text })
  const [inner, language] = [paragraph(text), ['js', 'sql', 'python', null][index % 4]]
  return [
    node('heading', { level: 2 + (index % 3) }, words(text)),
    node('paragraph', null, words(text), ...marked, words(text, link), node('hardBreak', null), formula),
    node('codeBlock', { language }, { type: 'text', text }),
    node('callout', { kind: ['note', 'tip', 'warning'][index % 3] }, inner),
    node('blockquote', null, inner),
    node('bulletList', null, node('listItem', null, inner)),
    node('orderedList', null, node('listItem', null, inner)),
    node('table', null, ...['tableHeader', 'tableCell'].map((type) => row(node(type, cell, inner)))),
    node('image', { ...picture, alt: text, caption: text }),
    node('file', { key: `${SCHOOL}/private/lessons/none.txt`, name: text, bytes: 1 }),
    node('embed', { provider: 'youtube', id: 'abcdefghijk', title: text }),
    node('video', { key: `${SCHOOL}/private/lessons/none.mp4`, captions: null, title: text }),
    node('mathBlock', { tex: text }),
  ]
}

/** Where each of them is to be found on the page. */
const PLACES = [
  ...[':is(h2, h3, h4)', 'p > strong', 'p > em', 'p > s', 'p > code', 'p > a', 'pre code', 'aside p'],
  ...['blockquote p', 'ul li', 'ol li', 'th', 'td', 'figcaption', 'a[download]', 'a[target=_blank]'],
]
/** Formulas are set: braces, spaces and the backslash are syntax, a hyphen becomes a minus and an apostrophe a prime. */
const set = (text: string): string => text.replace(/[\s{}\\'′−_-]/g, '')

/** One statement; `$1` is the school. */
async function put(statement: string, ...values: readonly unknown[]): Promise<void> {
  await owner().query(statement, [SCHOOL, ...values])
}

async function addLessons(): Promise<void> {
  const [title, other] = packed(VECTORS, 190)
  await put(
    `insert into "Course" (id, "tenantId", "instructorId", title, status, "publishedAt") values ($2, $1, $3, $4, 'PUBLISHED', now())`,
    ...[COURSE, ADMIN, title],
  )
  const inCourse = 'insert into "Module" (id, "tenantId", "courseId", title, "order")'
  await put(`${inCourse} values ($2, $1, $2, $3, 0)`, COURSE, other)
  const contents = [TEXTS.flatMap(blocksOf), NOTED.map(paragraph)]
  await put(
    `insert into "Lesson" (id, "tenantId", "moduleId", title, "order", content)
     select id, $1, $2, $3, n, content from unnest($4::text[], $5::text[]) with ordinality as given(id, content, n)`,
    ...[COURSE, other, [TEXT, NOTES, FILM, FILES], contents.map((one) => JSON.stringify(docOf(one)))],
  )
  const enrolled = 'insert into "Enrollment" ("tenantId", "userId", "courseId")'
  await put(`${enrolled} values ($1, $2, $3)`, LEARNER, COURSE)
}

let pair: Pair

const at = (path: string): string => urlOf(HOST, path)
const learn = (lesson: string): string => at(`/learn/${COURSE}/${lesson}`)
const as = (person: string): Promise<void> => both(pair, (watcher) => enterAs(watcher, person))

function missing(texts: readonly string[], pages: readonly string[] = []): string[] {
  const all = pages.join('\n')
  return texts.map(shown).filter((text) => !all.includes(text))
}

/** An attribute of all elements that a selector finds. */
async function attributes(watcher: Watcher, selector: string, name: string): Promise<string[]> {
  const found = watcher.page.locator(selector)
  return found.evaluateAll((all, wanted) => all.map((one) => one.getAttribute(wanted) ?? ''), name)
}

/** One request of the editor’s, as the author’s page sends it. */
async function send(method: string, path: string, body: Buffer | object): Promise<Answer> {
  return ask({
    ...{ host: hostOf('texts'), method, path: `/api/editor/${path}` },
    body: Buffer.isBuffer(body) ? body : JSON.stringify(body),
    headers: {
      ...cookieOf(await signIn(SCHOOL, ADMIN)),
      'content-type': Buffer.isBuffer(body) ? 'application/octet-stream' : 'application/json',
      origin: `http://${hostOf('texts')}`,
    },
  })
}

type Uploaded = Readonly<{ key: string; name: string; bytes: number; url: string }>

/** Sends a file the way the editor does. @throws Error where the school takes it not */
async function upload(lessonId: string, kind: string, name: string, bytes: Buffer): Promise<Uploaded> {
  const begun = await send('POST', 'uploads', { lessonId, kind, name, bytes: bytes.byteLength })
  if (begun.status !== 201) throw new Error(`${name}: ${begun.whole}`)
  const { uploadId } = JSON.parse(begun.body) as { uploadId: string }
  await send('PUT', `uploads/${uploadId}?offset=0`, bytes)
  const done = await send('POST', `uploads/${uploadId}`, { name })
  if (done.status !== 200) throw new Error(`${name}: ${done.whole}`)
  return JSON.parse(done.body) as Uploaded
}

async function save(lessonId: string, changes: Node): Promise<void> {
  const statement = 'select "updatedAt" as seen from "Lesson" where id = $1'
  const { rows } = await owner().query<{ seen: Date }>(statement, [lessonId])
  const answer = await send('PUT', `lessons/${lessonId}`, { seen: rows[0]?.seen.toISOString(), changes })
  expect(answer.body).toMatch(/^\{"seen":/)
}

/** What a lesson’s page and its editor have beside what all pages have, just as the product writes it. */
const OURS = new RegExp(
  ' markup: (?:a href=https://www.youtube.com/watch\\?v=abcdefghijk$|<(?:' +
    [
      ...[
        's>',
        'mark class="[^"]*">[\\w.-]+</mark>$',
        'blockquote(?: id="p-[a-z0-9-]+")?(?: dir="auto"| class="|>)',
        'video controls="" preload="metadata"',
      ],
      ...['track kind="captions" src="/files/', 'math display="(?:block|inline)" class="text-'],
      ...[
        'm(?:row|i|o|n|sub|sup|subsup)>',
        'noscript><p>Writing a lesson',
        'col(?:group)?(?:>| style="min-width)',
      ],
    ].join('|') +
    '))',
)

async function nothingRan(): Promise<void> {
  expect((await metBy(pair)).filter((alarm) => !OURS.test(alarm))).toEqual([])
}

/** Plays the film until its captions are drawn. @returns how many there are, and of which elements they are made */
const PLAY = `(async () => {
  const video = document.querySelector('main video')
  video.muted = true
  await video.play()
  const { track } = document.querySelector('main track')
  for (let n = 0; n < 200 && !(track.activeCues?.length > 0 && video.currentTime > 0.3); n += 1)
    await new Promise((done) => setTimeout(done, 50))
  video.pause()
  const inside = [...track.activeCues].flatMap((cue) => [...cue.getCueAsHTML().querySelectorAll('*')])
  return { cues: track.activeCues.length, names: [...new Set(inside.map(({ localName }) => localName))] }
})()`

/** Looks for every text in every kind of place of a lesson’s page. */
async function standsThere(watcher: Watcher): Promise<void> {
  for (const place of PLACES)
    expect([place, missing(TEXTS, await watcher.texts(`.reading ${place}`))]).toEqual([place, []])
  expect((await attributes(watcher, '.reading img', 'alt')).map(shown)).toEqual(TEXTS.map(shown))
  const formulas = (await watcher.texts('.reading .math')).map(set)
  expect(formulas).toEqual(TEXTS.map((text) => set(shown(text))))
}

type Address = (text: string) => string
const query = (path: string, ...names: readonly string[]): Address[] =>
  names.map((name) => (text) => `${path}?${name}=${encodeURIComponent(text)}`)
const inPath: (path: string) => Address = (path) => (text) => `${path}/${encodeURIComponent(text)}`
const TEACH = `/teach/courses/${COURSE}`
/** Everything that an address about courses and lessons can say, and what none has. */
const LEARNERS: readonly Address[] = [
  ...query('/courses', 'q', 'category', 'mine', 'cursor', 'unknown'),
  ...query(`/courses/${COURSE}`, 'done', 'preview'),
  ...query(`/learn/${COURSE}/${FILES}`, 'preview'),
  ...query('/search', 'q', 'cursor'),
  ...query('/certificates', 'cursor', 'done'),
  ...query('/api/palette', 'q'),
  ...query('/files/lessons/none.txt', 'n', 's', 'e'),
  ...['/learn/x', '/certificates', '/api/certificates', '/api/notes', '/media/pictures'].map(inPath),
]
const TEACHERS: readonly Address[] = [
  ...query('/teach', 'q', 'status', 'cursor', 'done', 'course'),
  ...['', '/details', '/publish'].flatMap((part) => query(`${TEACH}${part}`, 'done')),
  ...query(`${TEACH}/people`, 'cursor', 'done'),
  ...['/teach/courses', `${TEACH}/lessons`, `${TEACH}/preview`, '/api/editor/uploads'].map(inPath),
]

describe.runIf(CHROMIUM && isDue(0, 3))('hostile texts of lessons', () => {
  beforeAll(async () => {
    await makeHostileSchool()
    await addLessons()
    pair = await openPair()
  })
  afterEach(nothingRan)
  afterAll(async () => {
    await closePair(pair)
    await removeHostileSchool()
  })

  test('stand in every kind of block of a lesson, for its learners and in its author’s preview', async () => {
    await as(LEARNER)
    await both(pair, async (watcher) => {
      await watcher.go(learn(TEXT))
      await standsThere(watcher)
      await watcher.page.waitForTimeout(300)
      await watcher.look()
    })
    await as(ADMIN)
    await pair[1].go(at(`/teach/courses/${COURSE}/preview/${TEXT}`), 'domcontentloaded')
    await standsThere(pair[1])
  })

  test('stand in the editor, which draws each block by itself', async () => {
    await as(ADMIN)
    await both(pair, async (watcher) => {
      await watcher.page.goto(at(`/teach/courses/${COURSE}/lessons/${TEXT}`))
      await watcher.page.locator('.lesson-text[contenteditable=true] a').first().waitFor()
      await watcher.look()
      const whole = await watcher.texts('.lesson-text')
      expect(missing(TEXTS, whole)).toEqual([])
      expect((whole[0] ?? '').split(shown(TEXTS[0])).length).toBeGreaterThan(12)
    })
  })

  test('in captions are words below the picture', async () => {
    const cues = TEXTS.map((text) => text.replaceAll('-->', '').trim()).filter((text) => !/[\n\r]/.test(text))
    const vtt = [
      'WEBVTT <script>pwned()</script>',
      'STYLE\n::cue { background: url("https://elsewhere.example.test/x") }',
      'NOTE <img src=x onerror=pwned()>',
      ...cues.map((cue) => `00:00.000 --> 00:12.000\n<v "><img src=x onerror=pwned()>>${cue}`),
    ]
    const film = readFileSync(resolve(import.meta.dirname, '../../prisma/seed/assets', FILM_FILE))
    const video = await upload(FILM, 'video', `${VECTORS[0] ?? ''}.mp4`, film)
    const track = Buffer.from(`${vtt.join('\n\n')}\n`)
    const captions = await upload(FILM, 'captions', `${VECTORS[17] ?? ''}.vtt`, track)
    await save(FILM, { videoUrl: video.key, captions: captions.key, duration: 12 })
    await as(LEARNER)
    await both(pair, async (watcher) => {
      await watcher.go(learn(FILM))
      const drawn = await watcher.page.evaluate<{ cues: number; names: string[] }>(PLAY)
      expect(drawn.cues).toBe(cues.length)
      expect(drawn.names.filter((name) => !['span', 'i', 'b', 'u', 'ruby', 'rt'].includes(name))).toEqual([])
      await watcher.look()
    })
  })

  test('in names of uploaded files are names in the lesson, and harmless ones where they are saved', async () => {
    const names = [
      ...some(VECTORS, 4),
      ...['../../../../etc/passwd', 'C:\\Windows\\<svg onload=pwned()>', 'a"; filename="x.html'],
      ...['x.html\u202egpj', '%2e%2e%2fx%22%0d%0aSet-Cookie:a=b', "x'; filename*=UTF-8''evil.html"],
    ].map((name) => `${name}.txt`)
    const blocks: Node[] = []
    for (const name of names) {
      const { url: _url, ...file } = await upload(FILES, 'file', name, Buffer.from(VECTORS[0] ?? ''))
      expect(file.key).toMatch(new RegExp(`^${SCHOOL}/private/lessons/[0-9a-f]{32}\\.txt$`))
      expect(file.name).toBe(name)
      blocks.push(node('file', file))
    }
    await save(FILES, { document: docOf(blocks) })
    await as(LEARNER)
    await both(pair, async (watcher) => {
      await watcher.go(learn(FILES))
      expect(missing(names, await watcher.texts('.reading a[download]'))).toEqual([])
    })
    const hrefs = await attributes(pair[0], '.reading a[download]', 'href')
    expect(hrefs).toHaveLength(names.length)
    for (const path of hrefs) {
      const answer = await ask({ host: hostOf('texts'), path })
      expect(answer.status).toBe(200)
      expect(answer.headers).toMatchObject({
        'content-type': 'text/plain; charset=utf-8',
        'content-security-policy': "default-src 'none'; sandbox",
        'x-content-type-options': 'nosniff',
      })
      const disposition = answer.headers['content-disposition'] ?? ''
      const [, ascii = '', utf8 = ''] =
        /^attachment; filename="([^"\\]*)"; filename\*=UTF-8''([\w!#$&+.^`|~%-]+)$/.exec(disposition) ?? []
      for (const saved of [ascii, decodeURIComponent(utf8)]) {
        expect(saved).toMatch(/\.txt$/)
        expect(saved).not.toMatch(/[/\\:*?"<>|\p{C}\p{Zl}\p{Zp}]|^\./u)
      }
      expect((await ask({ host: hostOf('texts'), path: path.replace('&n=', '&n=x') })).status).toBe(404)
    }
  })

  test('in notes stand beside the lesson, and in the file of them', async () => {
    await put(
      `insert into "LessonNote" ("tenantId", "userId", "lessonId", body, quote, before, "createdAt")
       select $1, $2, $3, text, case when n % 2 = 0 then regexp_replace(text, '\\s+', ' ', 'g') end, left(text, 80), now() - n * interval '1 minute'
       from unnest($4::text[]) with ordinality as given(text, n)`,
      ...[LEARNER, NOTES, NOTED],
    )
    await as(LEARNER)
    await both(pair, async (watcher) => {
      const { page } = watcher
      await watcher.go(learn(NOTES))
      await watcher.ready('[data-shortcut=note]')
      await page.getByRole('button', { name: /^Notes \(/ }).click()
      await page.locator('[data-notes-panel] li').first().waitFor()
      await watcher.look()
      const bodies = await watcher.texts('[data-notes-panel] li p[dir=auto]')
      expect(missing(NOTED, bodies)).toEqual([])
      const quotes = NOTED.filter((_, index) => index % 2 === 1)
      expect(missing(quotes, await watcher.texts('[data-notes-panel] blockquote'))).toEqual([])
      const labels = await attributes(watcher, '[data-notes-panel] li [aria-label]', 'aria-label')
      const starts = NOTED.map((text) => `note: ${text.length > 40 ? `${text.slice(0, 40)}…` : text}`)
      expect(missing(starts, labels.map(shown))).toEqual([])
    })
    const typed = `Typed ${packed(VECTORS, 3000)[0] ?? ''}`
    const panel = pair[0].page.locator('[data-notes-panel]')
    await panel.getByRole('textbox', { name: 'New note' }).fill(typed)
    await pair[0].page.keyboard.press('Control+Enter')
    await panel.getByText('Note saved.').waitFor()
    await pair[0].look()
    const headers = cookieOf(await signIn(SCHOOL, LEARNER))
    const file = await ask({ host: hostOf('texts'), path: `/api/notes/${COURSE}`, headers })
    expect(file.headers).toMatchObject({
      'content-type': 'text/markdown; charset=utf-8',
      'content-disposition': 'attachment; filename="notes.md"',
      'x-content-type-options': 'nosniff',
    })
    expect(missing([...NOTED, typed], [shown(file.body)])).toEqual([])
  })

  test('in addresses are nothing but addresses, and come back as what was searched for', async () => {
    const typed = packed(VECTORS, 96)
    const visit = async (person: string, addresses: readonly Address[]): Promise<void> => {
      await as(person)
      const all = addresses.flatMap((address) => some([...VECTORS, ...typed], 1).map(address))
      await shareOut(pair, all, (watcher, path) => watcher.go(at(path), 'domcontentloaded'))
    }
    await visit(LEARNER, LEARNERS)
    await visit(ADMIN, TEACHERS)
    await shareOut(pair, some(typed, 2), async (watcher, text) => {
      for (const path of ['/courses', '/search', '/teach']) {
        await watcher.go(at(`${path}?q=${encodeURIComponent(text)}`), 'domcontentloaded')
        expect(shown(await watcher.page.locator('main search input[name=q]').inputValue())).toBe(shown(text))
        if (path === '/search') expect(shown(await watcher.page.title())).toContain(shown(text))
      }
    })
    await both(pair, async (watcher) => {
      await watcher.page.goto(at('/courses'), { waitUntil: 'networkidle' })
      await watcher.page.keyboard.press('Control+k')
      const field = watcher.page.getByRole('dialog').locator('input')
      for (const text of some(typed, 2)) {
        const asked = (url: string): boolean => new URL(url).searchParams.get('q') === text.trim()
        const answered = watcher.page.waitForResponse((response) => asked(response.url()))
        await field.fill(text)
        await answered
        await watcher.look()
        expect(await field.inputValue()).toBe(text)
      }
    })
  })
})
