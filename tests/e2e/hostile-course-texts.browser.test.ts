import fc from 'fast-check'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { CHROMIUM, urlOf } from '#tests/support/browser'
import { hostOf } from '#tests/support/http'
import { isDue } from '#tests/support/rota'
import { owner } from '#tests/support/served'
import { actionRef, callAction } from './call-action'
import { both, closePair, metBy, openPair, type Pair, shareOut, shown, type Watcher } from './hostile-page'
import {
  ADMIN,
  DEEP,
  enterAs,
  HOST,
  makeHostileSchool,
  NAMABLE,
  PEOPLE,
  PERSON_NAMES,
  removeHostileSchool,
  SCHOOL,
  some,
} from './hostile-school'
import { cookieOf, signIn } from './sign-in'
import { packed, VECTORS } from './vectors'

// Whatever courses, modules, lessons, shelves and certificates are called and say of themselves: wherever they are
// listed they stand as the letters they are. Each page is seen by a browser as people have it and by one that ignores
// the policy.

const TEACHER = `${SCHOOL}n1`
const LEARNER = `${SCHOOL}p1`
const BIG = `${SCHOOL}big`
const DRAFT = `${SCHOOL}draft`

/** What a replacement, a template or the markup around a text could fall for, before and behind it. */
const ROUND = ['', ...`$& $' $\` $1 {title} {q} %s </span> </h3></li></ol> "> '> \`>`.split(' ')]
const made = fc
  .tuple(fc.constantFrom(...ROUND), fc.constantFrom(...VECTORS), fc.constantFrom(...ROUND))
  .map(([before, vector, after]) => `${before}${vector}${after}`)
/** All vectors, and seeded ones made of them; all different as they are shown. */
const TEXTS = [
  ...new Map([...VECTORS, ...fc.sample(made, DEEP ? 450 : 210)].map((text) => [shown(text), text])).values(),
].filter((text) => text.length <= 200)

const TITLES = packed(VECTORS, 190)
/** Titles of the catalogue's courses: all vectors, and some made of them. */
const COURSES = [...TITLES, ...TEXTS.slice(-(DEEP ? 28 : 4))]
const SHELVES = [
  ...new Map(VECTORS.filter((text) => text.length <= 60).map((text) => [text.toLowerCase(), text])).values(),
].slice(0, 49)
const MODULES = TEXTS.slice(DEEP ? -40 : -16).map((text, n) => `M${String(n + 1)} ${text}`.slice(0, 200))
const OUTCOMES = packed(VECTORS, 300).slice(0, 20)

/** One statement; `$1` is the school. */
async function put(statement: string, ...values: readonly unknown[]): Promise<void> {
  await owner().query(statement, [SCHOOL, ...values])
}
const numbered = 'from unnest($2::text[]) with ordinality as given(text, n)'
const paragraph = (text: string, marks: readonly object[] = []): object => ({
  ...{ type: 'paragraph', content: [{ type: 'text', text, marks }] },
})
const documentOf = (...content: readonly object[]): string => JSON.stringify({ type: 'doc', content })

async function addCatalogue(): Promise<void> {
  await put(
    `insert into "Course" (id, "tenantId", "instructorId", title, description, outcomes, status, "publishedAt")
     select $1 || 'k' || n, $1, $3, text, 'D' || n || ' ' || text, array['O' || n || ' ' || text, text], 'PUBLISHED',
       timestamptz '2026-01-01Z' + n * interval '1 hour' ${numbered}`,
    ...[COURSES, TEACHER],
  )
  await put(
    `insert into "Module" (id, "tenantId", "courseId", title, "order") select $1 || 'km' || n, $1, $1 || 'k' || n, text, 0 ${numbered}`,
    COURSES,
  )
  await put(
    `insert into "Lesson" (id, "tenantId", "moduleId", title, "order", preview, duration)
     select $1 || 'k' || n, $1, $1 || 'km' || n, text, 0, true, 60 ${numbered}`,
    COURSES,
  )
}

/** One course that holds every text as the title and as the words of a lesson; every fifth one waits for the one before. */
async function addBig(): Promise<void> {
  await put(
    `insert into "Course" (id, "tenantId", "instructorId", title, description, outcomes, status, "publishedAt", enrollment, "enrollmentKey")
     values ($1 || 'big', $1, $2, $3, $4, $5, 'PUBLISHED', now(), 'KEY', $6)`,
    ...[TEACHER, TITLES[1], VECTORS.join('\n\n'), OUTCOMES, VECTORS[17]],
  )
  await put(
    `insert into "Category" (id, "tenantId", name) select $1 || 's' || n, $1, text ${numbered}`,
    SHELVES,
  )
  await put(
    `insert into "CourseCategory" ("tenantId", "courseId", "categoryId") select $1, $1 || 'big', $1 || 's' || n ${numbered}`,
    SHELVES,
  )
  await put(
    `insert into "Module" (id, "tenantId", "courseId", title, "order") select $1 || c || 'm' || n, $1, $1 || c, text, n
     from unnest(array['big', 'k1', 'k2']) as c, unnest($2::text[]) with ordinality as given(text, n)`,
    MODULES,
  )
  await put(
    `insert into "Lesson" (id, "tenantId", "moduleId", title, "order", duration, content, "contentText", "releaseAfterId")
     select $1 || 'b' || n, $1, $1 || 'bigm' || (1 + n % $4::int), text, n, 60, content, text, case when n % 5 = 0 then $1 || 'b' || n - 1 end
     from unnest($2::text[], $3::text[]) with ordinality as given(text, content, n)`,
    ...[TEXTS, TEXTS.map((text) => documentOf(paragraph(text))), MODULES.length],
  )
}

/** Headings that leave out a level, and links that lead to no heading: what the publish page finds and names. */
const FAULTY = [...VECTORS, ...TEXTS.slice(-20)]
/** Modules of which all but the first have no lesson. */
const EMPTY = VECTORS.map((text) => `E ${text}`)
const anchorOf = (text: string): string => `#${text.replace(/[\s\\\p{C}\p{Zl}\p{Zp}]/gu, '_')}`
function faulty(text: string): string {
  const link = { type: 'link', attrs: { href: anchorOf(text) } }
  const heading = { ...paragraph(`H ${text}`), type: 'heading', attrs: { level: 4 } }
  return documentOf(heading, paragraph(text, [link]))
}

async function addDraft(): Promise<void> {
  await put(
    `insert into "Course" (id, "tenantId", "instructorId", title) values ($1 || 'draft', $1, $2, $3)`,
    ...[TEACHER, TITLES[2]],
  )
  await put(
    `insert into "Module" (id, "tenantId", "courseId", title, "order") select $1 || 'dm' || n, $1, $1 || 'draft', text, n ${numbered}`,
    EMPTY,
  )
  await put(
    `insert into "Lesson" (id, "tenantId", "moduleId", title, "order", content)
     select $1 || 'd' || n, $1, $1 || 'dm1', text, n, content from unnest($2::text[], $3::text[]) with ordinality as given(text, content, n)`,
    ...[FAULTY, FAULTY.map(faulty)],
  )
}

const codeOf = (index: number): string => `texts-certificate-${String(index + 1).padStart(8, '0')}`

/** The first learner takes all courses and has a certificate of each; all others take the big one. */
async function addLearning(): Promise<void> {
  await put(
    `insert into "Enrollment" ("tenantId", "userId", "courseId") select $1, u.id, c.id from "User" u join "Course" c on c."tenantId" = u."tenantId"
     where u."tenantId" = $1 and u.id like $1 || 'p%' and c.status = 'PUBLISHED' and (u.id = $2 or c.id = $1 || 'big')`,
    LEARNER,
  )
  await put(
    `insert into "Certificate" ("tenantId", "userId", "courseId", code, "learnerName", "courseTitle", "instructorName", "completedAt")
     select $1, $3, $1 || 'k' || n, 'texts-certificate-' || lpad(n::text, 8, '0'), 'L' || n || ' ' || text, text, 'I' || n || ' ' || text, now() ${numbered}`,
    ...[COURSES, LEARNER],
  )
  await put(
    `insert into "Badge" ("tenantId", "userId", type, about) select $1, $2, 'COURSE_COMPLETE', $1 || 'k' || n from generate_series(1, 8) as n`,
    LEARNER,
  )
  await put(
    `insert into "LiveClass" ("tenantId", "courseId", title, platform, "meetingUrl", "scheduledAt", duration)
     values ($1, $1 || 'big', $2, 'OTHER', 'https://meet.example.test/', now() + interval '2 days', 60)`,
    TITLES[0],
  )
}

let pair: Pair

const at = (path: string): string => urlOf(HOST, path)
const sorted = (texts: readonly string[]): string[] => texts.map(shown).sort()
const as = (person: string): Promise<void> => both(pair, (watcher) => enterAs(watcher, person))

/** Those of the texts that stand nowhere in what was shown. */
function missing(texts: readonly string[], pages: readonly string[] = []): string[] {
  const all = pages.join('\n')
  return texts.map(shown).filter((text) => !all.includes(text))
}

/** Looks whether texts stand among those of a selector's elements. */
async function stand(watcher: Watcher, texts: readonly string[], selector = 'main'): Promise<void> {
  expect(missing(texts, await watcher.texts(selector))).toEqual([])
}

/** The element that search results set words off with; what stands in a page as one of somebody's would have more. */
const OURS = / markup: <mark class="[^"]*">pwned<\/mark>$/

async function nothingRan(): Promise<void> {
  expect((await metBy(pair)).filter((alarm) => !OURS.test(alarm))).toEqual([])
}

describe.runIf(CHROMIUM && isDue(1, 3))('hostile texts of courses', () => {
  beforeAll(async () => {
    await makeHostileSchool()
    await addCatalogue()
    await addBig()
    await addDraft()
    await addLearning()
    pair = await openPair()
  })
  afterEach(nothingRan)
  afterAll(async () => {
    await closePair(pair)
    await removeHostileSchool()
  })

  test('are enough of them to mean something', async () => {
    expect(TEXTS.length).toBeGreaterThanOrEqual(DEEP ? 400 : 200)
    expect(missing(VECTORS, TEXTS.map(shown))).toEqual([])
    expect(missing(VECTORS, COURSES.map(shown))).toEqual([])
    await both(pair, (watcher) => watcher.go(at('/')))
  })

  test('stand in the catalogue, on its shelves, and on each of its cards', async () => {
    await both(pair, async (watcher) => {
      const [titles, cards] = await watcher.everyPage(at('/courses'), ['main h2 a', 'main article'])
      expect(titles?.sort()).toEqual(sorted([...COURSES, TITLES[1] ?? '']))
      const descriptions = COURSES.map((text, n) => `D${String(n + 1)} ${text}`)
      expect(missing([...descriptions, PERSON_NAMES[0] ?? ''], cards)).toEqual([])
      await watcher.go(at(`/courses?category=${SCHOOL}s1`))
      await stand(watcher, SHELVES, 'main nav')
    })
  })

  test('stand on a course’s page, in its title and in what engines read of it', async () => {
    await shareOut(pair, some([...COURSES.entries()], 6), async (watcher, [index, title]) => {
      await watcher.go(at(`/courses/${SCHOOL}k${String(index + 1)}`), 'domcontentloaded')
      expect(await watcher.text('main h1')).toBe(shown(title))
      expect(shown(await watcher.page.title())).toContain(shown(title))
      const described = await watcher.page.locator('meta[name=description]').getAttribute('content')
      expect(shown(described)).toBe(shown(`D${String(index + 1)} ${title}`.slice(0, 200)))
      await stand(watcher, [`O${String(index + 1)} ${title}`, `D${String(index + 1)} ${title}`])
    })
    await as(LEARNER)
    await both(pair, async (watcher) => {
      await watcher.go(at(`/courses/${BIG}`))
      await stand(watcher, [...VECTORS, ...SHELVES, ...OUTCOMES], 'main header')
      await stand(watcher, [TITLES[0] ?? '', PERSON_NAMES[0] ?? ''], 'main aside')
      await stand(watcher, TEXTS)
      expect((await watcher.texts('main h3')).sort()).toEqual(sorted(MODULES))
    })
  })

  test('stand around a lesson: in its heading, the outline, the way up and the way on', async () => {
    await as(LEARNER)
    const open = [...TEXTS.entries()].filter(([index]) => (index + 1) % 5 !== 0)
    await shareOut(pair, some(open, 4), async (watcher, [index, title]) => {
      await watcher.go(at(`/learn/${BIG}/${SCHOOL}b${String(index + 1)}`), 'domcontentloaded')
      expect(await watcher.text('main h1')).toBe(shown(title))
      expect(shown(await watcher.page.title())).toContain(shown(title))
      await stand(watcher, [title], '.reading')
      await stand(watcher, [TITLES[1] ?? ''], 'article nav')
      await stand(watcher, TEXTS, '[data-lesson] nav')
    })
    // A lesson that waits names the one that it waits for.
    await both(pair, async (watcher) => {
      await watcher.go(at(`/learn/${BIG}/${SCHOOL}b5`))
      await stand(watcher, [TEXTS[3] ?? '', TEXTS[4] ?? ''], 'main article')
    })
  })

  test('stand in the lists of those who teach, and on each page about a course', async () => {
    await as(ADMIN)
    const all = [...COURSES, TITLES[1] ?? '', TITLES[2] ?? '', PERSON_NAMES[0] ?? '']
    await both(pair, async (watcher) => {
      const [titles] = await watcher.everyPage(at('/teach'), ['tbody th a'])
      expect(titles?.sort()).toEqual(sorted(all))
      await watcher.go(at(`/teach/courses/${DRAFT}/publish`))
      await stand(watcher, [...FAULTY, ...FAULTY.map((text) => `H ${text}`), ...FAULTY.map(anchorOf)])
      await stand(watcher, EMPTY.slice(1))
      await watcher.go(at(`/teach/courses/${BIG}/details`))
      const value = async (field: string): Promise<string> =>
        shown(await watcher.page.locator(`main form [name=${field}]`).first().inputValue())
      expect(await value('title')).toBe(shown(TITLES[1]))
      expect(missing(VECTORS, [await value('description')])).toEqual([])
      expect(missing(OUTCOMES, [await value('outcomes')])).toEqual([])
      expect(await value('enrollmentKey')).toBe(shown(VECTORS[17]))
      await stand(watcher, SHELVES, 'main form')
      const [people] = await watcher.everyPage(at(`/teach/courses/${BIG}/people`), ['tbody th'])
      expect(missing(PEOPLE, people)).toEqual([])
    })
    await shareOut(pair, some([...TEXTS.entries()], 2), async (watcher, [index, title]) => {
      await watcher.go(at(`/teach/courses/${BIG}/preview/${SCHOOL}b${String(index + 1)}`))
      expect(await watcher.text('main h1')).toBe(shown(title))
      expect(shown(await watcher.page.title())).toContain(shown(title))
    })
  })

  test('stand in the outline that is edited, in its menus, and in what it says of a step', async () => {
    await as(ADMIN)
    await both(pair, async (watcher) => {
      await watcher.go(at(`/teach/courses/${BIG}`))
      await stand(watcher, [...TEXTS, ...MODULES], '[role=row]')
      const labelled = watcher.page.locator('[role=row] [aria-label]')
      const labels = await labelled.evaluateAll((all) => all.map((one) => one.getAttribute('aria-label')))
      expect(missing([...TEXTS, ...MODULES], labels.map(shown))).toEqual([])
    })
    await shareOut(pair, COURSES.slice(0, 2), async (watcher, title, index) => {
      const { page } = watcher
      await page.goto(at(`/teach/courses/${SCHOOL}k${String(index + 1)}`), { waitUntil: 'networkidle' })
      await page.locator('[role=row]').nth(1).locator('button').last().click()
      await page.locator('[role=menuitem]').first().waitFor()
      await watcher.look()
      await stand(watcher, MODULES, '[role=menu]')
      await page.getByRole('menuitem', { name: 'Delete' }).click()
      await page.getByRole('button', { name: 'Undo' }).waitFor()
      await watcher.look()
      await stand(watcher, [`Deleted “${shown(title)}”.`], 'main [role=status]')
      await page.getByRole('button', { name: 'Undo' }).click()
      await page.getByText('Undone.').waitFor()
    })
  })

  test('stand on the first page of who learns and of who teaches, and among certificates', async () => {
    await enterAs(pair[0], LEARNER)
    await enterAs(pair[1], TEACHER)
    await both(pair, async (watcher) => {
      await watcher.go(at('/dashboard'))
      await stand(watcher, [...COURSES, TITLES[1] ?? ''])
    })
    await stand(pair[0], [TITLES[0] ?? '', TEXTS[0] ?? ''])
    await as(LEARNER)
    await both(pair, async (watcher) => {
      const [titles, items] = await watcher.everyPage(at('/certificates'), ['main h3', 'main li'])
      expect(titles?.sort()).toEqual(sorted(COURSES))
      const teachers = COURSES.map((text, n) => `I${String(n + 1)} ${text}`)
      expect(missing(teachers, items)).toEqual([])
      await stand(watcher, COURSES.slice(0, 8), '[aria-labelledby=badges]')
    })
    await shareOut(pair, some([...COURSES.entries()], 6), async (watcher, [index, title]) => {
      await watcher.go(at(`/certificates/${codeOf(index)}`), 'domcontentloaded')
      const [learner, teacher] = [`L${String(index + 1)} ${title}`, `I${String(index + 1)} ${title}`]
      await stand(watcher, [learner, teacher])
      expect(shown(await watcher.page.title())).toContain(shown(learner))
    })
  })

  test('stand in what a search finds, and in the palette', async () => {
    await as(ADMIN)
    await both(pair, async (watcher) => {
      await watcher.go(at('/search?q=pwned'))
      const known = new Set([...TEXTS, ...COURSES, ...FAULTY, ...TITLES, PERSON_NAMES[0]].map(shown))
      const found = await watcher.texts('main h3 a')
      expect(found.length).toBeGreaterThanOrEqual(40)
      expect(found.filter((title) => !known.has(title))).toEqual([])
      expect(new Set(await watcher.texts('main mark'))).toEqual(new Set(['pwned']))
      await watcher.page.goto(at('/courses'), { waitUntil: 'networkidle' })
      await watcher.page.keyboard.press('Control+k')
      await watcher.page.getByRole('dialog').waitFor()
      await watcher.page.keyboard.type('pwned')
      await watcher.page.locator('[role=menuitem]').nth(9).waitFor()
      await watcher.look()
      const items = await watcher.texts('[role=menuitem]')
      const isKnown = (item: string): boolean =>
        known.has(item) ||
        [...known].some((title) => item.startsWith(`${title} · `) && known.has(item.slice(title.length + 3)))
      expect(items.filter((item) => !isKnown(item))).toEqual([])
    })
  })

  test('come back as they were typed into the forms of those who teach', async () => {
    const headers = cookieOf(await signIn(SCHOOL, ADMIN))
    const act = async (name: string, form: Readonly<Record<string, string>>): Promise<void> => {
      const { ref, paths } = actionRef('app/actions/teach.ts', name)
      await callAction({ ref, host: hostOf('texts'), path: paths.school ?? '/', form, headers })
    }
    const idOf = async (table: 'Course' | 'Module', title: string): Promise<string> => {
      const statement = `select id from "${table}" where "tenantId" = $1 and title = $2`
      return (await owner().query<{ id: string }>(statement, [SCHOOL, title])).rows[0]?.id ?? ''
    }
    await shareOut(pair, some(NAMABLE, 2), async (watcher, text, index) => {
      const named = (mark: string): string => `${mark}${String(index)} ${text}`
      const key = (): Readonly<{ key: string }> => ({ key: crypto.randomUUID() })
      await act('createCourse', { title: named('TC'), ...key() })
      const courseId = await idOf('Course', named('TC'))
      await act('addModule', { courseId, title: named('TM'), ...key() })
      await act('addLesson', {
        courseId,
        moduleId: await idOf('Module', named('TM')),
        title: named('TL'),
        ...key(),
      })
      const before = { description: '', outcomes: '', enrollment: 'OPEN', enrollmentKey: '' }
      const fixed = { title: named('TC'), timeZone: '', capacity: '' }
      const said = {
        description: named('TD'),
        outcomes: `${named('TO')}\n${text}`,
        enrollmentKey: named('TK'),
      }
      const base = JSON.stringify({ ...fixed, ...before, categories: '' })
      const newCategories = named('TS').slice(0, 60)
      await act('saveDetails', { courseId, base, ...fixed, ...said, enrollment: 'KEY', newCategories })
      await enterAs(watcher, ADMIN)
      await watcher.go(at(`/teach/courses/${courseId}/details`))
      for (const [field, value] of Object.entries({ title: named('TC'), ...said }))
        expect(await watcher.page.locator(`main form [name=${field}]`).first().inputValue()).toBe(value)
      await stand(watcher, [newCategories], 'main form')
      await watcher.go(at(`/teach/courses/${courseId}`))
      expect(await watcher.text('main h1')).toBe(shown(named('TC')))
      await stand(watcher, [named('TM'), named('TL')], '[role=row]')
    })
  })
})
