import type { BrowserContext } from 'playwright-core'
import { afterEach, beforeAll, describe, expect, test } from 'vitest'
import { CHROMIUM, picture, urlOf, visitor } from '#tests/support/browser'
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
