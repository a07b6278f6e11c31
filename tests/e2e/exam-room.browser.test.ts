import type { BrowserContext, Page } from 'playwright-core'
import { afterEach, beforeAll, describe, expect, test } from 'vitest'
import { CHROMIUM, picture, urlOf, visitor } from '#tests/support/browser'
import {
  attemptOf,
  enterAs,
  eventually,
  examStudent,
  goTo,
  held,
  KEY_MARK,
  kindsOfEvents,
  makeExam,
  type Person,
  pressStart,
  QUESTIONS,
  saved,
  setDeadline,
  startExam,
} from './exam-world'
import { violations } from './violations'

// No acknowledged answer is lost and none is claimed that wasn't taken, whatever happens to the page, the connection
// and the clock. The answers of a browser are read from the server's tables.

const TWO = QUESTIONS.slice(2, 4)
const DEEP = process.env['SMARTLMS_DEEP'] === '1'

let who: Person
const open: BrowserContext[] = []

async function student(circumstances: Parameters<typeof visitor>[0] = {}) {
  const made = await visitor(circumstances)
  open.push(made.context)
  await enterAs(made.context, who)
  return made
}

const value = async (examId: string, questionId: string) =>
  (await held(examId, who.userId))[questionId]?.value

async function answerAll(page: Page): Promise<void> {
  await page.getByRole('radio', { name: 'Jupiter' }).check()
  await page.getByRole('button', { name: 'Next' }).click()
  await page.getByRole('checkbox', { name: 'Two' }).check()
  await page.getByRole('checkbox', { name: 'Three' }).check()
  await page.getByRole('button', { name: 'Next' }).click()
  await page.getByRole('radio', { name: 'False' }).check()
  await page.getByRole('button', { name: 'Next' }).click()
  await page.getByLabel('Your answer').fill('Paris')
  await page.getByRole('button', { name: 'Next' }).click()
  await page.getByLabel('Number').fill('forty-two')
  await page.getByText('This isn’t a number yet. Write it in digits.').waitFor()
  await page.getByLabel('Number').fill('42.195')
  await page.getByLabel('Unit').fill('km')
  await page.getByRole('button', { name: 'Next' }).click()
  await page.getByLabel('Dog').selectOption({ label: 'Barks' })
  await page.getByLabel('Cat').selectOption({ label: 'Purrs' })
  await page.getByRole('button', { name: 'Next' }).click()
  // Whatever order they come in: a mouse moved to the top is an answer.
  const up = page.getByRole('button', { name: 'Move up: Mouse' })
  await page.getByRole('button', { name: 'This order is right' }).click()
  for (let step = 0; step < 2; step += 1)
    if ((await up.getAttribute('aria-disabled')) === null) await up.click()
  await page.getByRole('button', { name: 'Next' }).click()
  await page.getByLabel('Gap 1').fill('red')
  await page.getByLabel('Gap 2').fill('blue')
  await page.getByRole('button', { name: 'Next' }).click()
  await page.getByLabel('Your answer').fill('Because the universe is young.')
  await page.getByText('5 words').waitFor()
  await page.getByRole('button', { name: 'Next' }).click()
}

/** Types half a second before the end: too late for a save of its own. */
async function writeInTheLastSecond(page: Page, text: string): Promise<void> {
  await page.evaluate(`new Promise((resolve) => {
    const write = () => {
      const field = document.querySelector('input[maxlength="2000"]')
      Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value').set.call(field, '${text}')
      field.dispatchEvent(new Event('input', { bubbles: true }))
      resolve()
    }
    const look = () => {
      const left = document.querySelector('[data-time-left]').textContent
      if (left === '00:01') setTimeout(write, 500)
      else setTimeout(look, 20)
    }
    look()
  })`)
}

/** What the console says of a refused code, and of requests without a connection, is what the test is about. */
const unexpected = (complaints: readonly string[]): string[] =>
  complaints.filter((text) => !/status of 422|ERR_INTERNET_DISCONNECTED/.test(text))

describe.runIf(CHROMIUM)('an exam', () => {
  beforeAll(async () => {
    who = await examStudent()
  })

  afterEach(async () => {
    await Promise.all(open.splice(0).map((context) => context.close()))
  })

  test('is taken on a phone, all ten kinds, with the connection cut twice and a reload in the middle', async () => {
    const examId = await makeExam(who, 'Ten kinds of questions', {
      settings: { passPercent: 50, negativePercent: 25, review: { key: true } },
      instructions: 'Take your time.\nRead twice.',
    })
    const { page, context, complaints } = await student({ width: 360, height: 740 })
    const bodies: string[] = []
    page.on('response', (response) => {
      if (response.url().includes('localhost'))
        response.text().then(
          (text) => bodies.push(text),
          () => undefined,
        )
    })
    await page.goto(urlOf('acme.localhost', `/exams/${examId}`))
    await page.getByRole('heading', { name: 'Ten kinds of questions' }).waitFor()
    await picture(page, 'exam-before-360')
    await startExam(page, examId)
    await picture(page, 'exam-room-360')
    await answerAll(page)
    await page.locator('input[type=file]').setInputFiles({
      ...{ name: 'My drawing.txt', mimeType: 'text/plain', buffer: Buffer.from('A house and a tree.') },
    })
    await page.getByText('my-drawing.txt').waitFor()
    await saved(page)
    await context.setOffline(true)
    await goTo(page, 4)
    await page.getByLabel('Your answer').fill('Lyon')
    await page.getByText('Offline: kept on this device').first().waitFor()
    await picture(page, 'exam-offline-360')
    expect(await value(examId, 'qtext')).toMatchObject({ text: 'Paris' })
    await context.setOffline(false)
    await saved(page)
    expect(await value(examId, 'qtext')).toMatchObject({ text: 'Lyon' })
    await context.setOffline(true)
    await page.getByLabel('Your answer').fill('Paris again')
    await page.getByText('Offline: kept on this device').first().waitFor()
    // The page goes while the server can't be reached: what it kept comes with the next one.
    page.on('dialog', (dialog) => void dialog.accept())
    await page.close()
    await context.setOffline(false)
    const second = await context.newPage()
    await second.goto(urlOf('acme.localhost', `/exams/${examId}`))
    await second.getByRole('heading', { name: 'Question 4 of 10' }).waitFor()
    expect(await second.getByLabel('Your answer').inputValue()).toBe('Paris again')
    await saved(second)
    expect(await value(examId, 'qtext')).toMatchObject({ text: 'Paris again' })
    await second.getByRole('button', { name: 'Flag for review' }).click()
    await goTo(second, 10)
    await second.getByRole('button', { name: 'Hand in' }).last().click()
    await second.getByRole('dialog').getByText('All questions are answered.').waitFor()
    await second.getByText('1 question is flagged for review:').waitFor()
    await picture(second, 'exam-hand-in-360')
    await second.getByRole('button', { name: 'Hand in now' }).dblclick()
    await second.getByRole('heading', { name: 'Handed in' }).waitFor()
    await second.getByText('All your answers have arrived.').waitFor()
    await picture(second, 'exam-done-360')
    const attempt = await attemptOf(examId, who.userId)
    expect(attempt).toMatchObject({ endedBy: 'LEARNER' })
    expect(attempt.answers).toMatchObject({
      answers: {
        qsingle: { value: { choice: 'b' } },
        qmultiple: { value: { choices: ['a', 'b'] } },
        qtruth: { value: { value: false } },
        qnumber: { value: { text: '42.195', unit: 'km' } },
        qmatch: {
          value: {
            pairs: [
              ['l1', 'r1'],
              ['l2', 'r2'],
            ],
          },
        },
        qblanks: { value: { texts: { b1: 'red', b2: 'blue' } } },
        qessay: { value: { text: 'Because the universe is young.' } },
      },
    })
    expect(await kindsOfEvents(attempt.id)).toEqual(
      expect.arrayContaining(['OPENED', 'OFFLINE', 'RECONNECTED']),
    )
    // Nothing stays on a device that may be a shared one.
    const left: unknown = await second.evaluate(`new Promise((resolve) => {
      const request = indexedDB.open('smartlms-exams')
      request.onsuccess = () => {
        const all = request.result.transaction('answers').objectStore('answers').count()
        all.onsuccess = () => resolve(all.result)
      }
    })`)
    expect(left).toBe(0)
    // No answer key reached the browser before it may be shown.
    expect(bodies.length).toBeGreaterThan(5)
    expect(bodies.filter((text) => text.includes(KEY_MARK) || text.includes('Because of q'))).toEqual([])
    expect(unexpected(complaints)).toEqual([])
  })

  test('in two tabs is written by one; taking over brings everything along', async () => {
    const examId = await makeExam(who, 'Two tabs', { questions: TWO })
    const { page: first, context } = await student()
    await startExam(first, examId)
    await first.getByRole('radio', { name: 'True' }).check()
    const second = await context.newPage()
    await second.goto(urlOf('acme.localhost', `/exams/${examId}`))
    await second.getByRole('heading', { name: 'open in another tab' }).waitFor()
    await picture(second, 'exam-elsewhere')
    await second.getByRole('button', { name: 'Go on here' }).click()
    await second.getByRole('heading', { name: 'Question 1 of 2' }).waitFor()
    expect(await second.getByRole('radio', { name: 'True' }).isChecked()).toBe(true)
    await first.getByRole('heading', { name: 'open in another tab' }).waitFor()
    await second.getByRole('radio', { name: 'False' }).check()
    await saved(second)
    expect(await value(examId, 'qtruth')).toMatchObject({ value: false })
    // The tab that waits goes on by itself when the other one is closed.
    await second.close()
    await first.getByRole('heading', { name: 'Question 1 of 2' }).waitFor()
    expect(await first.getByRole('radio', { name: 'False' }).isChecked()).toBe(true)
    await first.getByRole('button', { name: 'Next' }).click()
    await first.getByLabel('Your answer').fill('From the first tab')
    await saved(first)
    expect(await value(examId, 'qtext')).toMatchObject({ text: 'From the first tab' })
  })

  test('on two devices keeps the later answer, says so, and gives the other one back when asked', async () => {
    const examId = await makeExam(who, 'Two devices', { questions: TWO.slice(1) })
    const one = await student()
    const two = await student()
    await startExam(one.page, examId)
    await two.page.goto(urlOf('acme.localhost', `/exams/${examId}`))
    await two.page.getByRole('heading', { name: 'Question 1 of 1' }).waitFor()
    await one.context.setOffline(true)
    await one.page.getByLabel('Your answer').fill('One')
    await one.page.getByText('Offline: kept on this device').first().waitFor()
    await two.page.getByLabel('Your answer').pressSequentially('Two', { delay: 120 })
    await saved(two.page)
    await one.context.setOffline(false)
    await one.page.getByText('Changed elsewhere').waitFor()
    expect(await one.page.getByLabel('Your answer').inputValue()).toBe('Two')
    expect(await value(examId, 'qtext')).toMatchObject({ text: 'Two' })
    await picture(one.page, 'exam-changed-elsewhere')
    await one.page.getByRole('button', { name: 'Use the other answer' }).click()
    await eventually(
      () => value(examId, 'qtext'),
      (now) => JSON.stringify(now).includes('One'),
    )
    expect(await value(examId, 'qtext')).toMatchObject({ text: 'One' })
  })

  test('counts by the server’s clock, on a machine whose own is a day wrong', async () => {
    const examId = await makeExam(who, 'A day wrong', { questions: TWO, duration: 30 })
    const { page, context } = await student()
    await context.addInitScript(`{
      const real = Date
      globalThis.Date = class extends real {
        constructor(...given) { given.length === 0 ? super(real.now() + 86_400_000) : super(...given) }
        static now() { return real.now() + 86_400_000 }
      }
    }`)
    await startExam(page, examId)
    expect(await page.locator('[data-time-left]').textContent()).toMatch(/^(30:00|29:[45]\d)$/)
    await page.getByRole('radio', { name: 'True' }).check()
    await saved(page)
    expect(await value(examId, 'qtruth')).toMatchObject({ value: true })
    await page.getByRole('button', { name: 'Hide the time' }).click()
    expect(await page.locator('[data-time-left]').count()).toBe(0)
  })

  test('hands itself in at the deadline, with what was written last, and never says more than arrived', async () => {
    const examId = await makeExam(who, 'To the end', { questions: TWO })
    const { page, context } = await student()
    await startExam(page, examId)
    const { id } = await attemptOf(examId, who.userId)
    await setDeadline(id, 15)
    await page.getByRole('radio', { name: 'True' }).check()
    await page.getByText('Less than a minute left').waitFor()
    await saved(page)
    await page.getByRole('button', { name: 'Next' }).click()
    await writeInTheLastSecond(page, 'At the last moment')
    await page.getByRole('heading', { name: 'Your time is over' }).waitFor()
    await page.getByText('All your answers have arrived.').waitFor()
    await picture(page, 'exam-time-over')
    const ended = await attemptOf(examId, who.userId)
    expect(ended.submittedAt).not.toBeNull()
    expect(Number(ended.submittedAt) - Number(ended.deadlineAt)).toBeLessThanOrEqual(5_000)
    expect(ended.answers).toMatchObject({
      answers: { qtruth: { value: { value: true } }, qtext: { value: { text: 'At the last moment' } } },
    })
    // Without a connection at the end: what had arrived is said, and no more.
    const other = await makeExam(who, 'Cut off at the end', { questions: TWO })
    await startExam(page, other)
    const attempt = await attemptOf(other, who.userId)
    await setDeadline(attempt.id, 12)
    await page.getByRole('radio', { name: 'True' }).check()
    await saved(page)
    await context.setOffline(true)
    await page.getByRole('button', { name: 'Next' }).click()
    await page.getByLabel('Your answer').fill('Never arrives')
    await page.getByRole('heading', { name: 'Your time is over' }).waitFor({ timeout: 30_000 })
    await page.getByText('The last change of 1 of 2 questions had arrived.').waitFor()
    await page.getByText('The server ends your attempt with what had arrived by then.').waitFor()
    await picture(page, 'exam-cut-off')
    await context.setOffline(false)
    await page.locator('[data-exam-end=confirmed]').waitFor({ timeout: 60_000 })
    const cut = await attemptOf(other, who.userId)
    expect(cut.answers).toMatchObject({ answers: { qtruth: { value: { value: true } } } })
    expect(JSON.stringify(cut.answers)).not.toContain('Never arrives')
    await page.getByText('The last change of 1 of 2 questions had arrived.').waitFor()
  })

  test('can be sat by keys alone, on a desk, in the dark, and breaks no rule of accessibility', async () => {
    const examId = await makeExam(who, 'Keys alone', { accessCode: 'door-1234' })
    const { page, complaints } = await student({ dark: true })
    await page.goto(urlOf('acme.localhost', `/exams/${examId}`))
    await pressStart(page)
    await page.getByText('Type the access code that you were given.').waitFor()
    await page.keyboard.type('wrong')
    await page.keyboard.press('Enter')
    await page.getByText('This isn’t the access code.').waitFor()
    expect(await violations(page)).toEqual([])
    await picture(page, 'exam-before-1440-dark')
    await page.getByLabel('Access code').fill('door-1234')
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { name: 'Question 1 of 10' }).waitFor()
    await page.getByRole('radio', { name: 'Mars' }).focus()
    await page.keyboard.press('Space')
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('f')
    await picture(page, 'exam-room-1440-dark')
    const faults: string[] = []
    for (let number = 1; number <= QUESTIONS.length; number += 1) {
      await page.getByRole('heading', { name: `Question ${number} of 10` }).waitFor()
      expect(await page.evaluate('document.activeElement.id')).toBe(number === 1 ? '' : 'question-heading')
      faults.push(...(await violations(page)).map((text) => `${number}: ${text}`))
      if (number === 7) {
        await page.getByRole('button', { name: 'Move up: Whale' }).focus()
        await page.keyboard.press('ArrowUp')
        await page.locator('h2#question-heading').focus()
      }
      await picture(page, `exam-question-${number}-1440-dark`)
      await page.keyboard.press(']')
    }
    expect(faults).toEqual([])
    await page.keyboard.press('o')
    await page.getByRole('dialog', { name: 'All questions' }).waitFor()
    expect(await violations(page)).toEqual([])
    await page.keyboard.press('Escape')
    await saved(page)
    expect(await value(examId, 'qsingle')).toMatchObject({ choice: 'b' })
    await page.getByRole('button', { name: 'Hand in' }).first().focus()
    await page.keyboard.press('Enter')
    expect(await violations(page)).toEqual([])
    await picture(page, 'exam-hand-in-1440-dark')
    await page.getByRole('button', { name: 'Hand in now' }).focus()
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { name: 'Handed in' }).waitFor()
    expect(await violations(page)).toEqual([])
    expect(unexpected(complaints)).toEqual([])
  })

  test.runIf(DEEP)('breaks no rule in the light, on a phone, and fits its width at 200 %', async () => {
    const examId = await makeExam(who, 'In the light')
    const { page } = await student({ width: 360, height: 740 })
    await startExam(page, examId)
    const faults: string[] = []
    for (let number = 1; number <= QUESTIONS.length; number += 1) {
      faults.push(...(await violations(page)).map((text) => `${number}: ${text}`))
      await picture(page, `exam-question-${number}-360`)
      const over = await page.evaluate('document.documentElement.scrollWidth - innerWidth')
      if (Number(over) > 0) faults.push(`${number}: ${String(over)} px too wide`)
      if (number < QUESTIONS.length) await page.getByRole('button', { name: 'Next' }).click()
    }
    expect(faults).toEqual([])
  })
})
