import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { CHROMIUM, picture, urlOf, type Visitor, visitor } from '#tests/support/browser'
import { owner } from '#tests/support/served'
import { enter } from './enter'
import { violations } from './violations'

// An author imports a file, writes and archives a question, takes one into an exam and keeps one from it.

const HOST = 'acme.localhost'
const COURSE = 'banktestcourse'
const EXAM = 'banktestexam'
const TAG = 'banktest'
const GIFT = [
  `// [tag:${TAG}]`,
  '[html]<p>Is <b>water</b> wet?</p> {T}',
  '',
  '::Rivers:: Which river? {=Nile#Yes ~Congo}',
  '',
  'Broken <img src=x onerror=document.title=1> {',
  '',
  'Only words.',
].join('\n')

async function remove(): Promise<void> {
  await owner().query(`delete from "AuditLog" where action like 'bank.%'`)
  await owner().query(
    `delete from "BankQuestion" where $1 = any(tags) or id in
       (select q ->> 'bankId' from "Exam" x cross join jsonb_array_elements(x.questions) q where x.id = $2)`,
    [TAG, EXAM],
  )
  await owner().query(`delete from "Course" where id = $1`, [COURSE])
}

async function make(): Promise<void> {
  const question = { version: 1, id: 'own', type: 'true-false', prompt: 'Kept from the exam?', points: 1 }
  await owner().query(
    `with teacher as (select u.id, u."tenantId" from "User" u join "Tenant" t on t.id = u."tenantId"
       where t.subdomain = 'acme' and u.email = 'instructor@acme.test'),
     course as (insert into "Course" (id, "tenantId", "instructorId", title, status)
       select $1, "tenantId", id, 'Course of the bank', 'DRAFT' from teacher returning id, "tenantId")
     insert into "Exam" (id, "tenantId", "courseId", title, duration, questions)
       select $2, "tenantId", id, 'Exam of the bank', 30, $3::jsonb from course`,
    [COURSE, EXAM, JSON.stringify([{ ...question, explanation: '', correct: true }])],
  )
}

type Held = { prompt: string; bankId: string | null }

async function held(): Promise<Held[]> {
  const { rows } = await owner().query<Held>(
    `select q ->> 'prompt' as prompt, q ->> 'bankId' as "bankId" from "Exam" x cross join jsonb_array_elements(x.questions) q
     where x.id = $1`,
    [EXAM],
  )
  return rows
}

describe.runIf(CHROMIUM)('the question bank', () => {
  let author: Visitor

  beforeAll(async () => {
    await remove()
    await make()
    author = await visitor({ width: 1440, dark: false })
    await enter(author.context, 'instructor')
  })
  afterAll(async () => {
    await author.context.close()
    await remove()
  })

  test('takes what can be read of a file, after saying what becomes of each item', async () => {
    const { page } = author
    await page.goto(urlOf(HOST, '/teach/bank/import'), { waitUntil: 'networkidle' })
    await page.getByLabel('Paste the questions').fill(GIFT)
    await page.getByRole('button', { name: 'Check the questions' }).click()
    await page.getByRole('heading', { name: 'What would happen' }).waitFor()
    const items = await page
      .getByRole('list', { name: 'Questions of the file' })
      .locator('> li')
      .allInnerTexts()
    expect(items.map((text) => /Is imported with changes|Is imported|Is left out/.exec(text)?.[0])).toEqual([
      ...['Is imported with changes', 'Is imported with changes', 'Is left out', 'Is left out'],
    ])
    expect(items[2]).toContain('<img src=x')
    await picture(page, 'bank-import')
    expect(await violations(page)).toEqual([])
    await page.getByLabel('Tags for all of them').fill(TAG)
    await page.getByRole('button', { name: 'Import the chosen questions' }).click()
    await page.waitForURL(/done=imported/)
    await page.getByRole('status').filter({ hasText: '2 questions are in the bank now.' }).waitFor()
    expect(page.url()).toContain('done=imported')
  })

  test('changes a question, archives it and brings it back', async () => {
    const { page } = author
    await page.goto(urlOf(HOST, `/teach/bank?tag=${TAG}`), { waitUntil: 'networkidle' })
    await picture(page, 'bank-list')
    await page.getByRole('link', { name: /Which river/ }).click()
    await page.waitForLoadState('networkidle')
    expect(await page.getByText('Exams hold copies. What you change here changes no exam.').count()).toBe(1)
    await picture(page, 'bank-question')
    await page.getByRole('textbox', { name: 'Question', exact: true }).fill('Which river is longer?')
    await page.getByRole('button', { name: 'Save', exact: true }).click()
    await page.waitForURL(/done=saved/, { waitUntil: 'networkidle' })
    await page.getByRole('button', { name: 'Archive' }).click()
    await page.waitForURL(/done=archived/, { waitUntil: 'networkidle' })
    await page.getByRole('button', { name: 'Undo' }).click()
    await page.waitForURL(/done=restored/, { waitUntil: 'networkidle' })
    expect(await page.getByRole('link', { name: /Which river is longer/ }).count()).toBe(1)
  })

  test('gives copies to an exam and keeps its questions', async () => {
    const { page } = author
    await page.goto(urlOf(HOST, `/teach/courses/${COURSE}/exams/${EXAM}`), { waitUntil: 'networkidle' })
    await page.getByRole('button', { name: 'Add from the bank' }).click()
    await page.getByRole('combobox', { name: 'Tag' }).selectOption(TAG)
    await page.getByRole('checkbox', { name: /Which river is longer/ }).check()
    expect(await violations(page)).toEqual([])
    await picture(page, 'bank-picker')
    await page.getByRole('button', { name: 'Add 1 question' }).click()
    await page.getByText('1 question was added at the end.').waitFor()
    const [own, copy] = await held()
    expect([own?.bankId, copy?.prompt]).toEqual([null, 'Which river is longer?'])
    expect(copy?.bankId).not.toBeNull()
    await page.getByRole('button', { name: 'More about question 1' }).click()
    await page.getByRole('menuitem', { name: 'Keep in the bank' }).click()
    await page.getByText('The question is in the bank.').waitFor()
    const [kept] = await held()
    expect(kept?.bankId).not.toBeNull()
    await page.goto(urlOf(HOST, `/teach/bank/${kept?.bankId ?? ''}`))
    expect(await page.getByRole('link', { name: 'Exam of the bank' }).count()).toBe(1)
  })
})
