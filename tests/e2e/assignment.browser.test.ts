import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { CHROMIUM, picture, urlOf, visitor } from '#tests/support/browser'
import { owner } from '#tests/support/served'
import { enter } from './enter'
import { violations } from './violations'

// A learner keeps a draft, meets their other tab, hands in late from a phone, and sees their grade once it is released.

const HOST = 'acme.localhost'
const COURSE = 'assignmentcourse'
const ID = 'assignmentessay'

async function remove(): Promise<void> {
  await owner().query(`delete from "AuditLog" where "targetId" = $1`, [ID])
  await owner().query(`delete from "Course" where id = $1`, [COURSE])
}

async function make(): Promise<void> {
  await owner().query(
    `with people as (select u.id, u."tenantId", u.email from "User" u join "Tenant" t on t.id = u."tenantId"
       where t.subdomain = 'acme'),
     course as (insert into "Course" (id, "tenantId", "instructorId", title, status, "publishedAt", "timeZone")
       select $1, "tenantId", id, 'Letters to a friend', 'PUBLISHED', '2020-01-01Z', 'America/New_York' from people
       where email = 'instructor@acme.test'),
     assignment as (insert into "Assignment" (id, "tenantId", "courseId", title, description, points, accepts, settings, "dueDate", "publishedAt")
       select $2, "tenantId", $1, 'A letter', 'Write a letter of a page, or link to one.', 20, '{TEXT,LINK}',
         '{"late":{"graceMinutes":10,"percentPerDay":"15","floorPercent":"50","daysOpen":5},"times":2}', now() - interval '25 hours', now()
       from people where email = 'instructor@acme.test')
     insert into "Enrollment" (id, "tenantId", "courseId", "userId") select $1 || 'e', "tenantId", $1, id from people
     where email = 'student@acme.test'`,
    [COURSE, ID],
  )
}

describe.runIf(CHROMIUM)('an assignment', () => {
  beforeAll(async () => {
    await remove()
    await make()
  })
  afterAll(remove)

  test('is written on a phone, kept, handed in late once however often it is pressed, and graded', async () => {
    const { context, page, complaints } = await visitor({ width: 360, height: 740, dark: true })
    await enter(context, 'student')
    await page.goto(urlOf(HOST, `/courses/${COURSE}`), { waitUntil: 'networkidle' })
    await page.getByRole('link', { name: 'A letter' }).click()
    await page.getByRole('heading', { name: 'A letter', level: 1 }).waitFor()
    await page.getByText('Handed in now, it is 2 days late, and that takes 6 points').waitFor()
    await picture(page, 'assignment-1-late-360')
    expect(await violations(page)).toEqual([])

    // Enter in a field keeps, and hands nothing in.
    await page.getByLabel('Link').fill('https://example.com/letter')
    await page.getByLabel('Link').press('Enter')
    await page.getByText('Saved for later.').waitFor()
    expect(await page.getByText('Version 1').count()).toBe(0)

    const other = await context.newPage()
    await other.goto(urlOf(HOST, `/assignments/${ID}`), { waitUntil: 'networkidle' })
    expect(await other.getByLabel('Link').inputValue()).toBe('https://example.com/letter')
    await other.getByLabel('Your text').fill('Dear friend, this is from the other tab.')
    await other.getByRole('button', { name: 'Save for later' }).click()
    await other.getByText('Saved for later.').waitFor()
    await page.getByLabel('Your text').fill('Dear friend,')
    await page.getByRole('button', { name: 'Save for later' }).click()
    await page.getByText('Another page of yours has saved something newer').first().waitFor()
    expect(await page.getByLabel('Your text').inputValue()).toBe('Dear friend,')
    expect(await violations(page)).toEqual([])
    await page.close()

    await other.getByLabel('Link').fill('')
    const hand = other.getByRole('button', { name: 'Hand in', exact: true })
    await hand.dblclick()
    await other.getByText('Handed in. It can be seen below').waitFor()
    expect(await other.getByText('Version 1').count()).toBe(1)
    await other.getByText('2 days late').first().waitFor()
    await other.getByText('1 of 2 used').waitFor()
    await picture(other, 'assignment-2-handed-in-360')
    const { rows } = await owner().query<{ content: string }>(
      `select v.content from "SubmissionVersion" v join "Submission" s on s.id = v."submissionId"
       where s."assignmentId" = $1`,
      [ID],
    )
    expect(rows).toEqual([{ content: 'Dear friend, this is from the other tab.' }])

    await other.getByRole('button', { name: 'Hand in', exact: true }).click()
    await other.getByText('You have handed in as often as you can').waitFor()
    expect(await other.getByRole('button', { name: 'Hand in', exact: true }).count()).toBe(0)
    await owner().query(
      `update "Submission" set grade = 17, feedback = 'Warm, and to the point.', "gradedAt" = now() where "assignmentId" = $1`,
      [ID],
    )
    await other.reload({ waitUntil: 'networkidle' })
    expect(await other.getByText('Warm, and to the point.').count()).toBe(0)
    await owner().query(`update "Submission" set "releasedAt" = now() where "assignmentId" = $1`, [ID])
    await other.reload({ waitUntil: 'networkidle' })
    await other.getByText('11 of 20').waitFor()
    await other.getByText('17 points, less 6 for being late.').waitFor()
    await picture(other, 'assignment-3-graded-360')
    expect(await violations(other)).toEqual([])
    expect(complaints).toEqual([])
    await context.close()
  })
})
