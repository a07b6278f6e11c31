import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { CHROMIUM, picture, urlOf, visitor } from '#tests/support/browser'
import { owner } from '#tests/support/served'
import { enter } from './enter'
import { violations } from './violations'

// A grader works through a pile without a mouse, meets a colleague in it, releases, and the learner sees why.

const HOST = 'acme.localhost'
const COURSE = 'assignmentgradecourse'
const ID = 'assignmentgradework'
const LIST = `/teach/courses/${COURSE}/assignments/${ID}/submissions`

async function remove(): Promise<void> {
  await owner().query(
    `delete from "AuditLog" where "targetId" = $1 or "targetId" in (select id from "Submission" where "assignmentId" = $1)`,
    [ID],
  )
  await owner().query(`delete from "Course" where id = $1`, [COURSE])
}

async function make(): Promise<void> {
  await owner().query(
    `with people as (select u.id, u."tenantId", u.email from "User" u join "Tenant" t on t.id = u."tenantId"
       where t.subdomain = 'acme'),
     course as (insert into "Course" (id, "tenantId", "instructorId", title, status, "publishedAt", "timeZone")
       select $1, "tenantId", id, 'Letters to be graded', 'PUBLISHED', '2020-01-01Z', 'Europe/Berlin' from people
       where email = 'instructor@acme.test'),
     assignment as (insert into "Assignment" (id, "tenantId", "courseId", title, description, points, settings, "dueDate", "publishedAt")
       select $2, "tenantId", $1, 'A letter', 'Write a letter.', 20,
         '{"late":{"percentPerDay":"10","floorPercent":"0"}}', now() - interval '36 hours', now()
       from people where email = 'instructor@acme.test'),
     learners as (select * from people where email in ('student@acme.test', 'student2@acme.test')),
     enrolled as (insert into "Enrollment" (id, "tenantId", "courseId", "userId") select $1 || email, "tenantId", $1, id from learners),
     handed as (insert into "Submission" (id, "tenantId", "assignmentId", "userId", content, "submittedAt")
       select 'submission' || left(md5(email), 12), "tenantId", $2, id, 'Dear friend, from ' || email,
         now() - (case when email like 'student@%' then interval '20 hours' else interval '2 days' end) from learners
       returning id, "tenantId", content, "submittedAt")
     insert into "SubmissionVersion" ("tenantId", "submissionId", number, key, content, "submittedAt")
     select "tenantId", id, 1, 'first', content, "submittedAt" from handed`,
    [COURSE, ID],
  )
}

describe.runIf(CHROMIUM)('a pile of submissions', () => {
  beforeAll(async () => {
    await remove()
    await make()
  })
  afterAll(remove)

  test('is graded by keys alone, never over a colleague, and seen by learners once it is released', async () => {
    const { context, page, complaints } = await visitor({ width: 360, height: 740, dark: true })
    await enter(context, 'instructor')
    await page.goto(urlOf(HOST, LIST), { waitUntil: 'networkidle' })
    await picture(page, 'assignment-grade-1-list-360')
    expect(await violations(page)).toEqual([])
    await page.getByRole('link', { name: 'Grade the 2 that wait' }).press('Enter')
    await page.getByText('Dear friend, from student2@acme.test').waitFor()
    expect(await violations(page)).toEqual([])
    await page.keyboard.press('3')
    await page.keyboard.type('0')
    await page.keyboard.press('Control+Enter')
    await page.getByText('There are 20 points at most.').first().waitFor()
    await page.getByLabel('Points').fill('18.5')
    await page.getByLabel('Feedback').fill('Warm, and to the point.')

    const other = await visitor()
    await enter(other.context, 'admin')
    await other.page.goto(page.url(), { waitUntil: 'networkidle' })
    await other.page.getByLabel('Points').fill('17')
    await other.page.keyboard.press('Control+Enter')
    await other.page.getByText('Saved. This one waits next.').waitFor()
    await page.keyboard.press('Control+Enter')
    await page.getByText('Somebody else has graded this meanwhile.').first().waitFor()
    expect(await page.getByLabel('Feedback').inputValue()).toBe('Warm, and to the point.')
    await other.context.close()
    await page.reload({ waitUntil: 'networkidle' })
    expect(await page.getByLabel('Points').inputValue()).toBe('17')
    await page.getByLabel('Points').fill('18.5')
    await page.keyboard.press('Control+Enter')
    await page.getByText('Saved. This one waits next.').waitFor()

    await page.getByText('Dear friend, from student@acme.test').waitFor()
    await page.getByText('1 day late').first().waitFor()
    await page.locator('body').press('p')
    await page.getByText('Dear friend, from student2@acme.test').waitFor()
    await page.locator('body').press('n')
    await page.getByText('Dear friend, from student@acme.test').waitFor()
    await page.getByLabel('Points').fill('15')
    await page.getByLabel('Feedback').fill('A warm letter. Come to the point sooner.')
    await picture(page, 'assignment-grade-2-one-360')
    await page.keyboard.press('Control+Enter')
    await page.getByText('Saved. Nothing else waits.').waitFor()

    const learner = await visitor({ width: 360 })
    await enter(learner.context, 'student')
    await learner.page.goto(urlOf(HOST, `/assignments/${ID}`), { waitUntil: 'networkidle' })
    expect(await learner.page.getByText('A warm letter').count()).toBe(0)
    await page.getByRole('button', { name: 'Release grades' }).press('Enter')
    await page.getByRole('dialog').getByRole('button', { name: 'Release grades' }).press('Enter')
    await page.getByText('Released. Learners see their grades').waitFor()
    expect(await violations(page)).toEqual([])
    await learner.page.reload({ waitUntil: 'networkidle' })
    await learner.page.getByText('13 of 20').waitFor()
    await learner.page.getByText('15 points, less 2 for being late.').waitFor()
    await learner.page.getByText('A warm letter. Come to the point sooner.').waitFor()
    await learner.context.close()
    expect(complaints).toEqual([])
    await context.close()
  })
})
