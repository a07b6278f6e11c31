import { readFile } from 'node:fs/promises'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Running } from '#scripts/screenshots/throwaway'
import { CHROMIUM, picture, urlOf, visitor } from '#tests/support/browser'
import { owner } from '#tests/support/served'
import { enter } from './enter'
import { letterTo, startLetters } from './letters'
import { violations } from './violations'

// Numbers in a browser: a learner who went quiet is found, written to and listed as such; charts are read by keyboard.

const HOST = 'acme.localhost'
const COURSE = 'insightcourse'
const open = (page: Page, path: string) => page.goto(urlOf(HOST, path), { waitUntil: 'networkidle' })

async function remove(): Promise<void> {
  await owner().query(`delete from "Course" where id = $1`, [COURSE])
  await owner().query(`delete from "User" where id like 'insightperson%'`)
}

/** A course of two lessons: six who were here yesterday, and one who was here twice, three weeks ago. */
async function make(): Promise<string> {
  const { rows } = await owner().query<{ id: string }>(`select id from "Tenant" where subdomain = 'acme'`)
  const school = rows[0]?.id ?? ''
  await owner().query(
    `with teacher as (select id from "User" where "tenantId" = $1 and email = 'instructor@acme.test')
     insert into "Course" (id, "tenantId", "instructorId", title, status, "publishedAt")
     select $2, $1, id, 'Knots and ropes', 'PUBLISHED', '2020-01-01Z' from teacher`,
    [school, COURSE],
  )
  await owner().query(
    `insert into "Module" (id, "tenantId", "courseId", title, "order") values ($2 || 'm', $1, $2, 'Bends', 0)`,
    [school, COURSE],
  )
  await owner().query(
    `insert into "Lesson" (id, "tenantId", "moduleId", title, "order")
     select $2 || 'l' || n, $1, $2 || 'm', case n when 0 then 'The sheet bend' else 'The carrick bend' end, n from generate_series(0, 2) n`,
    [school, COURSE],
  )
  await owner().query(
    `insert into "User" (id, "tenantId", email, name, password, role, "emailVerified")
     select 'insightperson' || n, $1, 'quiet' || n || '@acme.test', case n when 0 then 'Quentin Quiet' else 'Busy Bee ' || n end, '!', 'STUDENT', now()
     from generate_series(0, 6) n`,
    [school],
  )
  await owner().query(
    `insert into "Enrollment" (id, "tenantId", "courseId", "userId", progress, "enrolledAt")
     select 'insightseat' || n, $1, $2, 'insightperson' || n, 66.67, now() - interval '25 days' from generate_series(0, 6) n`,
    [school, COURSE],
  )
  await owner().query(
    `insert into "LessonProgress" (id, "tenantId", "enrollmentId", "lessonId", "userId", completed, "viewedAt", "completedAt", "updatedAt")
     select 'insightprogress' || n || l, $1, 'insightseat' || n, $2 || 'l' || l, 'insightperson' || n, true, t, t, t
     from generate_series(0, 6) n, generate_series(0, 1) l,
       lateral (select now() - case when n = 0 then 21 - l else 2 - l end * interval '1 day' as t) x`,
    [school, COURSE],
  )
  return school
}

describe.runIf(CHROMIUM)('insight', () => {
  let worker: Running | undefined
  let school = ''

  beforeAll(async () => {
    await remove()
    school = await make()
    worker = startLetters()
    // The worker folds what was just written.
    for (let n = 0; n < 100; n += 1) {
      const { rows } = await owner().query(`select 1 from "ProgressMark" where "tenantId" = $1 limit 1`, [
        school,
      ])
      if (rows.length === 0) return
      await new Promise((resolve) => setTimeout(resolve, 200))
    }
    throw new Error('The worker folds nothing.')
  })
  afterAll(async () => {
    await worker?.stop()
    await remove()
  })

  test('whoever teaches sees who went quiet, writes to them, and reads that they did', async () => {
    const { context, page, complaints } = await visitor()
    await enter(context, 'instructor')
    await open(page, `/teach/courses/${COURSE}`)
    await page
      .getByRole('navigation', { name: 'Parts of this course' })
      .getByRole('link', { name: 'Insight' })
      .click()
    await page.getByRole('heading', { name: 'Who may need you' }).waitFor()
    const line = page
      .getByRole('listitem')
      .filter({ has: page.getByRole('heading', { name: 'Quentin Quiet' }) })
    expect(await line.textContent()).toMatch(/Gone quiet.*Nothing for 20 days.*since/)
    expect(await page.getByRole('heading', { name: /Busy Bee/ }).count()).toBe(0)
    await picture(page, 'insight-course')
    await line.getByRole('link', { name: 'Write to them Quentin Quiet' }).press('Enter')
    await page.getByRole('heading', { name: 'Write to Quentin Quiet' }).waitFor()
    await page.getByRole('textbox', { name: 'Your message' }).fill('Hello Quentin,\n\nhow are the knots?')
    await picture(page, 'insight-person')
    await page.getByRole('button', { name: 'Send' }).press('Enter')
    await page.getByText('Your message is on its way.').waitFor()
    expect(await page.getByText('how are the knots?').count()).toBe(1)
    const letter = await letterTo(school, 'quiet0@acme.test', /Knots and ropes/)
    expect(letter.text).toContain('how are the knots?')
    expect(JSON.stringify(letter)).not.toContain('instructor@acme.test')
    await page.getByRole('link', { name: 'Back to insight' }).click()
    await page.getByRole('heading', { name: 'Who may need you' }).waitFor()
    expect(await line.textContent()).toMatch(/wrote to them on/)
    expect(await line.getByRole('link').textContent()).toContain('Write again')
    const { rows } = await owner().query(
      `select after ->> 'replies' as replies from "AuditLog" where action = 'insight.write' and "targetId" = 'insightperson0'`,
    )
    expect(rows).toEqual([{ replies: 'false' }])
    expect(complaints).toEqual([])
    await context.close()
  })

  test('the letter can be written without a script, too, and the form keeps what was refused', async () => {
    const { context, page } = await visitor({ javaScript: false })
    await enter(context, 'instructor')
    await open(page, `/teach/courses/${COURSE}/insight/insightperson0`)
    await page.getByRole('button', { name: 'Send' }).click()
    await page.getByRole('alert').first().waitFor()
    await page.getByRole('textbox', { name: 'Your message' }).fill('Without a script.')
    await page.getByRole('checkbox', { name: /Let answers come/ }).check()
    await page.getByRole('button', { name: 'Send' }).click()
    await page.getByText('Your message is on its way.').waitFor()
    const letter = await letterTo(school, 'quiet0@acme.test', /Without a script/)
    expect(JSON.stringify(letter)).toContain('instructor@acme.test')
    await context.close()
  })

  test('charts have their numbers as tables, which the keyboard opens, and as files', async () => {
    const { context, page, complaints } = await visitor()
    await enter(context, 'admin')
    await open(page, '/admin/insight')
    const chart = page.getByRole('figure').filter({ hasText: 'People who learned, by week' }).first()
    const summary = chart.locator('summary')
    expect(await chart.getByRole('table').isVisible()).toBe(false)
    await summary.focus()
    await page.keyboard.press('Enter')
    expect(await chart.getByRole('row').count()).toBe(13)
    await picture(page, 'insight-school')
    const numbers = await chart.getByRole('cell').allTextContents()
    const bars = await chart
      .locator('rect')
      .evaluateAll((all) => all.map((one) => Number(one.getAttribute('height'))))
    // What is drawn is what stands there: the tallest bar belongs to the largest number.
    const values = numbers.map(Number)
    expect(bars.indexOf(Math.max(...bars))).toBe(values.indexOf(Math.max(...values)))
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      chart.getByRole('link', { name: /Download as CSV/ }).press('Enter'),
    ])
    const csv = (await readFile(await download.path(), 'utf8')).trim().split('\r\n')
    expect(csv.slice(1).map((row) => Number(row.split(',')[1]))).toEqual(values)
    expect(complaints).toEqual([])
    await context.close()
  })

  test('a learner sees their own days, and nobody else’s', async () => {
    const { context, page, complaints } = await visitor({ width: 360 })
    await enter(context, 'student')
    await open(page, '/dashboard')
    await page.getByRole('link', { name: 'Your progress' }).first().click()
    await page.getByRole('heading', { name: 'Your progress' }).waitFor()
    await picture(page, 'insight-own')
    expect(await page.getByText('Quentin').count()).toBe(0)
    expect(await page.locator('script[src]').count()).toBeLessThan(40)
    expect(complaints).toEqual([])
    await context.close()
  })

  test.each([
    [360, false],
    [360, true],
    [1440, false],
    [1440, true],
  ])('at %i px, dark %s, nothing stands in anybody’s way', async (width, dark) => {
    const faults: string[] = []
    for (const [looker, host, path] of [
      ['student', HOST, '/progress'],
      ['instructor', HOST, `/teach/courses/${COURSE}/insight`],
      ['instructor', HOST, `/teach/courses/${COURSE}/insight?signal=late`],
      ['instructor', HOST, `/teach/courses/${COURSE}/insight/insightperson0`],
      ['admin', HOST, '/admin/insight'],
      ['root', 'localhost', '/platform/insight'],
    ] as const) {
      const { context, page, complaints } = await visitor({ width, dark })
      await enter(context, looker)
      const answer = await page.goto(urlOf(host, path), { waitUntil: 'networkidle' })
      if (answer?.status() !== 200) faults.push(`${path}: ${String(answer?.status())}`)
      for (const one of await page.locator('main summary').all()) await one.click()
      faults.push(...(await violations(page)).map((text) => `${path}: ${text}`))
      const overflow = Number(await page.evaluate('document.documentElement.scrollWidth - innerWidth'))
      if (overflow > 0) faults.push(`${path}: ${String(overflow)} px wider than the screen`)
      faults.push(...complaints.map((text) => `${path}: ${text}`))
      await picture(page, `insight${path.replaceAll(/[^a-z]+/g, '-')}-${String(width)}${dark ? '-dark' : ''}`)
      await context.close()
    }
    expect(faults).toEqual([])
  })
})
