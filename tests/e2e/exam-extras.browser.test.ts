import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { CHROMIUM, picture, urlOf, visitor } from '#tests/support/browser'
import { owner } from '#tests/support/served'
import { enter } from './enter'
import { violations } from './violations'

// What one person has in an exam and in the whole course is written apart, adds up, and is taken back apart.

const HOST = 'acme.localhost'
const COURSE = 'examextrascourse'
const PATH = `/teach/courses/${COURSE}/exams/examextrasexam/accommodations`

async function remove(): Promise<void> {
  await owner().query(`delete from "Course" where id = $1`, [COURSE])
}

async function make(): Promise<void> {
  await owner().query(
    `with people as (select u.id, u."tenantId", u.email from "User" u join "Tenant" t on t.id = u."tenantId"
       where t.subdomain = 'acme'),
     course as (insert into "Course" (id, "tenantId", "instructorId", title, status, "publishedAt", "timeZone")
       select $1, "tenantId", id, 'Physics for the patient', 'PUBLISHED', '2020-01-01Z', 'Europe/Berlin' from people
       where email = 'instructor@acme.test'),
     exam as (insert into "Exam" (id, "tenantId", "courseId", title, duration, questions, settings)
       select 'examextrasexam', "tenantId", $1, 'Waves', 90, '[]', '{}' from people
       where email = 'instructor@acme.test')
     insert into "Enrollment" (id, "tenantId", "courseId", "userId") select $1 || 'e', "tenantId", $1, id from people
     where email = 'student@acme.test'`,
    [COURSE],
  )
}

type Row = Readonly<{ exam: boolean; percent: number; attempts: number }>

async function stored(): Promise<Row[]> {
  const { rows } = await owner().query<Row>(
    `select "examId" is not null as exam, "extraTimePercent" as percent, "extraAttempts" as attempts
     from "ExamAccommodation" where "courseId" = $1 order by 1`,
    [COURSE],
  )
  return rows
}

describe.runIf(CHROMIUM)('extras', () => {
  beforeAll(async () => {
    await remove()
    await make()
  })
  afterAll(remove)

  test('of the exam and of the course are two forms, and neither is saved as the other', async () => {
    const { context, page, complaints } = await visitor({ width: 360 })
    await enter(context, 'instructor')
    await page.goto(urlOf(HOST, `${PATH}?q=brandt`), { waitUntil: 'networkidle' })
    await page.getByRole('link', { name: 'Choose Lena Brandt' }).press('Enter')
    await page.getByLabel('Extra time').fill('50')
    await page.getByLabel('Extra attempts').fill('1')
    await page.getByRole('button', { name: 'Save extras' }).press('Enter')
    await page.getByText('Saved. They see it before they start.').waitFor()
    expect(await stored()).toEqual([{ exam: true, percent: 50, attempts: 1 }])

    await page.getByRole('link', { name: 'Change Lena Brandt' }).press('Enter')
    await page.getByRole('link', { name: 'In all exams of this course' }).press('Enter')
    await page.waitForURL(/scope=course/, { waitUntil: 'networkidle' })
    expect(await page.getByLabel('Extra time').inputValue()).toBe('')
    expect(await page.getByLabel('Opens for them').count()).toBe(0)
    await page.getByText('Here: 50 % more time, 1 more attempt.').waitFor()
    await picture(page, 'exam-extras-1-course-360')
    expect(await violations(page)).toEqual([])
    await page.getByLabel('Extra time').fill('25')
    await page.getByRole('button', { name: 'Save extras' }).press('Enter')
    await page.getByText('Saved. They see it before they start.').waitFor()
    expect(await stored()).toEqual([
      { exam: false, percent: 25, attempts: 0 },
      { exam: true, percent: 50, attempts: 1 },
    ])
    // 90 minutes and three quarters of them: no rounding where somebody is held to it.
    await page.getByText('2 hours 37 minutes 30 seconds in place of 1 hour 30 minutes').waitFor()
    await picture(page, 'exam-extras-2-both-360')

    await page.getByRole('link', { name: 'Change: this exam Lena Brandt' }).press('Enter')
    await page.waitForURL(/scope=exam/, { waitUntil: 'networkidle' })
    expect(await page.getByLabel('Extra time').inputValue()).toBe('50')
    await page.goBack({ waitUntil: 'networkidle' })
    await page.getByRole('button', { name: 'Take back: whole course Lena Brandt' }).press('Enter')
    const ask = page.getByRole('dialog', {
      name: 'Take back what Lena Brandt has in all exams of this course?',
    })
    await ask.getByRole('button', { name: 'Take back' }).press('Enter')
    await page.getByText('Taken back.', { exact: true }).waitFor()
    expect(await stored()).toEqual([{ exam: true, percent: 50, attempts: 1 }])
    expect(complaints).toEqual([])
    await context.close()
  })
})
