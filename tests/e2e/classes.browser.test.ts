import { gzipSync } from 'node:zlib'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { CHROMIUM, picture, urlOf, type Visitor, visitor } from '#tests/support/browser'
import { ask as askHost, hostOf } from '#tests/support/http'
import { owner } from '#tests/support/served'
import { enter } from './enter'
import { violations } from './violations'

// Live classes in a browser: planned by keyboard, seen on a phone, entered early, attended, recorded; and the calendar's address.

const HOST = 'acme.localhost'
const COURSE = 'classescourse'
const LIST = `/teach/courses/${COURSE}/classes`

async function remove(): Promise<void> {
  await owner().query(
    `delete from "CalendarFeed" f using "User" u where u.id = f."userId" and u.email = 'student@acme.test'`,
  )
  await owner().query(`delete from "Course" where id = $1`, [COURSE])
}

const open = (page: Page, path: string) => page.goto(urlOf(HOST, path), { waitUntil: 'networkidle' })

const classes = async () => {
  const { rows } = await owner().query<{ id: string; cancelled: boolean }>(
    `select id, "cancelledAt" is not null as cancelled from "LiveClass" where "courseId" = $1 order by "scheduledAt"`,
    [COURSE],
  )
  return rows
}

/** A day so many days ahead, by the clock of the school. */
const ahead = (days: number): string => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10)

/** How far the page is wider than its window. */
const surplus = (page: Page) =>
  page.evaluate<number>('document.documentElement.scrollWidth - document.documentElement.clientWidth')

describe.runIf(CHROMIUM)('live classes', () => {
  let teacher: Visitor
  let student: Visitor

  beforeAll(async () => {
    await remove()
    await owner().query(
      `with school as (select id from "Tenant" where subdomain = 'acme'), course as (
         insert into "Course" (id, "tenantId", "instructorId", title, status, "publishedAt")
         select $1, school.id, u.id, 'Knots and ropes', 'PUBLISHED', '2020-01-01Z' from school
         join "User" u on u."tenantId" = school.id and u.email = 'instructor@acme.test')
       insert into "Enrollment" (id, "tenantId", "courseId", "userId")
       select 'classesenrol' || row_number() over (order by u.email <> 'student@acme.test', u.id), school.id, $1, u.id from school
       join "User" u on u."tenantId" = school.id and u.role = 'STUDENT' and u."deletedAt" is null
       order by u.email <> 'student@acme.test', u.id limit 12`,
      [COURSE],
    )
    teacher = await visitor()
    student = await visitor({ width: 360, height: 740, touch: true })
    await enter(teacher.context, 'instructor')
    await enter(student.context, 'student')
  })

  afterAll(async () => {
    expect([...teacher.complaints, ...student.complaints]).toEqual([])
    await Promise.all([teacher.context.close(), student.context.close()])
    await remove()
  })

  test('are planned as a series by keyboard, and a wrong link is said', async () => {
    const { page } = teacher
    await open(page, LIST)
    await page.getByText('No class is planned').waitFor()
    expect(await violations(page)).toEqual([])
    await page.getByRole('link', { name: 'New class or series' }).press('Enter')
    await page.getByLabel('Title').waitFor()
    expect(await page.getByLabel('How many classes').isVisible()).toBe(false)
    await page.getByLabel('Title').fill('Bowlines together')
    await page.getByLabel('Link of the meeting').fill('https://meet.google.com/abc-defg-hij')
    await page.getByLabel('Day and time').fill(`${ahead(3)}T18:00`)
    await page.getByRole('radio', { name: 'Once' }).press('ArrowUp')
    await page.getByRole('radio', { name: 'By weeks' }).waitFor()
    expect(await page.getByRole('radio', { name: 'By weeks' }).isChecked()).toBe(true)
    await page.getByLabel('How many classes').fill('6')
    expect(await violations(page)).toEqual([])
    await picture(page, 'classes-1-new')
    await page.getByRole('button', { name: 'Plan' }).press('Enter')
    await page.getByText('is not where Zoom holds its meetings').first().waitFor()
    await page.getByLabel('Platform').selectOption({ label: 'Google Meet' })
    await page.getByRole('button', { name: 'Plan' }).press('Enter')
    await page.getByText('6 classes are planned.').waitFor()
    expect(await classes()).toHaveLength(6)
    expect(await violations(page)).toEqual([])
    await picture(page, 'classes-2-list')
  })

  test('are cancelled and undone; a cancelled one stays to be seen', async () => {
    const { page } = teacher
    const [, , third] = await classes()
    await open(page, `${LIST}/${third?.id ?? ''}`)
    expect(await violations(page)).toEqual([])
    await picture(page, 'classes-3-edit')
    await page.getByRole('button', { name: 'Cancel the class' }).first().press('Enter')
    await page.getByRole('dialog').getByRole('button', { name: 'Cancel the class' }).press('Enter')
    await page.getByText('The class is cancelled. It stays').waitFor()
    expect((await classes()).map(({ cancelled }) => cancelled)).toEqual([
      false,
      false,
      true,
      false,
      false,
      false,
    ])
    await page.getByRole('button', { name: 'Undo' }).press('Enter')
    await page.getByText('The class takes place after all.').waitFor()
    expect((await classes()).some(({ cancelled }) => cancelled)).toBe(false)
  })

  test('stand in a learner’s calendar on a phone, as an agenda first, and fit it', async () => {
    const { page } = student
    await open(page, '/calendar')
    await page
      .getByRole('link', { name: /Bowlines together/ })
      .first()
      .waitFor()
    expect(await page.getByRole('table').isVisible()).toBe(false)
    expect(await violations(page)).toEqual([])
    expect(await surplus(page)).toBe(0)
    await picture(page, 'classes-4-phone')
    await open(page, '/calendar?view=month')
    expect(await surplus(page)).toBe(0)
    expect(await violations(page)).toEqual([])
    await picture(page, 'classes-5-phone-month')
    const bar = page.locator('[data-bottom-bar]')
    expect(await bar.getByRole('link').allTextContents()).toEqual([
      ...['Dashboard', 'Courses', 'Calendar', 'Search', 'Account'],
    ])
    // No word of the bar is wider than its place.
    const tight = await page.evaluate<number>(
      `[...document.querySelectorAll('[data-bottom-bar] a')].filter((one) => one.scrollWidth > one.clientWidth).length`,
    )
    expect(tight).toBe(0)
  })

  test('stand in the month, in which arrow keys move between days', async () => {
    const { page } = teacher
    await open(page, '/calendar')
    expect(await violations(page)).toEqual([])
    expect(await surplus(page)).toBe(0)
    await picture(page, 'classes-6-month')
    const focusedDay = () => page.evaluate<string>('document.activeElement.dataset.day')
    const days = await page.evaluate<string[]>(
      `[...document.querySelectorAll('[data-day]')].map((one) => one.dataset.day)`,
    )
    await page.locator('[data-day]').nth(8).focus()
    for (const [key, at] of [
      ['ArrowRight', 9],
      ['ArrowDown', 16],
      ['Home', 14],
      ['End', 20],
      ['ArrowUp', 13],
      ['ArrowLeft', 12],
    ] as const) {
      await page.keyboard.press(key)
      expect([key, await focusedDay()]).toEqual([key, days[at]])
    }
    await page.keyboard.press('PageDown')
    await page.waitForURL(/view=month&on=/)
    await open(page, '/calendar?view=week')
    expect(await violations(page)).toEqual([])
    await picture(page, 'classes-7-week')
  })

  test('leave room for every place in the head, also for whoever runs the school on a narrow screen', async () => {
    const narrow = await visitor({ width: 640, height: 740 })
    await enter(narrow.context, 'admin')
    await open(narrow.page, '/calendar')
    expect(await surplus(narrow.page)).toBe(0)
    const head = narrow.page.getByRole('banner').getByRole('navigation', { name: 'Main' })
    expect(await head.getByRole('link').allTextContents()).toEqual([
      ...['Dashboard', 'Courses', 'Calendar', 'Teach', 'School'],
    ])
    await picture(narrow.page, 'classes-7-narrow')
    await narrow.page.setViewportSize({ width: 360, height: 740 })
    expect(await surplus(narrow.page)).toBe(0)
    // The bar has no place left: the calendar stands behind one's name.
    await narrow.page.getByRole('button', { name: /^Account of/ }).click()
    expect(await narrow.page.getByRole('link', { name: 'Calendar', exact: true }).last().isVisible()).toBe(
      true,
    )
    await narrow.context.close()
  })

  test('can be entered early: the page shows the way by itself, and the server decides', async () => {
    const { page } = student
    const [first] = await classes()
    const id = first?.id ?? ''
    // Opens in some seconds.
    await owner().query(
      `update "LiveClass" set "scheduledAt" = now() + interval '15 minutes 12 seconds', "meetingUrl" = $2 where id = $1`,
      [...[id, urlOf(HOST, '/certificates')]],
    )
    await open(page, `/classes/${id}`)
    const early = await page.content()
    expect(early).not.toContain('meet.google.com')
    expect(await page.getByRole('link', { name: 'Enter the class' }).count()).toBe(0)
    await page.getByText('You can enter from').waitFor()
    expect(await violations(page)).toEqual([])
    await picture(page, 'classes-8-early')
    await page.getByRole('link', { name: 'Enter the class' }).waitFor({ timeout: 40_000 })
    expect(await violations(page)).toEqual([])
    await picture(page, 'classes-9-open')
    await page.getByRole('link', { name: 'Enter the class' }).click()
    await page.waitForURL(/\/certificates$/)
    const { rows } = await owner().query<{ joined: boolean }>(
      `select "joinedAt" is not null as joined from "ClassAttendance" where "classId" = $1`,
      [id],
    )
    expect(rows).toEqual([{ joined: true }])
  })

  test('are attended: by hand, from a platform’s list, and undone; a recording is linked', async () => {
    const { page } = teacher
    const [first] = await classes()
    const id = first?.id ?? ''
    await owner().query(`update "LiveClass" set "scheduledAt" = now() - interval '2 hours' where id = $1`, [
      id,
    ])
    await open(page, `${LIST}/${id}/attendance`)
    expect(await violations(page)).toEqual([])
    await page.getByRole('radio', { name: 'Not said' }).first().focus()
    await page.keyboard.press('ArrowLeft')
    await page.getByRole('button', { name: 'Save' }).press('Enter')
    await page.getByText('One person is marked.').waitFor()
    await page.getByRole('button', { name: 'Mark all others present' }).press('Enter')
    await page.getByText('11 people are marked.').waitFor()
    await picture(page, 'classes-10-attendance')
    await page.getByRole('button', { name: 'Undo' }).press('Enter')
    await page.getByText('What was said about 11 people is taken back.').waitFor()
    await page.getByRole('link', { name: 'From a file' }).press('Enter')
    const people = await owner().query<{ email: string; name: string }>(
      `select u.email, u.name from "Enrollment" e join "User" u on u.id = e."userId" where e."courseId" = $1 order by u.name, u.id`,
      [COURSE],
    )
    const list = people.rows
      .slice(1, 4)
      .map(({ name, email }) => `${name}\t18:00\t19:00\t58m\t${email}\t\tAttendee`)
    const teams = [
      '2. Participants',
      'Name\tFirst Join\tLast Leave\tIn-Meeting Duration\tEmail\tParticipant ID (UPN)\tRole',
      ...list,
      'A stranger\t18:00\t19:00\t1h\tx@y.example\t\tAttendee',
    ]
    await page.getByLabel('File').setInputFiles({
      name: 'list.csv',
      mimeType: 'text/csv',
      buffer: Buffer.from(`\uFEFF${teams.join('\r\n')}`, 'utf16le'),
    })
    await page.getByRole('button', { name: 'Check' }).press('Enter')
    await page.getByText('4 people in the file, 3 of them in this course.').waitFor()
    expect(await violations(page)).toEqual([])
    await picture(page, 'classes-11-import')
    await page.getByRole('button', { name: 'Write attendance of 3 people' }).press('Enter')
    await page.getByText('3 people are marked.').waitFor()
    await open(page, `${LIST}/${id}`)
    await page.getByLabel('Link of the recording').fill('https://films.example/1')
    await page.getByRole('button', { name: 'Keep the link' }).press('Enter')
    await page.getByText('The recording is linked.').waitFor()
    await open(student.page, `/classes/${id}`)
    await student.page.getByRole('link', { name: 'Watch the recording' }).waitFor()
    expect(await violations(student.page)).toEqual([])
    await picture(student.page, 'classes-12-over')
  })

  test('are in a calendar that others read by its address, until it is renewed or turned off', async () => {
    const { page } = student
    await open(page, '/calendar')
    await page.getByRole('button', { name: 'Make an address' }).click()
    await page.getByText('The address is ready.').waitFor()
    expect(await violations(page)).toEqual([])
    const address = async (): Promise<string> =>
      new URL((await page.locator('#feed-address').textContent()) ?? '').pathname
    const first = await address()
    const ask = (path: string, headers: Record<string, string> = {}) =>
      askHost({ host: hostOf('acme'), path, headers })
    const feed = await ask(first)
    expect(feed.status).toBe(200)
    expect(feed.headers['content-type']).toBe('text/calendar; charset=utf-8')
    expect(feed.headers['cache-control']).toContain('private')
    expect(feed.headers['set-cookie']).toBeUndefined()
    expect(feed.body).toContain('SUMMARY:Bowlines together')
    expect(feed.body).not.toContain('meet.google.com')
    expect((await ask(first, { 'if-none-match': String(feed.headers['etag']) })).status).toBe(304)
    await page.getByRole('button', { name: 'Make a new address' }).click()
    await page.getByRole('dialog').getByRole('button', { name: 'Make a new address' }).click()
    await page.getByText('There is a new address').waitFor()
    const second = await address()
    expect([(await ask(first)).status, (await ask(second)).status]).toEqual([410, 200])
    expect((await ask(first)).body).toBe('')
    await page.getByRole('button', { name: 'Turn off' }).click()
    await page.getByRole('dialog').getByRole('button', { name: 'Turn off' }).click()
    await page.getByText('The address is turned off.').waitFor()
    expect((await ask(second)).status).toBe(410)
    expect((await ask('/feeds/x.ics')).status).toBe(404)
  })

  test('send little script: at most 60 kB above the bare page, which has 135', async () => {
    const [first] = await classes()
    const cookies = await student.context.cookies()
    const cookie = cookies.map(({ name, value }) => `${name}=${value}`).join('; ')
    for (const path of ['/calendar', `/classes/${first?.id ?? ''}`]) {
      const { body } = await askHost({ host: hostOf('acme'), path, headers: { cookie } })
      const sources = [...body.matchAll(/<script\b(?![^>]*nomodule)[^>]*\bsrc="([^"]+)"/gi)].map(
        ([, source = '']) => source,
      )
      let bytes = 0
      for (const source of new Set(sources.map((one) => one.replaceAll('&amp;', '&'))))
        bytes += gzipSync((await askHost({ host: hostOf('acme'), path: source })).body).length
      expect(sources.length).toBeGreaterThan(3)
      expect([path, bytes > 195_000 ? bytes : 'light']).toEqual([path, 'light'])
    }
  })

  test('are reached without scripts: the calendar, a class to come and the way in', async () => {
    const plain = await visitor({ javaScript: false })
    await enter(plain.context, 'student')
    const { page } = plain
    const [, second] = await classes()
    await owner().query(
      `update "LiveClass" set "scheduledAt" = now() + interval '1 minute', "meetingUrl" = $2 where id = $1`,
      [...[second?.id, urlOf(HOST, '/certificates')]],
    )
    await page.goto(urlOf(HOST, '/calendar?view=agenda'))
    await page.locator(`main a[href="/classes/${second?.id ?? ''}"]`).click()
    await page.getByRole('link', { name: 'Enter the class' }).click()
    await page.waitForURL(/\/certificates$/)
    expect(plain.complaints).toEqual([])
    await plain.context.close()
  })
})
