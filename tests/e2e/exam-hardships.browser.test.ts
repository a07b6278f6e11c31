import type { BrowserContext } from 'playwright-core'
import { afterEach, beforeAll, describe, expect, test } from 'vitest'
import { CHROMIUM, picture, urlOf, visitor } from '#tests/support/browser'
import { owner } from '#tests/support/served'
import {
  attemptOf,
  enterAs,
  examStudent,
  held,
  makeExam,
  type Person,
  QUESTIONS,
  saved,
  setDeadline,
  startExam,
} from './exam-world'
import { violations } from './violations'

// A lid that was closed over the deadline, a browser that may keep nothing, and doors that are not open.

const TWO = QUESTIONS.slice(2, 4)

let who: Person
const open: BrowserContext[] = []

async function student(circumstances: Parameters<typeof visitor>[0] = {}) {
  const made = await visitor(circumstances)
  open.push(made.context)
  await enterAs(made.context, who)
  return made
}

describe.runIf(CHROMIUM)('an exam', () => {
  beforeAll(async () => {
    who = await examStudent()
  })

  afterEach(async () => {
    await Promise.all(open.splice(0).map((context) => context.close()))
  })

  test('goes on at its old end where more time was given while nothing was sent, and ends at the new one', async () => {
    const examId = await makeExam(who, 'More time', { questions: TWO })
    const { page } = await student()
    await startExam(page, examId)
    const { id } = await attemptOf(examId, who.userId)
    await setDeadline(id, 6)
    await page.getByRole('radio', { name: 'True' }).check()
    await saved(page)
    await page.getByText('Less than a minute left').waitFor()
    await setDeadline(id, 14)
    await page.locator('[data-time-left]', { hasText: '00:01' }).waitFor()
    await new Promise((done) => setTimeout(done, 4_000))
    expect((await attemptOf(examId, who.userId)).submittedAt).toBeNull()
    await page.getByRole('button', { name: 'Next' }).click()
    await page.getByLabel('Your answer').fill('In the time that was given')
    await saved(page)
    await page.locator('[data-exam-end=confirmed]').waitFor({ timeout: 60_000 })
    const ended = await attemptOf(examId, who.userId)
    expect(Number(ended.submittedAt) - Number(ended.deadlineAt)).toBeGreaterThanOrEqual(-50)
    expect(ended.answers).toMatchObject({
      answers: { qtext: { value: { text: 'In the time that was given' } } },
    })
  })

  test('keeps a file that arrives late beside one that overtook it, and says so before handing in', async () => {
    const drawing = QUESTIONS.filter(({ id }) => id === 'qfile')
    const examId = await makeExam(who, 'Two files', { questions: [...drawing, ...TWO] })
    const { page } = await student()
    await startExam(page, examId)
    const { promise: arrive, resolve: letArrive } = Promise.withResolvers<undefined>()
    await page.route(/\/api\/exams\/file\?.*slow/, async (route) => {
      await arrive
      await route.continue()
    })
    const send = (name: string) =>
      page
        .locator('input[type=file]')
        .setInputFiles({ name, mimeType: 'text/plain', buffer: Buffer.from(name) })
    await send('slow.txt')
    await page.getByText(/slow\.txt/).waitFor()
    await page.getByRole('button', { name: 'Next' }).click()
    await page.getByRole('button', { name: 'Previous' }).click()
    await send('quick.txt')
    await page.getByText('quick.txt').waitFor()
    await page.getByRole('button', { name: 'Hand in' }).first().click()
    await page.getByText('A file is still being sent').waitFor()
    expect(await violations(page)).toEqual([])
    await page.getByRole('button', { name: 'Go on writing' }).first().click()
    letArrive(undefined)
    await page.getByText('slow.txt').waitFor()
    await saved(page)
    await page.getByRole('button', { name: 'Hand in' }).first().click()
    expect(await page.getByText('A file is still being sent').count()).toBe(0)
    await page.getByRole('button', { name: 'Hand in now' }).click()
    await page.locator('[data-exam-end=confirmed]').waitFor()
    const { answers } = await attemptOf(examId, who.userId)
    expect(JSON.stringify(answers)).toMatch(/quick\.txt.*slow\.txt/)
  })

  test('takes a file that no single request carries, and goes on where its sending broke off', async () => {
    const drawing = QUESTIONS.filter(({ id }) => id === 'qfile').map((one) => ({
      ...one,
      maxBytes: 20_000_000,
    }))
    const examId = await makeExam(who, 'A large file', { questions: [...drawing, ...TWO] })
    const { page } = await student()
    await startExam(page, examId)
    let cut = false
    await page.route(/\/api\/exams\/file\?.*part=[^&]*-4194304-/, async (route) => {
      const first = !cut
      cut = true
      await (first ? route.abort() : route.continue())
    })
    const buffer = Buffer.alloc(9_500_000, 'a line of a long text\n')
    await page
      .locator('input[type=file]')
      .setInputFiles({ name: 'large.txt', mimeType: 'text/plain', buffer })
    await page.getByRole('button', { name: 'Try again' }).click()
    await page.getByRole('button', { name: /Remove.*large\.txt/ }).waitFor()
    await saved(page)
    expect(cut).toBe(true)
    const { id } = await attemptOf(examId, who.userId)
    const { rows } = await owner().query<{ bytes: string }>(
      `select bytes::text as bytes from "StoredFile" where kind = 'exam' and split_part(key, '/', 4) = $1`,
      [id],
    )
    expect(rows).toEqual([{ bytes: '9500000' }])
  })

  test('of more questions than one request holds is handed in whole after it was written without a connection', async () => {
    const many = Array.from({ length: 120 }, (_, place) => ({ ...QUESTIONS[2], id: `q${String(place)}` }))
    const examId = await makeExam(who, 'A hundred and twenty', { questions: many })
    const { page, context } = await student()
    await startExam(page, examId)
    await context.setOffline(true)
    for (let place = 0; place < many.length; place += 1) {
      await page.getByRole('radio', { name: 'True' }).check()
      if (place < many.length - 1) await page.getByRole('button', { name: 'Next' }).click()
    }
    await context.setOffline(false)
    await page.getByRole('button', { name: 'Hand in' }).first().click()
    await page.getByRole('button', { name: 'Hand in now' }).click()
    await page.locator('[data-exam-end=confirmed]').waitFor({ timeout: 60_000 })
    const { answers } = await attemptOf(examId, who.userId)
    const held = (answers as Readonly<{ answers: Readonly<Record<string, unknown>> }>).answers
    expect(Object.keys(held)).toHaveLength(many.length)
  })

  test('slept through is over when the lid opens: what had arrived counts, and the room says so at once', async () => {
    const examId = await makeExam(who, 'Asleep', { questions: TWO })
    const { page, context } = await student()
    await startExam(page, examId)
    const { id } = await attemptOf(examId, who.userId)
    await page.getByRole('radio', { name: 'True' }).check()
    await saved(page)
    await page.getByRole('button', { name: 'Next' }).click()
    // The machine sleeps: neither its scripts nor its connection go on, and the time does.
    const devtools = await context.newCDPSession(page)
    await page.getByLabel('Your answer').fill('Typed before the lid closed')
    await context.setOffline(true)
    await devtools.send('Page.setWebLifecycleState', { state: 'frozen' })
    await setDeadline(id, 1)
    await new Promise((done) => setTimeout(done, 6_000))
    await devtools.send('Page.setWebLifecycleState', { state: 'active' })
    await context.setOffline(false)
    await page.getByRole('heading', { name: 'Your time is over' }).waitFor()
    await page.locator('[data-exam-end=confirmed]').waitFor({ timeout: 60_000 })
    await picture(page, 'exam-slept-through')
    expect(await violations(page)).toEqual([])
    const ended = await attemptOf(examId, who.userId)
    expect(Number(ended.submittedAt)).toBe(Number(ended.deadlineAt))
    expect(ended.answers).toMatchObject({ answers: { qtruth: { value: { value: true } } } })
    expect(JSON.stringify(ended.answers)).not.toContain('Typed before')
  })

  test('in a browser that may keep nothing says so, saves all the same, and warns when it can’t', async () => {
    const examId = await makeExam(who, 'Private', { questions: TWO })
    const { page, context } = await student({ width: 360, height: 780, touch: true })
    await context.addInitScript(`{
      const denied = () => { throw new DOMException('denied', 'SecurityError') }
      indexedDB.open = denied
      Object.defineProperty(window, 'localStorage', { get: denied })
    }`)
    await startExam(page, examId)
    await page.getByText('This browser keeps nothing between visits').waitFor()
    await page.getByRole('radio', { name: 'True' }).check()
    await saved(page)
    await page.getByRole('button', { name: 'Next' }).click()
    await context.setOffline(true)
    await page.getByLabel('Your answer').fill('Only on this page')
    await page.getByText('a reload now would lose it').first().waitFor()
    expect(await violations(page)).toEqual([])
    await picture(page, 'exam-private')
    await context.setOffline(false)
    await saved(page)
    expect(await held(examId, who.userId)).toMatchObject({
      ...{ qtruth: { value: { value: true } }, qtext: { value: { text: 'Only on this page' } } },
    })
  })

  test.each([
    ['Not open yet', "now() + interval '2 days'", 'null'],
    ['Closed', "now() - interval '2 days'", "now() - interval '1 day'"],
  ] as const)(
    'that is %s says when, shows no question, and gives no way in',
    async (state, startDate, endDate) => {
      const examId = await makeExam(who, `Door: ${state}`, { questions: TWO, startDate, endDate })
      const { page, complaints } = await student({ dark: true })
      await page.goto(urlOf('acme.localhost', `/exams/${examId}`))
      await page.getByText(state, { exact: true }).first().waitFor()
      expect(await page.locator('main form').count()).toBe(0)
      expect(await page.content()).not.toContain('nobodysees')
      expect(await violations(page)).toEqual([])
      await picture(page, `exam-door-${state.toLowerCase().replaceAll(' ', '-')}`)
      expect(complaints).toEqual([])
    },
  )
})
