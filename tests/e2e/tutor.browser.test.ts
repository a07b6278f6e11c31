import type { BrowserContext, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, inject, test } from 'vitest'
import { startWeb, untilAlive, type Web } from '#scripts/screenshots/throwaway'
import { CHROMIUM, picture, urlOf, visitor } from '#tests/support/browser'
import { modelServer, type ModelServer } from '#tests/support/model-server'
import { owner } from '#tests/support/served'
import { enter } from './enter'
import { withoutExams } from './tutor-world'
import { violations } from './violations'

// The tutor beside a lesson: asked, answered as it comes, followed to the passage; closed in an exam; read by the teacher.

const HOST = 'acme.localhost'
const QUESTION = 'Why does my left join lose customers when I filter on April?'

type Lesson = Readonly<{ courseId: string; lessonId: string; userId: string; tenantId: string }>

let lesson: Lesson
let server: ModelServer
let modelled: Web
let context: BrowserContext
let page: Page
let complaints: string[]

async function lessonOf(course: string, title: string): Promise<Lesson> {
  const { rows } = await owner().query<Lesson>(
    `select c.id as "courseId", l.id as "lessonId", u.id as "userId", c."tenantId" from "Course" c
       join "Module" m on m."courseId" = c.id join "Lesson" l on l."moduleId" = m.id
       join "Tenant" t on t.id = c."tenantId" and t.subdomain = 'acme'
       join "User" u on u."tenantId" = t.id and u.email = 'student@acme.test'
     where c.title = $1 and l.title = $2`,
    [course, title],
  )
  if (rows[0] === undefined) throw new Error('The demo world lacks this lesson.')
  return rows[0]
}

const panel = () => page.getByRole('complementary', { name: 'Tutor' })
const box = () => panel().getByRole('textbox', { name: 'Your question' })
const pathOf = ({ courseId, lessonId }: Lesson): string => `/learn/${courseId}/${lessonId}`

async function open(address = urlOf(HOST, pathOf(lesson))): Promise<void> {
  await page.goto(address, { waitUntil: 'networkidle' })
  await page.getByRole('link', { name: 'Ask the tutor' }).click()
  await box().waitFor()
}

async function sendQuestion(text: string): Promise<void> {
  await box().fill(text)
  await page.keyboard.press('Enter')
}

const onModel = () => `http://${HOST}:${String(modelled.port)}${pathOf(lesson)}`

const forget = () =>
  owner().query(
    `delete from "AIChat" h using "TutorQuestion" q where q."chatId" = h.id and h."userId" = $1 and q."askedAt" > now() - interval '1 hour'`,
    [lesson.userId],
  )

describe.runIf(CHROMIUM)('the tutor', () => {
  beforeAll(async () => {
    lesson = await lessonOf('SQL for curious people', 'Joining two tables')
    await withoutExams(lesson.courseId)
    server = await modelServer()
    const { PORT: _port, ...environment } = inject('served').workerEnvironment
    modelled = await startWeb(
      { ...environment, AI_PROVIDER: 'openai-compatible', AI_BASE_URL: server.baseUrl, AI_MODEL: 'test' },
      inject('served').folder,
    )
    await untilAlive(modelled)
    // The first question of a process loads what asks a model: it may be late.
    ;({ context, page } = await visitor())
    await enter(context, 'student')
    await open(onModel())
    await sendQuestion(QUESTION)
    await panel().getByText('The answer is there.').waitFor({ state: 'attached' })
    await context.close()
  })

  afterAll(async () => {
    await modelled.stop()
    await server.close()
  })

  beforeEach(async () => {
    await forget()
    ;({ context, page, complaints } = await visitor())
    await enter(context, 'student')
  })

  afterEach(() => context.close())

  test('quotes the course where no model is set up, and each number leads to its paragraph', async () => {
    await open()
    await panel().getByText('No language model is at work here.').waitFor()
    await panel().getByText('without names').waitFor()
    await panel().getByText('40 questions left today').waitFor()
    expect(await page.evaluate(`document.activeElement.tagName`)).toBe('TEXTAREA')
    await sendQuestion(QUESTION)
    await panel().getByText('Quoted from the course.').waitFor()
    await panel().getByText('39 questions left today').waitFor()
    expect(await box().inputValue()).toBe('')
    await picture(page, 'tutor-quoted')
    expect(await violations(page)).toEqual([])
    const source = panel()
      .getByRole('listitem')
      .getByRole('link', { name: 'Keeping the ones without a match' })
      .first()
    const href = (await source.getAttribute('href')) ?? ''
    await source.click()
    await page.waitForURL((url) => url.href.includes('#p-'))
    const target = page.locator(`[id="${href.split('#')[1] ?? ''}"]`)
    await target.waitFor()
    expect(await target.evaluate((element) => element.matches(':target'))).toBe(true)
    expect(
      await target.evaluate((element) => {
        const { top } = element.getBoundingClientRect()
        return top >= 0 && top < innerHeight
      }),
    ).toBe(true)
    await picture(page, 'tutor-citation')
    expect(complaints).toEqual([])
  })

  test('shows a model’s words as they come, stops, begins anew and finds what was asked before', async () => {
    server.behave({
      kind: 'says',
      pieces: [
        'A condition ',
        'in **ON** ',
        'decides which orders match. [1]\n\n',
        '- first\n',
        '- <img src=x onerror=alert(1)>',
      ],
      pause: 250,
    })
    await open(onModel())
    await sendQuestion(QUESTION)
    await panel().getByText('A condition').waitFor()
    expect(await panel().getByRole('log').getAttribute('aria-busy')).toBe('true')
    await picture(page, 'tutor-streaming')
    await panel().getByText('The answer is there.').waitFor({ state: 'attached' })
    expect(await panel().getByRole('log').getAttribute('aria-busy')).toBe('false')
    await panel().locator('strong', { hasText: 'ON' }).waitFor()
    await panel().getByText('<img src=x onerror=alert(1)>').waitFor()
    expect(await panel().locator('img').count()).toBe(0)
    server.behave({ kind: 'says', pieces: ['One. ', 'Two. ', 'Three. ', 'Four. ', 'Five. '], pause: 400 })
    await sendQuestion('And how do I group the orders of a customer?')
    await panel().getByText('One.').waitFor()
    await panel().getByRole('button', { name: 'Stop' }).click()
    await panel().getByText('You stopped this answer.').waitFor()
    await panel().getByRole('button', { name: 'New conversation' }).click()
    await panel().getByText('What would you like to understand?').waitFor()
    await panel().getByText('Earlier conversations').click()
    await panel().getByRole('button', { name: QUESTION }).click()
    await panel().getByText('You stopped this answer.').waitFor()
    await picture(page, 'tutor-earlier')
    await page.keyboard.press('Escape')
    expect(complaints).toEqual([])
  })

  test('says that a model gave no answer in time, and quotes', async () => {
    server.behave({ kind: 'silent' })
    await open(onModel())
    const from = Date.now()
    await sendQuestion(QUESTION)
    await panel().getByText('The language model gave no answer in time').waitFor()
    // The three seconds are the server’s (tests/integration/tutor/model.test.ts); a busy browser needs more to show them.
    expect(Date.now() - from).toBeLessThan(8_000)
    await picture(page, 'tutor-late')
  })

  test('keeps what was typed when it doesn’t arrive, and asks it once when it does', async () => {
    await open()
    await context.setOffline(true)
    await sendQuestion(QUESTION)
    await panel().getByText('That didn’t arrive.').waitFor()
    expect(await box().inputValue()).toBe(QUESTION)
    await context.setOffline(false)
    await page.keyboard.press('Enter')
    await panel().getByText('Quoted from the course.').waitFor()
    const { rows } = await owner().query(
      `select from "TutorQuestion" where "userId" = $1 and "askedAt" > now() - interval '1 minute'`,
      [lesson.userId],
    )
    expect(rows).toHaveLength(1)
  })

  test('is a sheet on a phone, by thumb, in the dark', async () => {
    await context.close()
    ;({ context, page, complaints } = await visitor({ width: 360, height: 740, touch: true, dark: true }))
    await enter(context, 'student')
    await open()
    await sendQuestion(QUESTION)
    await panel().getByText('Quoted from the course.').waitFor()
    expect(await page.evaluate(`document.documentElement.scrollWidth`)).toBe(360)
    expect(await violations(page)).toEqual([])
    await picture(page, 'tutor-phone')
  })

  test('gives way to the notes, and they to it', async () => {
    await open()
    await page.keyboard.press('Escape')
    await panel().waitFor({ state: 'hidden' })
    await page.getByRole('button', { name: 'Notes', exact: true }).click()
    await page.getByRole('complementary', { name: 'Your notes' }).waitFor()
    await page.getByRole('link', { name: 'Ask the tutor' }).focus()
    await page.keyboard.press('Enter')
    await box().waitFor()
    await page.getByRole('complementary', { name: 'Your notes' }).waitFor({ state: 'hidden' })
    expect(complaints).toEqual([])
  })

  test('is closed to whoever may write an exam of the course', async () => {
    const closed = await lessonOf('Statistics you can trust', 'Where is the middle?')
    await page.goto(urlOf(HOST, pathOf(closed)), { waitUntil: 'networkidle' })
    await page.getByRole('link', { name: 'Ask the tutor' }).click()
    await panel().getByText('“Final exam: reading the evidence” can be written at the moment.').waitFor()
    expect(await box().count()).toBe(0)
    expect(await violations(page)).toEqual([])
    await picture(page, 'tutor-exam')
  })

  test('lets its learner delete what they asked, by keyboard and for good', async () => {
    await open()
    await sendQuestion('What does deleting this leave?')
    await panel()
      .getByText(/Quoted from the course|says nothing|found nothing/)
      .waitFor()
    await page.goto(urlOf(HOST, `/courses/${lesson.courseId}/tutor`), { waitUntil: 'networkidle' })
    await page.getByRole('link', { name: /What does deleting this leave/ }).click()
    await page.getByRole('button', { name: 'Delete this conversation' }).focus()
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { name: 'Delete this conversation?' }).waitFor()
    await picture(page, 'tutor-delete')
    expect(await violations(page)).toEqual([])
    // Escape leaves all as it was.
    await page.keyboard.press('Escape')
    await page.getByRole('button', { name: 'Delete this conversation' }).focus()
    await page.keyboard.press('Enter')
    await page.getByRole('button', { name: 'Delete', exact: true }).focus()
    await page.keyboard.press('Enter')
    await page.getByRole('status').filter({ hasText: 'Deleted.' }).waitFor()
    expect(await page.getByRole('link', { name: /What does deleting this leave/ }).count()).toBe(0)
    const { rows } = await owner().query(
      `select from "AIChat" where messages::text like '%deleting this leave%'`,
    )
    expect(rows).toEqual([])
    const { rows: logged } = await owner().query<{ text: string }>(
      `select coalesce(after::text, '') as text from "AuditLog" where action = 'tutor.forget'`,
    )
    expect(logged.length).toBeGreaterThan(0)
    expect(JSON.stringify(logged)).not.toContain('deleting')
    expect(complaints).toEqual([])
  })

  test('is gone from every lesson of a school that switches it off, and its teachers read why', async () => {
    await context.close()
    ;({ context, page, complaints } = await visitor())
    await enter(context, 'admin')
    const set = async (on: boolean): Promise<void> => {
      await page.goto(urlOf(HOST, '/admin/settings'), { waitUntil: 'networkidle' })
      await page.getByRole('checkbox', { name: 'Learners may ask the tutor' }).setChecked(on)
      await page.getByRole('button', { name: 'Save settings' }).click()
      await page.getByRole('status').filter({ hasText: 'Saved' }).waitFor()
    }
    await set(false)
    try {
      await page.goto(urlOf(HOST, pathOf(lesson)), { waitUntil: 'networkidle' })
      expect(await page.getByRole('link', { name: 'Ask the tutor' }).count()).toBe(0)
      await page.goto(urlOf(HOST, `/teach/courses/${lesson.courseId}/tutor`), { waitUntil: 'networkidle' })
      await page.getByText('The tutor is switched off in this school').waitFor()
      expect(await violations(page)).toEqual([])
    } finally {
      await set(true)
    }
    await page.goto(urlOf(HOST, pathOf(lesson)), { waitUntil: 'networkidle' })
    await page.getByRole('link', { name: 'Ask the tutor' }).waitFor()
    expect(complaints).toEqual([])
  })

  test('can be read without a script, and by its teacher without names', async () => {
    await context.close()
    ;({ context, page } = await visitor({ javaScript: false }))
    await enter(context, 'student')
    await page.goto(urlOf(HOST, pathOf(lesson)))
    await page.getByRole('link', { name: 'Ask the tutor' }).click()
    await page.getByRole('heading', { name: 'Conversations with the tutor' }).waitFor()
    await page.getByRole('link', { name: /My left join loses the museum/ }).click()
    await page.getByText('Got it, the museum is back. Thank you!').waitFor()
    await page.getByRole('link', { name: '2: The value that is not there' }).waitFor()
    await picture(page, 'tutor-conversation')
    await context.close()
    ;({ context, page, complaints } = await visitor())
    await enter(context, 'instructor')
    await page.goto(urlOf(HOST, `/teach/courses/${lesson.courseId}/tutor?days=120`), {
      waitUntil: 'networkidle',
    })
    await page.getByText('Why does WHERE price = NULL find nothing?').waitFor()
    const shown = await page.locator('main').innerText()
    const { rows } = await owner().query<{ name: string }>(
      `select name from "User" where "tenantId" = $1 and role = 'STUDENT'`,
      [lesson.tenantId],
    )
    for (const { name } of rows) expect(shown).not.toContain(name)
    await picture(page, 'tutor-asked')
    await page.getByRole('radio', { name: 'Hints only' }).check()
    await page.getByRole('button', { name: 'Save' }).click()
    await page.getByText('The tutor is set.').waitFor()
    expect(await page.getByRole('radio', { name: 'Hints only' }).isChecked()).toBe(true)
    expect(complaints).toEqual([])
    const { rows: logged } = await owner().query(
      `select from "AuditLog" where action = 'tutor.settings' and "targetId" = $1`,
      [lesson.courseId],
    )
    expect(logged).toHaveLength(1)
    await owner().query(`update "Course" set tutor = '{}' where id = $1`, [lesson.courseId])
  })
})
