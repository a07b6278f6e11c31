import type { Page } from 'playwright-core'
import { afterAll, beforeEach, describe, expect, test } from 'vitest'
import { CHROMIUM, picture, urlOf, visitor } from '#tests/support/browser'
import { owner } from '#tests/support/served'
import { enter } from './enter'
import { keyboardOf } from './keyboard'
import { violations } from './violations'

// A teacher gives one learner a later date by the keyboard, the learner sees it and nobody's note, and it is taken back.

const HOST = 'acme.localhost'
const COURSE = 'extensionscourse'
const ID = 'extensionswork'
const OPEN = 'extensionsopen'
const PATH = `/teach/courses/${COURSE}/assignments/${ID}/extensions`

async function remove(): Promise<void> {
  await owner().query(`delete from "AuditLog" where action in ('assignment.extend', 'assignment.unextend')`)
  await owner().query(`delete from "Course" where id = $1`, [COURSE])
}

async function make(): Promise<void> {
  await owner().query(
    `with people as (select u.id, u."tenantId", u.email from "User" u join "Tenant" t on t.id = u."tenantId"
       where t.subdomain = 'acme'),
     course as (insert into "Course" (id, "tenantId", "instructorId", title, status, "publishedAt", "timeZone")
       select $1, "tenantId", id, 'Letters in their own time', 'PUBLISHED', '2020-01-01Z', 'Europe/Berlin' from people
       where email = 'instructor@acme.test'),
     work as (insert into "Assignment" (id, "tenantId", "courseId", title, settings, "dueDate", "publishedAt")
       select w.id, p."tenantId", $1, w.title, '{"late":{"percentPerDay":"10"}}', w.due, now() from people p,
         (values ($2, 'A long letter', '2030-03-28T17:00:00Z'::timestamptz), ($3, 'A diary', null)) w (id, title, due)
       where p.email = 'instructor@acme.test')
     insert into "Enrollment" (id, "tenantId", "courseId", "userId") select $1 || email, "tenantId", $1, id from people
     where email in ('student@acme.test', 'student2@acme.test')`,
    [COURSE, ID, OPEN],
  )
}

type Entry = Readonly<{ action: string; before: unknown; after: unknown }>

/** What the log says of one's own dates, the first first. */
async function logged(): Promise<Entry[]> {
  const { rows } = await owner().query<Entry>(
    `select a.action, a.before, a.after from "AuditLog" a join "User" u on u.id = a."targetId" and u.email = 'student@acme.test'
     where a."targetType" = 'User' and a.action in ('assignment.extend', 'assignment.unextend') order by a."createdAt", a.id`,
  )
  return rows
}

/** Nothing is wider than the window or hard to reach, seen from the top: further down the bar of the page covers some. */
async function fits(page: Page): Promise<void> {
  await page.evaluate('scrollTo(0, 0)')
  expect(await page.evaluate('document.documentElement.scrollWidth - innerWidth')).toBeLessThanOrEqual(0)
  expect(await violations(page)).toEqual([])
}

describe.runIf(CHROMIUM)('a date of one’s own', () => {
  beforeEach(async () => {
    await remove()
    await make()
  })
  afterAll(remove)

  test('is given, seen, changed and taken back by the keyboard alone', async () => {
    const { context, page, complaints } = await visitor({ width: 360, dark: true })
    await enter(context, 'instructor')
    const { keys, type, tabTo } = keyboardOf(page)
    await page.goto(urlOf(HOST, `/teach/courses/${COURSE}/assignments/${ID}`), { waitUntil: 'networkidle' })
    await page.getByRole('link', { name: 'Extensions' }).press('Enter')
    await page.getByText('Everybody has the same date').waitFor()
    await picture(page, 'assignment-extensions-1-none-360')
    await fits(page)
    await tabTo('[name=q]')
    await type('nobody at all')
    await keys('Enter')
    await page.getByText('Nobody enrolled fits “nobody at all”.').waitFor()
    await tabTo('[name=q]')
    await keys('Control+a')
    await type('brandt')
    await keys('Enter')
    await page.getByRole('link', { name: 'Choose Lena Brandt' }).press('Enter')
    await page.getByRole('heading', { name: 'For Lena Brandt' }).waitFor()
    expect(await page.getByLabel('Due for them').inputValue()).toBe('2030-03-28T18:00')
    await page.getByLabel('Note').fill('Agreed with the learning support.')
    await tabTo('form button[type=submit]:has-text("Save extension")')
    await keys('Enter')
    await page.getByText('Give a later one.').first().waitFor()
    expect(await page.getByLabel('Note').inputValue()).toBe('Agreed with the learning support.')
    await picture(page, 'assignment-extensions-2-form-360')
    await fits(page)
    await page.getByLabel('Due for them').fill('2030-03-31T02:30')
    await keys('Enter')
    await page.getByText('the clocks skip this time on it').first().waitFor()
    await page.getByLabel('Due for them').fill('2030-04-02T18:00')
    await keys('Enter')
    await page.getByText('Saved. It holds at once.').waitFor()
    await page.getByText('Agreed with the learning support.').waitFor()
    await page.getByText('Tue, 2 Apr 2030, 18:00').waitFor()
    await picture(page, 'assignment-extensions-3-list-360')
    await fits(page)

    const learner = await visitor({ width: 360 })
    await enter(learner.context, 'student')
    await learner.page.goto(urlOf(HOST, `/assignments/${ID}`), { waitUntil: 'networkidle' })
    await learner.page.getByText('Your own date').waitFor()
    await learner.page.getByText(/2 Apr 2030/).waitFor()
    expect(await learner.page.content()).not.toContain('learning support')

    await page.getByRole('link', { name: 'Change Lena Brandt' }).press('Enter')
    await page.getByRole('heading', { name: 'For Lena Brandt' }).waitFor()
    expect(await page.getByLabel('Due for them').inputValue()).toBe('2030-04-02T18:00')
    // Sent as it was, it is no second entry.
    await page.getByRole('button', { name: 'Save extension' }).press('Enter')
    await page.getByText('Saved. It holds at once.').waitFor()
    await page.getByRole('button', { name: 'Take back Lena Brandt' }).press('Enter')
    const ask = page.getByRole('dialog', { name: 'Take back the extension of Lena Brandt?' })
    await ask.getByText('Everybody’s date holds for them at once').waitFor()
    await fits(page)
    await ask.getByRole('button', { name: 'Take back' }).press('Enter')
    await page.getByText('Taken back. Everybody’s date holds').waitFor()
    await learner.page.reload({ waitUntil: 'networkidle' })
    await learner.page.getByText(/28 Mar 2030/).waitFor()
    expect(await learner.page.getByText('Your own date').count()).toBe(0)
    const facts = { dueDate: '2030-04-02T16:00:00.000Z', note: '…', assignmentId: ID }
    expect(await logged()).toEqual([
      { action: 'assignment.extend', before: null, after: facts },
      { action: 'assignment.unextend', before: facts, after: null },
    ])
    expect([...complaints, ...learner.complaints]).toEqual([])
    await learner.context.close()
    await context.close()
  })

  test('is given and taken back without a script; without a due date the page says what is missing', async () => {
    const { context, page, complaints } = await visitor({ javaScript: false })
    await enter(context, 'instructor')
    await page.goto(urlOf(HOST, `${PATH}?q=student2`))
    await page.getByRole('link', { name: /^Choose/ }).click()
    await page.getByLabel('Note').fill('By post')
    await page.getByRole('button', { name: 'Save extension' }).click()
    await page.getByText('Give a later one.').first().waitFor()
    expect(await page.getByLabel('Note').inputValue()).toBe('By post')
    await page.getByLabel('Due for them').fill('2030-06-30T12:00')
    await page.getByRole('button', { name: 'Save extension' }).click()
    await page.getByText('Saved. It holds at once.').waitFor()
    await page.getByText('By post').waitFor()
    await page.getByRole('button', { name: /^Take back/ }).click()
    await page.getByRole('dialog').getByRole('button', { name: 'Take back' }).click()
    await page.getByText('Taken back. Everybody’s date holds').waitFor()
    await page.goto(urlOf(HOST, PATH.replace(ID, OPEN)))
    await page.getByText('Nothing to extend').waitFor()
    expect(await page.getByRole('searchbox').count()).toBe(0)
    expect(complaints).toEqual([])
    await context.close()

    const wide = await visitor()
    await enter(wide.context, 'instructor')
    for (const path of [PATH, `${PATH}?q=brandt`, PATH.replace(ID, OPEN)]) {
      await wide.page.goto(urlOf(HOST, path), { waitUntil: 'networkidle' })
      await fits(wide.page)
    }
    await picture(wide.page, 'assignment-extensions-4-no-date-1440')
    await wide.context.close()
  })
})
