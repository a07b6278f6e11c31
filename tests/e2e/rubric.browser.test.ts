import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { CHROMIUM, picture, urlOf, visitor } from '#tests/support/browser'
import { owner } from '#tests/support/served'
import { enter } from './enter'
import { violations } from './violations'

// A rubric from its author to its learner: built and graded by without a mouse.

const HOST = 'acme.localhost'
const COURSE = 'rubriccourse'
const ID = 'rubricwork'
const EDIT = `/teach/courses/${COURSE}/assignments/${ID}`

async function remove(): Promise<void> {
  await owner().query(`delete from "AuditLog" where "targetId" = $1 or "targetId" = 'rubricsubmission'`, [ID])
  await owner().query(`delete from "Course" where id = $1`, [COURSE])
}

async function make(): Promise<void> {
  await owner().query(
    `with people as (select u.id, u."tenantId", u.email from "User" u join "Tenant" t on t.id = u."tenantId"
       where t.subdomain = 'acme' and u.email in ('instructor@acme.test', 'student@acme.test')),
     course as (insert into "Course" (id, "tenantId", "instructorId", title, status, "publishedAt")
       select $1, "tenantId", id, 'Letters by rubric', 'PUBLISHED', '2020-01-01Z' from people where email like 'instructor%'),
     assignment as (insert into "Assignment" (id, "tenantId", "courseId", title, points, "publishedAt")
       select $2, "tenantId", $1, 'A letter', 20, now() from people where email like 'instructor%'),
     enrolled as (insert into "Enrollment" (id, "tenantId", "courseId", "userId")
       select 'rubricenrolled', "tenantId", $1, id from people where email like 'student%')
     insert into "Submission" (id, "tenantId", "assignmentId", "userId", content)
     select 'rubricsubmission', "tenantId", $2, id, 'Dear friend' from people where email like 'student%'`,
    [COURSE, ID],
  )
}

describe.runIf(CHROMIUM)('a rubric', () => {
  beforeAll(async () => {
    await remove()
    await make()
  })
  afterAll(remove)

  test('is built by keys, graded by keys, and read by the learner before and after', async () => {
    const teacher = await visitor()
    const learner = await visitor({ width: 360, height: 740, dark: true })
    await enter(teacher.context, 'instructor')
    await enter(learner.context, 'student')
    const { page } = teacher
    await page.goto(urlOf(HOST, EDIT), { waitUntil: 'networkidle' })
    await page.getByRole('button', { name: 'Add a criterion' }).press('Enter')
    await page.getByLabel('Criterion 1').fill('Warmth')
    for (const [name, points] of [
      ['Fully', '12'],
      ['Partly', '6'],
    ] as const)
      await page.getByLabel(`Points for ${name} in Warmth`).fill(points)
    await page.getByText('Together 12 points; the assignment has 20.').waitFor()
    await page.getByRole('button', { name: 'Add a criterion' }).press('Enter')
    await page.getByLabel('Criterion 2').fill('Brevity')
    await page.getByLabel('Points for Fully in Brevity').fill('8')
    await page.getByLabel('What Fully in Brevity takes').fill('One page')
    await page.getByRole('button', { name: 'Save rubric' }).press('Enter')
    await page.getByText('Give every criterion and every level a name').first().waitFor()
    await page.getByLabel('Points for Partly in Brevity').fill('2,5')
    await page.getByText('as many as the assignment has').waitFor()
    expect(await violations(page)).toEqual([])
    await picture(page, 'rubric-1-built')
    await page.getByRole('button', { name: 'Save rubric' }).press('Enter')
    await page.getByText('The rubric is saved').waitFor()

    await learner.page.goto(urlOf(HOST, `/assignments/${ID}`), { waitUntil: 'networkidle' })
    await learner.page.getByRole('heading', { name: 'What is looked at' }).waitFor()
    await learner.page.getByText('One page').waitFor()

    await page.goto(urlOf(HOST, `${EDIT}/submissions/rubricsubmission`), { waitUntil: 'networkidle' })
    // Digits choose levels, one criterion after the other, and then it is the feedback's turn.
    await page.keyboard.press('2')
    expect(await page.getByRole('radio', { name: /Partly 6 points/ }).isChecked()).toBe(true)
    await page.keyboard.press('1')
    await page.getByText('Together 14 points').waitFor()
    expect(await page.evaluate('document.activeElement?.getAttribute("name")')).toBe('feedback')
    await page.getByRole('radio', { name: /Partly 6 points/ }).focus()
    await page.keyboard.press('ArrowUp')
    await page.getByLabel('Comment on Brevity').fill('Half of it would do.')
    await page.getByRole('radio', { name: /Partly 2.5 points/ }).press('Space')
    await page.getByText('Together 14.5 points').waitFor()
    expect(await page.getByLabel('Points', { exact: true }).inputValue()).toBe('14.5')
    expect(await violations(page)).toEqual([])
    await picture(page, 'rubric-2-graded')
    await page.keyboard.press('Control+Enter')
    await page.getByText('Saved. Nothing else waits.').waitFor()
    await page.getByRole('button', { name: 'Release grades' }).press('Enter')
    await page.getByRole('dialog').getByRole('button', { name: 'Release grades' }).press('Enter')
    await page.getByText('Released. Learners see their grades').waitFor()

    await learner.page.reload({ waitUntil: 'networkidle' })
    await learner.page.getByText('14.5 of 20').waitFor()
    await learner.page.getByText('Half of it would do.').waitFor()
    await learner.page.getByText('Fully · 12 of 12').waitFor()
    expect(await violations(learner.page)).toEqual([])
    expect(await learner.page.evaluate('document.documentElement.scrollWidth - innerWidth')).toBe(0)
    await picture(learner.page, 'rubric-3-read')
    expect([...teacher.complaints, ...learner.complaints]).toEqual([])
    await Promise.all([teacher.context.close(), learner.context.close()])
  })
})
