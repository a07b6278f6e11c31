import type { BrowserContext, Page } from 'playwright-core'
import { afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { CHROMIUM, urlOf, visitor } from '#tests/support/browser'
import { ask, hostOf } from '#tests/support/http'
import { owner } from '#tests/support/served'
import { enter } from './enter'
import { filmLesson, type Lesson, openLesson } from './film'
import { cookieOf, signIn } from './sign-in'
import { violations } from './violations'

// Notes beside a lesson: written, found again in the text, taken along, and nobody else's.

let lesson: Lesson
let context: BrowserContext
let page: Page
let complaints: string[]

type Row = Readonly<{ body: string; atSecond: number | null; quote: string | null; createdAt: Date }>

async function rows(): Promise<Row[]> {
  const found = await owner().query<Row>(
    `select body, "atSecond", quote, "createdAt" from "LessonNote" where "userId" = $1 order by "createdAt", id`,
    [lesson.userId],
  )
  return found.rows
}

/** Selects the first words of the text's first paragraph, as a pointer would. @returns them */
async function selectWords(): Promise<string> {
  const words: unknown = await page.evaluate(`(() => {
    const text = document.createTreeWalker(document.querySelector('.reading p'), NodeFilter.SHOW_TEXT).nextNode()
    const range = document.createRange()
    range.setStart(text, 0)
    range.setEnd(text, Math.min(30, text.data.trimEnd().length))
    getSelection().removeAllRanges()
    getSelection().addRange(range)
    return range.toString()
  })()`)
  return String(words).replace(/\s+/g, ' ').trim()
}

const marked = () => page.evaluate(`CSS.highlights.get('smartlms-noted')?.size ?? 0`)
const panel = () => page.getByRole('complementary', { name: 'Your notes' })

async function write(body: string): Promise<void> {
  await panel().getByRole('textbox', { name: 'New note' }).fill(body)
  await page.keyboard.press('Control+Enter')
  await panel().getByText('Note saved.').waitFor()
}

describe.runIf(CHROMIUM)('notes beside a lesson', () => {
  beforeAll(async () => {
    lesson = await filmLesson()
  })

  beforeEach(async () => {
    await owner().query('delete from "LessonNote"')
    ;({ context, page, complaints } = await visitor())
    await enter(context, 'student')
    await openLesson(page, lesson)
  })

  afterEach(() => context.close())

  test('about a passage: a button beside the selection, and a mark in the text that is there again next time', async () => {
    const quote = await selectWords()
    await page.getByRole('button', { name: 'Note about the selection' }).click()
    await write('So that is why')
    expect(await rows()).toMatchObject([{ body: 'So that is why', quote, atSecond: null }])
    expect(await marked()).toBe(1)
    await openLesson(page, lesson)
    expect(await marked()).toBe(1)
    await page.getByRole('button', { name: 'Notes (1)' }).click()
    await panel().getByRole('button', { name: 'Show the passage' }).click()
    expect(await page.evaluate(`CSS.highlights.get('smartlms-shown').size`)).toBe(1)
    expect(complaints).toEqual([])
  })

  test('by keys alone: the selection, the second of the film, or the lesson', async () => {
    await selectWords()
    await page.keyboard.press('n')
    await write('By key')
    await page.keyboard.press('Escape')
    await panel().waitFor({ state: 'hidden' })
    await page.evaluate(`getSelection().removeAllRanges(); document.querySelector('video').currentTime = 5`)
    await page.getByRole('button', { name: 'Note at 0:05' }).waitFor()
    await page.keyboard.press('n')
    await write('At five')
    await panel().getByRole('radio', { name: 'The lesson' }).check()
    await write('About it all')
    expect((await rows()).map(({ body, atSecond, quote }) => [body, atSecond, quote !== null])).toEqual([
      ['By key', null, true],
      ['At five', 5, false],
      ['About it all', null, false],
    ])
    await page.evaluate(`document.querySelector('video').currentTime = 0`)
    await panel().getByRole('button', { name: 'Play from 0:05' }).click()
    expect(await page.evaluate(`document.querySelector('video').currentTime`)).toBe(5)
  })

  test('are changed, deleted at once, and brought back as they were', async () => {
    await page.keyboard.press('n')
    await write('First words')
    const [before] = await rows()
    await panel().getByRole('button', { name: 'Edit the note: First words' }).click()
    await panel().getByRole('textbox', { name: 'Note', exact: true }).fill('Better words')
    await panel().getByRole('button', { name: 'Save', exact: true }).click()
    await panel().getByText('Better words').waitFor()
    await panel().getByRole('button', { name: 'Delete the note: Better words' }).click()
    await panel().getByText('Note deleted.').waitFor()
    expect(await rows()).toEqual([])
    await panel().getByRole('button', { name: 'Undo' }).click()
    await panel().getByText('Better words').waitFor()
    expect(await rows()).toEqual([{ ...before, body: 'Better words' }])
    expect(await page.evaluate(`document.activeElement.getAttribute('aria-label')`)).toBe(
      'Edit the note: Better words',
    )
  })

  test('say so when their passage is gone from the text', async () => {
    await owner().query(
      `insert into "LessonNote" ("tenantId", "userId", "lessonId", body, quote, before) values ($1, $2, $3, 'Old', 'Words that nobody wrote', '')`,
      [lesson.tenantId, lesson.userId, lesson.lessonId],
    )
    await openLesson(page, lesson)
    await page.getByRole('button', { name: 'Notes (1)' }).click()
    await panel().getByText('The text has changed').waitFor()
    expect(await marked()).toBe(0)
  })

  test('that were begun are there again after a reload; an empty one is not saved, and says so', async () => {
    await page.keyboard.press('n')
    await panel().getByRole('textbox', { name: 'New note' }).press('Control+Enter')
    await panel().getByText('Write something first.').waitFor()
    await panel().getByRole('textbox', { name: 'New note' }).fill('Half a thought')
    await openLesson(page, lesson)
    await page.keyboard.press('n')
    await panel().waitFor()
    expect(await panel().getByRole('textbox', { name: 'New note' }).inputValue()).toBe('Half a thought')
    await write('A whole one')
    await openLesson(page, lesson)
    await page.keyboard.press('n')
    expect(await panel().getByRole('textbox', { name: 'New note' }).inputValue()).toBe('')
  })

  test('keep what was typed when they can’t be sent', async () => {
    await page.keyboard.press('n')
    await panel().getByRole('textbox', { name: 'New note' }).fill('Under ground')
    await context.setOffline(true)
    await page.keyboard.press('Control+Enter')
    await panel().getByText('This couldn’t be sent').waitFor()
    await context.setOffline(false)
    expect(await panel().getByRole('textbox', { name: 'New note' }).inputValue()).toBe('Under ground')
    await page.keyboard.press('Control+Enter')
    await panel().getByText('Note saved.').waitFor()
    expect(await rows()).toMatchObject([{ body: 'Under ground' }])
  })

  test('are shown to nobody else, and leave as a file for their author alone', async () => {
    await page.keyboard.press('n')
    await write('zz-private-zz')
    const path = `/api/notes/${lesson.courseId}`
    const own = await ask({
      host: hostOf('acme'),
      path,
      headers: cookieOf(await signIn(lesson.tenantId, lesson.userId)),
    })
    expect(own.status).toBe(200)
    expect(own.headers['content-disposition']).toContain('attachment')
    expect(own.body).toContain('zz-private-zz')
    const { rows: others } = await owner().query<{ id: string; tenant: string; subdomain: string }>(
      `select u.id, t.id as tenant, t.subdomain from "User" u join "Tenant" t on t.id = u."tenantId"
       where u.email in ('admin@acme.test', 'instructor@acme.test', 'admin@globex.test')`,
    )
    expect(others).toHaveLength(3)
    for (const { id, tenant, subdomain } of others) {
      const headers = cookieOf(await signIn(tenant, id))
      const file = await ask({ host: hostOf(subdomain), path, headers })
      const seen = await ask({
        host: hostOf(subdomain),
        path: `/learn/${lesson.courseId}/${lesson.lessonId}`,
        headers,
      })
      expect(file.status).toBe(404)
      expect(`${file.body}${seen.body}`).not.toContain('zz-private-zz')
    }
    const log = await owner().query<{ text: string }>(
      `select row_to_json(a)::text as text from "AuditLog" a where action = 'note.create'`,
    )
    expect(log.rows.length).toBeGreaterThan(0)
    expect(log.rows.map(({ text }) => text).join()).not.toContain('zz-private-zz')
  })

  test.each([
    [360, 'light'],
    [1440, 'dark'],
  ] as const)('open at %i px, %s: nothing that WCAG 2.2 AA forbids', async (width, colorScheme) => {
    await page.setViewportSize({ width, height: 800 })
    await page.emulateMedia({ colorScheme })
    await selectWords()
    await page.keyboard.press('n')
    await write('Reachable by everybody')
    expect(await violations(page)).toEqual([])
  })

  test('on a phone lie in a sheet over the lower part of the text', async () => {
    await page.setViewportSize({ width: 360, height: 740 })
    await page
      .getByRole('button', { name: 'New note' })
      .or(page.getByRole('button', { name: /^Note at/ }))
      .click()
    await panel().waitFor()
    const box = await panel().boundingBox()
    expect(box?.width).toBe(360)
    expect(box?.y ?? 0).toBeGreaterThan(200)
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(360)
  })

  test('a visitor’s page has none', async () => {
    await context.clearCookies()
    const { rows: previews } = await owner().query<{ path: string }>(
      `select '/learn/' || m."courseId" || '/' || l.id as path from "Lesson" l join "Module" m on m.id = l."moduleId"
         join "Course" c on c.id = m."courseId" where l."tenantId" = $1 and l.preview and c.status = 'PUBLISHED' and l."deletedAt" is null limit 1`,
      [lesson.tenantId],
    )
    await page.goto(urlOf('acme.localhost', previews[0]?.path ?? '/'))
    expect(await page.getByRole('button', { name: /note/i }).count()).toBe(0)
  })
})
