import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { CHROMIUM, picture, urlOf, type Visitor, visitor } from '#tests/support/browser'
import { owner } from '#tests/support/served'
import { enter } from './enter'
import { violations } from './violations'

// What was earned, in a browser: shown by one's own choice, hidden, compared by who likes to, paused by the school.

const HOST = 'acme.localhost'
const COURSE = 'motivecourse'

const scalar = async (text: string, ...values: unknown[]): Promise<unknown> => {
  const { rows } = await owner().query<{ value: unknown }>(text, values)
  return rows[0]?.value
}

const idOf = async (email: string): Promise<string> =>
  String(
    await scalar(
      `select u.id as value from "User" u join "Tenant" t on t.id = u."tenantId" where t.subdomain = 'acme' and email = $1`,
      email,
    ),
  )

async function remove(): Promise<void> {
  await owner().query(`delete from "Course" where id = $1`, [COURSE])
  await owner().query(`delete from "User" where id like 'motiveperson%'`)
  await owner().query(`delete from "SchoolBreak" where name like 'Snow days%'`)
}

/** A course of ten lessons and thirteen learners, each of whom has completed one fewer than the one before. */
async function make(studentId: string): Promise<void> {
  await owner().query(
    `with school as (select id from "Tenant" where subdomain = 'acme'), teacher as (
       select u.id from "User" u, school where u."tenantId" = school.id and u.email = 'instructor@acme.test'
     ), course as (
       insert into "Course" (id, "tenantId", "instructorId", title, status, "publishedAt")
       select $1, school.id, teacher.id, 'Knots and splices', 'PUBLISHED', '2020-01-01Z' from school, teacher
     ), module as (
       insert into "Module" (id, "tenantId", "courseId", title, "order") select $1 || 'm', school.id, $1, 'One', 0 from school
     ), lessons as (
       insert into "Lesson" (id, "tenantId", "moduleId", title, "order") select $1 || 'l' || n, school.id, $1 || 'm', 'Knot ' || n, n
       from school, generate_series(0, 12) n
     ), people as (
       insert into "User" (id, "tenantId", email, name, password, role, "emailVerified")
       select 'motiveperson' || n, school.id, 'knot' || n || '@motive.test', 'Learner ' || n, '!', 'STUDENT', now()
       from school, generate_series(1, 12) n
     ), takers as (
       select 'motiveperson' || n as id, n from generate_series(1, 12) n union all select $2, 11
     ), enrolled as (
       insert into "Enrollment" (id, "tenantId", "courseId", "userId") select 'motiveenrol' || t.id, school.id, $1, t.id from school, takers t
     )
     insert into "LessonProgress" ("tenantId", "enrollmentId", "userId", "lessonId", completed, "completedAt")
     select school.id, 'motiveenrol' || t.id, t.id, $1 || 'l' || l, true, now() from school, takers t, generate_series(0, 12 - t.n) l`,
    [COURSE, studentId],
  )
}

const joinOthers = () =>
  owner().query(
    `insert into "LeaderboardEntry" ("tenantId", "userId", "courseId") select e."tenantId", e."userId", e."courseId" from "Enrollment" e
     where e."courseId" = $1 and e."userId" like 'motiveperson%'`,
    [COURSE],
  )

const open = (page: Page, path: string) => page.goto(urlOf(HOST, path), { waitUntil: 'networkidle' })

/** Whether the address answers, and how. */
const statusOf = async (page: Page, path: string) => (await open(page, path))?.status()

const audited = (action: string) =>
  scalar(`select count(*)::int as value from "AuditLog" where action = $1`, action)

describe.runIf(CHROMIUM)('what was earned', () => {
  let student: Visitor
  let other: Visitor
  let teacher: Visitor
  let admin: Visitor
  let studentId = ''
  const seen = { share: 0, join: 0, leave: 0, add: 0 }

  beforeAll(async () => {
    await remove()
    studentId = await idOf('student@acme.test')
    await make(studentId)
    student = await visitor({ width: 360, height: 740 })
    other = await visitor({ width: 360, height: 740 })
    teacher = await visitor()
    admin = await visitor()
    await enter(student.context, 'student')
    await enter(other.context, 'admin')
    await enter(teacher.context, 'instructor')
    await enter(admin.context, 'admin')
    seen.share = Number(await audited('profile.share'))
    seen.join = Number(await audited('leaderboard.join'))
    seen.leave = Number(await audited('leaderboard.leave'))
    seen.add = Number(await audited('school.break-add'))
  })

  afterAll(async () => {
    const all = [student, other, teacher, admin]
    // A refused page is one that was asked for.
    const complaints = all.flatMap((one) => one.complaints).filter((text) => !text.includes('404'))
    expect(complaints).toEqual([])
    await Promise.all(all.map(({ context }) => context.close()))
    await owner().query(
      `update "ProfileChoice" set open = true, badges = true, streak = true, certificates = true, hidden = false where "userId" = $1`,
      [studentId],
    )
    await remove()
  })

  test('stands on one’s profile: badges, the streak in words and squares, certificates', async () => {
    const { page } = student
    await open(page, '/profile')
    await page.getByRole('heading', { level: 1, name: 'Lena Brandt' }).waitFor()
    await page.getByRole('heading', { name: 'The last 12 weeks' }).waitFor()
    expect(
      await page.getByText(/Learned on \d+ days in these weeks; 1 day was covered by a freeze\./).count(),
    ).toBe(1)
    await page.getByText('Week by week').click()
    expect(await page.getByText(/1 freeze/).count()).toBeGreaterThan(0)
    expect(await violations(page)).toEqual([])
    await picture(page, 'motivation-1-profile')
    await page.emulateMedia({ media: 'print' })
    expect(await page.getByRole('checkbox', { name: 'Hide streaks and badges' }).isVisible()).toBe(false)
    await picture(page, 'motivation-2-profile-print')
    await page.emulateMedia({ media: 'screen' })
  })

  test('is seen by others as long as one wants, part by part, by keyboard', async () => {
    const { page } = student
    const theirs = `/people/${studentId}`
    expect(await statusOf(other.page, theirs)).toBe(200)
    await other.page.getByRole('heading', { name: 'Badges' }).waitFor()
    expect(await violations(other.page)).toEqual([])
    await picture(other.page, 'motivation-3-others')
    await open(page, '/profile')
    await page.getByRole('checkbox', { name: 'My badges' }).press('Space')
    await page.locator('#share').getByRole('button', { name: 'Save' }).press('Enter')
    await page.getByText('People of this school may see what you ticked').waitFor()
    await open(other.page, theirs)
    expect(await other.page.getByRole('heading', { name: 'Badges' }).count()).toBe(0)
    expect(await other.page.getByRole('heading', { name: 'Certificates' }).count()).toBe(1)
    await page.getByRole('checkbox', { name: 'People of this school may see my profile' }).press('Space')
    await page.locator('#share').getByRole('button', { name: 'Save' }).press('Enter')
    await page.getByText('Nobody but you sees your profile').waitFor()
    expect(await statusOf(other.page, theirs)).toBe(404)
    const closed = (await other.page.locator('main').innerText()).replace(/\s+/g, ' ')
    expect(await statusOf(other.page, '/people/nobodyatall')).toBe(404)
    expect((await other.page.locator('main').innerText()).replace(/\s+/g, ' ')).toBe(closed)
    expect(Number(await audited('profile.share')) - seen.share).toBe(2)
  })

  test('can be hidden altogether, and comes back', async () => {
    const { page } = student
    await open(page, '/dashboard')
    await page.getByRole('heading', { name: 'Your streak' }).waitFor()
    await picture(page, 'motivation-4-dashboard')
    await open(page, '/profile')
    await page.getByRole('checkbox', { name: 'Hide streaks and badges' }).check()
    await page.locator('#hide').getByRole('button', { name: 'Save' }).click()
    await page.getByText('Streaks and badges are hidden').waitFor()
    expect(await page.getByRole('heading', { name: 'Your streak' }).count()).toBe(0)
    expect(await page.getByRole('heading', { name: 'Badges', exact: true }).count()).toBe(0)
    expect(await violations(page)).toEqual([])
    await picture(page, 'motivation-5-hidden')
    for (const path of ['/dashboard', '/certificates']) {
      await open(page, path)
      expect(await page.getByRole('heading', { name: 'Your streak' }).count()).toBe(0)
    }
    await open(page, '/profile')
    await page.getByRole('checkbox', { name: 'Hide streaks and badges' }).uncheck()
    await page.locator('#hide').getByRole('button', { name: 'Save' }).click()
    await page.getByRole('heading', { name: 'Your streak' }).waitFor()
  })

  test('has rules that can be read', async () => {
    const { page } = teacher
    await open(page, '/badges')
    await page
      .getByText('Every 7 days of learning earn a freeze; at most 2 are held.', { exact: false })
      .waitFor()
    expect(await violations(page)).toEqual([])
    await picture(page, 'motivation-6-rules')
  })

  test('is compared where the instructor lets it, which is switched by keyboard', async () => {
    const { page } = teacher
    expect(await statusOf(student.page, `/courses/${COURSE}/leaderboard`)).toBe(404)
    await open(page, `/teach/courses/${COURSE}/leaderboard`)
    await page.getByRole('button', { name: 'Switch on' }).press('Enter')
    await page.getByText('Nobody has joined yet').waitFor()
    expect(await violations(page)).toEqual([])
    expect(await scalar(`select leaderboard as value from "Course" where id = $1`, COURSE)).toBe(true)
  })

  test('by who likes to: joined by a nickname, seen, left, and gone at once', async () => {
    const { page } = student
    await joinOthers()
    await open(page, `/courses/${COURSE}`)
    await page.getByRole('link', { name: 'Leaderboard' }).click()
    await page.getByText('12 learners take part.').waitFor()
    // Names only those see who are seen themselves.
    expect(await page.getByText('Learner 1', { exact: true }).count()).toBe(0)
    expect(await violations(page)).toEqual([])
    await picture(page, 'motivation-7-join')
    await page.getByRole('textbox', { name: /Nickname/ }).fill('learner 3')
    await page.getByRole('button', { name: 'Join' }).click()
    await page.getByText('Somebody on this leaderboard goes by this name already.').first().waitFor()
    await page.getByRole('textbox', { name: /Nickname/ }).fill('Bowline fan')
    await page.getByRole('button', { name: 'Join' }).press('Enter')
    await page.getByText('You take part now.').waitFor()
    await open(page, `/courses/${COURSE}/leaderboard?by=course`)
    const own = page.locator('[aria-current=true]')
    expect((await own.innerText()).replace(/\s+/g, ' ')).toMatch(/11 Bowline fan \(You\) 2 lessons/)
    expect(await page.getByText('Learner 12', { exact: true }).count()).toBe(0)
    expect(await page.getByText('One more lesson and you are level with the next.').count()).toBe(1)
    expect(await violations(page)).toEqual([])
    await picture(page, 'motivation-8-board')
    await open(teacher.page, `/teach/courses/${COURSE}/leaderboard`)
    const row = teacher.page.getByRole('row').filter({ hasText: 'Bowline fan' })
    expect(await row.innerText()).toContain('Lena Brandt')
    expect(await violations(teacher.page)).toEqual([])
    await picture(teacher.page, 'motivation-9-taught')
    await page.getByRole('button', { name: 'Leave the leaderboard' }).press('Enter')
    await page.getByText('You have left.').waitFor()
    await page.getByText('12 learners take part.').waitFor()
    await open(teacher.page, `/teach/courses/${COURSE}/leaderboard`)
    expect(await teacher.page.getByText('Bowline fan').count()).toBe(0)
    expect(Number(await audited('leaderboard.join')) - seen.join).toBe(1)
    expect(Number(await audited('leaderboard.leave')) - seen.leave).toBe(1)
  })

  test('switched off, it says how many leave it, and is gone', async () => {
    const { page } = teacher
    await page.getByRole('button', { name: 'Switch off' }).first().press('Enter')
    await page.getByText('12 learners leave it.').waitFor()
    await page.getByRole('dialog').getByRole('button', { name: 'Switch off' }).press('Enter')
    await page.getByText('The leaderboard is off, and nobody stands on it.').waitFor()
    expect(await statusOf(student.page, `/courses/${COURSE}/leaderboard`)).toBe(404)
  })

  test('waits in a break that the school sets by keyboard, and takes back', async () => {
    const { page } = admin
    await open(page, '/admin/breaks')
    const day = (offset: number) => new Date(Date.now() + offset * 86_400_000).toISOString().slice(0, 10)
    await page.getByLabel('Name').fill('Snow days')
    await page.getByLabel('First day').fill(day(3))
    await page.getByLabel('Last day').fill(day(1))
    await page.getByRole('button', { name: 'Add break' }).press('Enter')
    await page.getByText('The last day lies before the first.').first().waitFor()
    expect(await page.getByLabel('Name').inputValue()).toBe('Snow days')
    await page.getByLabel('First day').fill(day(-1))
    await page.getByLabel('Last day').fill(day(5))
    await page.getByRole('button', { name: 'Add break' }).press('Enter')
    await page.getByText('The break is added.').waitFor()
    expect(await violations(page)).toEqual([])
    await picture(page, 'motivation-10-breaks')
    await open(student.page, '/profile')
    await student.page.getByText(/School break until/).waitFor()
    const row = page.getByRole('row').filter({ hasText: 'Snow days' })
    await row.getByRole('button', { name: 'End today' }).press('Enter')
    await page.getByText('From tomorrow on days count again').first().waitFor()
    await row.getByRole('dialog').getByRole('button', { name: 'End today' }).press('Enter')
    await page.getByText('The break ends today.').waitFor()
    expect(Number(await audited('school.break-add')) - seen.add).toBe(1)
  })
})
