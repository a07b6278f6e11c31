import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { CHROMIUM, picture, urlOf, type Visitor, visitor } from '#tests/support/browser'
import { ask, hostOf } from '#tests/support/http'
import { owner } from '#tests/support/served'
import { cookieOf, SESSION_COOKIE, signIn } from './sign-in'
import { violations } from './violations'

// A learner on a phone, from the catalogue to the certificate, with two tabs and a lesson that isn't open yet.

const HOST = 'acme.localhost'
const COURSE = 'journeycourse'
const LEARNER = 'journeylearner'
const lesson = (n: number): string => `journeylesson${String(n)}`
const TEXT = JSON.stringify({
  type: 'doc',
  content: [{ type: 'paragraph', content: [{ type: 'text', text: 'A short page about harbours.' }] }],
})

async function remove(): Promise<void> {
  for (const statement of [
    `delete from "Course" where id = '${COURSE}'`,
    `delete from "User" where id = '${LEARNER}'`,
  ])
    await owner().query(statement)
}

async function make(): Promise<void> {
  await owner().query(
    `with school as (select id from "Tenant" where subdomain = 'acme'), teacher as (
       select u.id from "User" u, school where u."tenantId" = school.id and u.email = 'instructor@acme.test'
     ), learner as (
       insert into "User" (id, "tenantId", email, name, password, role, "emailVerified")
       select $2, id, 'journey@acme.test', 'Nora Pike', '!', 'STUDENT', now() from school
     ), course as (
       insert into "Course" (id, "tenantId", "instructorId", title, status, "publishedAt")
       select $1, school.id, teacher.id, 'A walk around the harbour', 'PUBLISHED', '2020-01-01Z' from school, teacher
     ), module as (
       insert into "Module" (id, "tenantId", "courseId", title, "order") select 'journeymodule', id, $1, 'By the water', 0 from school
     )
     insert into "Lesson" (id, "tenantId", "moduleId", title, content, "order", completion, "releaseAfterId")
     select 'journeylesson' || n, school.id, 'journeymodule', (array['The quay', 'The crane', 'The lighthouse'])[n], $3, n - 1,
       (case when n = 1 then 'VIEWED' else 'MARKED' end)::"CompletionRule", case when n = 3 then 'journeylesson2' end
     from school, generate_series(1, 3) n`,
    [COURSE, LEARNER, TEXT],
  )
}

async function progress(): Promise<number> {
  const { rows } = await owner().query<{ progress: number }>(
    `select progress from "Enrollment" where "courseId" = $1 and "userId" = $2`,
    [COURSE, LEARNER],
  )
  return rows[0]?.progress ?? -1
}

/** Waits for what a page reports by itself. */
async function untilProgress(wanted: number): Promise<void> {
  for (let attempt = 0; attempt < 100; attempt += 1) {
    if (Math.abs((await progress()) - wanted) < 0.01) return
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
  expect(await progress()).toBe(wanted)
}

const open = (page: Page, path: string) => page.goto(urlOf(HOST, path), { waitUntil: 'load' })

describe.runIf(CHROMIUM)('a course on a phone', () => {
  let phone: Visitor
  let token = ''

  beforeAll(async () => {
    await remove()
    await make()
    phone = await visitor({ width: 360, height: 740 })
    const { rows } = await owner().query<{ tenantId: string }>(
      `select "tenantId" from "User" where id = '${LEARNER}'`,
    )
    token = await signIn(rows[0]?.tenantId ?? '', LEARNER)
    await phone.context.addCookies([
      {
        ...{ name: SESSION_COOKIE, value: token, url: urlOf(HOST) },
        ...{ httpOnly: true, sameSite: 'Lax' },
      },
    ])
  })

  afterAll(async () => {
    expect(phone.complaints).toEqual([])
    await phone.context.close()
    await remove()
  })

  test('says what it is, and is entered with one press', async () => {
    const { page } = phone
    await open(page, `/courses/${COURSE}`)
    await picture(page, 'learn-1-course')
    await page.getByRole('button', { name: 'Enroll' }).click()
    await page.getByText('You are enrolled').waitFor()
    expect(await violations(page)).toEqual([])
    await picture(page, 'learn-2-enrolled')
    expect(await progress()).toBe(0)
  })

  test('a lesson that opening completes is completed once it is seen, and not by being fetched', async () => {
    const { page } = phone
    const path = `/learn/${COURSE}/${lesson(1)}`
    expect((await ask({ host: hostOf('acme'), path, headers: cookieOf(token) })).status).toBe(200)
    expect(await progress()).toBe(0)
    await page.getByRole('link', { name: 'Start the course' }).click()
    await page.getByRole('heading', { level: 1, name: 'The quay' }).waitFor()
    await untilProgress(33.33)
    await picture(page, 'learn-3-lesson')
  })

  test('a lesson that isn’t open yet says what it waits for, and gives nothing of itself away', async () => {
    const { page } = phone
    await open(page, `/learn/${COURSE}/${lesson(3)}`)
    await page.getByText('It opens when you have completed “The crane”.').waitFor()
    expect(await page.content()).not.toContain('about harbours')
    expect(await violations(page)).toEqual([])
    await picture(page, 'learn-4-closed')
    await open(page, '/dashboard')
    expect(
      await page
        .getByRole('link', { name: /Go on|Continue|Start/ })
        .first()
        .getAttribute('href'),
    ).toBe(`/learn/${COURSE}/${lesson(2)}`)
  })

  test('two tabs count a lesson once, and both find the next one open', async () => {
    const { page, context } = phone
    const other = await context.newPage()
    for (const tab of [page, other]) await open(tab, `/learn/${COURSE}/${lesson(2)}`)
    await Promise.all(
      [page, other].map(async (tab) => {
        await tab.getByRole('button', { name: 'Done, next lesson' }).click()
        // It waited for just this one.
        await tab.getByRole('heading', { level: 1, name: 'The lighthouse' }).waitFor()
        await tab.getByText('about harbours').waitFor()
      }),
    )
    expect(await progress()).toBe(66.67)
    await other.close()
    await picture(page, 'learn-5-open')
  })

  test('the last lesson completes it, and the certificate is there, for everybody to check', async () => {
    const { page } = phone
    await page.getByRole('button', { name: 'Mark as done' }).click()
    await page.getByText('You have completed the course').waitFor()
    expect(await progress()).toBe(100)
    await picture(page, 'learn-6-completed')
    await page.getByRole('link', { name: 'Your certificate' }).click()
    await page.getByText('A walk around the harbour').first().waitFor()
    expect(await page.getByRole('link', { name: 'Download as PDF' }).count()).toBe(1)
    expect(await violations(page)).toEqual([])
    await picture(page, 'learn-7-certificates')
    const stranger = await visitor({ width: 360 })
    await open(stranger.page, new URL(page.url()).pathname)
    await stranger.page.getByText('Nora Pike').first().waitFor()
    expect(await stranger.page.getByRole('link', { name: 'Download as PDF' }).count()).toBe(0)
    await picture(stranger.page, 'learn-8-certificate')
    expect(stranger.complaints).toEqual([])
    await stranger.context.close()
  })

  test('one that is completed by opening its last lesson says so there; an address alone says nothing', async () => {
    const { page } = phone
    for (const statement of [
      `delete from "Certificate" where "userId" = '${LEARNER}'`,
      `delete from "LessonProgress" where "userId" = '${LEARNER}' and "lessonId" = '${lesson(3)}'`,
      `update "Lesson" set completion = 'VIEWED' where id = '${lesson(3)}'`,
      `update "Enrollment" set "completedAt" = null, progress = 66.67 where "userId" = '${LEARNER}'`,
    ])
      await owner().query(statement)
    await open(page, `/courses/${COURSE}?done=completed`)
    expect(await page.getByText('You have completed the course').count()).toBe(0)
    await open(page, `/learn/${COURSE}/${lesson(3)}`)
    await page.getByText('That completes the course').waitFor()
    // What was completed is asked for anew meanwhile, and the head of the page with it.
    await page.waitForLoadState('networkidle')
    await expect.poll(() => page.title()).toContain('The lighthouse')
    expect(await violations(page)).toEqual([])
    await page.getByRole('link', { name: 'To the course and your certificate' }).click()
    await page.getByText('You have completed the course').waitFor()
  })
})
