import { readFile } from 'node:fs/promises'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { CHROMIUM, picture, urlOf, type Visitor, visitor } from '#tests/support/browser'
import { owner } from '#tests/support/served'
import { enter } from './enter'
import { violations } from './violations'

// Grades in a browser: set up, changed by keys in the gradebook, explained to a learner, asked about and answered.

const HOST = 'acme.localhost'
const COURSE = 'gradescourse'
const FIRST = 'gradestask0'

async function remove(): Promise<void> {
  await owner().query(`delete from "Course" where id = any($1)`, [[COURSE, 'gradeshuge']])
  await owner().query(`delete from "User" where id like 'gradesperson%'`)
}

/** A course with so many people and assignments, a grade in each cell but those of the last assignment. */
async function make(course: string, people: number, tasks: number): Promise<void> {
  await owner().query(
    `with school as (select id from "Tenant" where subdomain = 'acme'), teacher as (
       select u.id from "User" u, school where u."tenantId" = school.id and u.email = 'instructor@acme.test'
     ), course as (
       insert into "Course" (id, "tenantId", "instructorId", title, status, "publishedAt")
       select $1, school.id, teacher.id, 'Knots and ropes', 'PUBLISHED', '2020-01-01Z' from school, teacher
     ), people as (
       insert into "User" (id, "tenantId", email, name, password, role, "emailVerified")
       select 'gradesperson' || $1 || n, school.id, 'person' || n || '@' || $1 || '.test', 'Person ' || lpad(n::text, 4, '0'), '!', 'STUDENT', now()
       from school, generate_series(1, $2::int) n
     ), enrolled as (
       insert into "Enrollment" (id, "tenantId", "courseId", "userId")
       select 'gradesenrol' || $1 || n, school.id, $1, 'gradesperson' || $1 || n from school, generate_series(1, $2::int) n
     ), tasks as (
       insert into "Assignment" (id, "tenantId", "courseId", title, points, "dueDate", "publishedAt")
       select case when $1 = '${COURSE}' then 'gradestask' || n else $1 || 'task' || n end, school.id, $1, 'Task ' || n, 20,
         timestamptz '2026-01-01Z' + n * interval '1 day', now() from school, generate_series(0, $3::int - 1) n
     )
     insert into "Submission" (id, "tenantId", "assignmentId", "userId", content, grade, "submittedAt", "gradedAt", "releasedAt")
     select 'gradeswork' || $1 || n || 'x' || t, school.id, case when $1 = '${COURSE}' then 'gradestask' || t else $1 || 'task' || t end,
       'gradesperson' || $1 || n, 'Done.', (n + t) % 21, '2025-12-01Z', '2026-02-01Z', '2026-02-01Z'
     from school, generate_series(1, $2::int) n, generate_series(0, $3::int - 2) t`,
    [course, people, tasks],
  )
}

const open = (page: Page, path: string) => page.goto(urlOf(HOST, path), { waitUntil: 'networkidle' })
const focused = (page: Page) => page.evaluate(`document.activeElement.getAttribute('data-cell')`)
const cell = (page: Page, row: number, column: number) =>
  page.locator(`[data-cell="${String(row)}:${String(column)}"]`)

const changes = async (where = ''): Promise<readonly unknown[]> => {
  const { rows } = await owner().query<Readonly<Record<string, unknown>>>(
    `select item, number, points::float8::text as points, excused, reason from "GradeChange" where "courseId" = $1 ${where} order by "createdAt", number`,
    [COURSE],
  )
  return rows
}

describe.runIf(CHROMIUM)('grades', () => {
  let teacher: Visitor
  let student: Visitor

  beforeAll(async () => {
    await remove()
    await make(COURSE, 30, 8)
    await owner().query(
      `insert into "Enrollment" (id, "tenantId", "courseId", "userId")
       select 'gradesenrolstudent', u."tenantId", $1, u.id from "User" u join "Tenant" t on t.id = u."tenantId" and t.subdomain = 'acme'
       where u.email = 'student@acme.test'`,
      [COURSE],
    )
    teacher = await visitor()
    student = await visitor({ width: 360, height: 740 })
    await enter(teacher.context, 'instructor')
    await enter(student.context, 'student')
  })

  afterAll(async () => {
    expect([...teacher.complaints, ...student.complaints]).toEqual([])
    await Promise.all([teacher.context.close(), student.context.close()])
    await remove()
  })

  test('come about as the scheme says, which is set by keyboard', async () => {
    const { page } = teacher
    await open(page, `/teach/courses/${COURSE}/grades/scheme`)
    await page.getByRole('radio', { name: /By weights/ }).check()
    await page.getByRole('button', { name: 'Add a category' }).press('Enter')
    await page.getByLabel('Name of category 1').fill('Knots')
    await page.getByLabel('Weight of Knots').fill('3')
    await page.getByLabel('Category of Task 0').selectOption({ label: 'Knots' })
    await page.getByRole('button', { name: 'Fill in A to F' }).press('Enter')
    expect(await violations(page)).toEqual([])
    await picture(page, 'grades-1-scheme')
    await page.getByRole('button', { name: 'Save', exact: true }).press('Enter')
    await page.getByText('Saved. Every grade of this course follows it now.').waitFor()
    await open(page, `/teach/courses/${COURSE}/grades`)
    // Person 1 has 1 of 20 in the only task that counts.
    expect(await cell(page, 1, 1).textContent()).toContain('5 %')
    // By points again, for what follows.
    await owner().query(`update "Course" set grading = '{}' where id = $1`, [COURSE])
  })

  test('are walked through and changed by keys alone', async () => {
    const { page } = teacher
    await open(page, `/teach/courses/${COURSE}/grades`)
    await page.getByRole('grid', { name: 'Gradebook' }).waitFor()
    expect(await violations(page)).toEqual([])
    await picture(page, 'grades-2-book')
    await cell(page, 0, 2).focus()
    await page.keyboard.press('End')
    await expect.poll(() => focused(page)).toBe('0:9')
    await page.keyboard.press('ArrowDown')
    // Nothing is there yet: a number is enough, and the next one below waits.
    await page.keyboard.type('17')
    await page.keyboard.press('Enter')
    await page.getByText('Task 7, Person 0001: saved').waitFor()
    await expect.poll(() => focused(page)).toBe('2:9')
    await page.keyboard.type('abc4,5')
    await page.keyboard.press('Enter')
    await page.getByText('Task 7, Person 0002: saved').waitFor()
    expect(await changes()).toEqual([
      { item: 'gradestask7', number: 1, points: '17', excused: false, reason: null },
      { item: 'gradestask7', number: 1, points: '4.5', excused: false, reason: null },
    ])
    // Somebody would read another number than before: it takes a reason.
    await page.keyboard.press('Home')
    await page.keyboard.press('ArrowRight')
    await page.keyboard.press('ArrowRight')
    await page.keyboard.press('ArrowUp')
    await expect.poll(() => focused(page)).toBe('2:2')
    await page.keyboard.type('20')
    await page.keyboard.press('Enter')
    const dialog = page.getByRole('dialog', { name: 'Task 0, Person 0002' })
    await dialog.waitFor()
    await page.keyboard.press('Control+Enter')
    await dialog.getByRole('button', { name: 'Save' }).press('Enter')
    await dialog.getByText('Say why').waitFor()
    expect(await violations(page)).toEqual([])
    await picture(page, 'grades-3-reason')
    await dialog.getByLabel('Reason').fill('The last page was missing')
    await dialog.getByRole('button', { name: 'Save' }).press('Enter')
    await page.getByText('Task 0, Person 0002: saved').waitFor()
    await expect.poll(() => focused(page)).toBe('2:2')
    expect(await cell(page, 2, 2).textContent()).toBe('20')
    await page.keyboard.press('Control+End')
    await expect.poll(() => focused(page)).toBe('30:9')
    await page.keyboard.press('F2')
    await page.keyboard.press('Escape')
    await expect.poll(() => focused(page)).toBe('30:9')
  })

  test('changed by a colleague meanwhile are not overwritten, and it is said', async () => {
    const { page } = teacher
    await open(page, `/teach/courses/${COURSE}/grades`)
    await owner().query(
      `insert into "GradeChange" ("tenantId", "courseId", "userId", "assignmentId", item, number, points)
       select "tenantId", $1, 'gradesperson${COURSE}3', 'gradestask7', 'gradestask7', 1, 9 from "Course" where id = $1`,
      [COURSE],
    )
    await cell(page, 3, 9).focus()
    await page.keyboard.type('12')
    await page.keyboard.press('Enter')
    await page.getByText(/Task 7, Person 0003: Say why|Task 7, Person 0003: Somebody else changed/).waitFor()
    expect(await cell(page, 3, 9).textContent()).not.toContain('12')
    expect(await changes(`and "userId" = 'gradesperson${COURSE}3'`)).toMatchObject([{ points: '9' }])
  })

  test('are explained on a phone, asked about, and answered', async () => {
    const { page } = student
    const { rows } = await owner().query<{ id: string }>(
      `select "userId" as id from "Enrollment" where id = 'gradesenrolstudent'`,
    )
    const studentId = rows[0]?.id ?? ''
    await owner().query(
      `insert into "Submission" ("tenantId", "assignmentId", "userId", content, grade, "gradedAt", "releasedAt")
       select "tenantId", $2, $3, 'Mine', 12, now(), now() from "Course" where id = $1`,
      [COURSE, FIRST, studentId],
    )
    await open(page, `/courses/${COURSE}`)
    await page.getByRole('link', { name: 'Your grades' }).click()
    await page.getByText('60 %').first().waitFor()
    await page.getByLabel('About', { exact: true }).selectOption({ label: 'Task 0' })
    await page.getByLabel('Your question').fill('Was the second knot seen?')
    await page.getByRole('button', { name: 'Ask' }).click()
    await page.getByText('Your question is with those who teach').waitFor()
    expect(await violations(page)).toEqual([])
    await picture(page, 'grades-4-asked')
    const author = teacher.page
    await open(author, `/teach/courses/${COURSE}/grades/${studentId}/${FIRST}`)
    await author.getByText('Was the second knot seen?').waitFor()
    await author.getByLabel('Your answer').fill('It is now.')
    await author.getByRole('button', { name: 'Answer' }).click()
    await author.getByText('Your answer stands on their page').waitFor()
    await author.getByLabel('Points').fill('15')
    await author.getByLabel('Reason').fill('The second knot counts')
    expect(await violations(author)).toEqual([])
    await picture(author, 'grades-5-cell')
    await author.getByRole('button', { name: 'Save' }).click()
    await author.getByText('The grade is changed').waitFor()
    await open(page, `/courses/${COURSE}/grades`)
    await page.getByText('75 %').first().waitFor()
    await page.getByText('It is now.').waitFor()
    await page.getByText('Why: The second knot counts').waitFor()
    await page.getByText('By itself it would be 12 of 20.').waitFor()
    expect(await violations(page)).toEqual([])
    expect(await page.evaluate('document.documentElement.scrollWidth - innerWidth')).toBe(0)
    await picture(page, 'grades-6-own')
  })

  test('are saved as a file and brought back with what was changed in it', async () => {
    const { page } = teacher
    await open(page, `/teach/courses/${COURSE}/grades`)
    const saving = page.waitForEvent('download')
    await page.getByRole('link', { name: 'Save as a file' }).click()
    const csv = await readFile(await (await saving).path(), 'utf8')
    const lines = csv.split('\r\n').map((line) => line.split(','))
    const column = lines[0]?.findIndex((heading) => heading.startsWith('Task 7')) ?? -1
    const changed = lines.map((line) =>
      line[1] === `person9@${COURSE}.test` ? line.map((one, at) => (at === column ? '13' : one)) : line,
    )
    await page.getByRole('link', { name: 'Bring in from a file' }).click()
    await page.getByLabel('or the file itself').setInputFiles({
      ...{ name: 'grades.csv', mimeType: 'text/csv' },
      buffer: Buffer.from(changed.map((line) => line.join(',')).join('\r\n')),
    })
    await page.getByRole('button', { name: 'See what would change' }).click()
    await page.getByText('One grade of 31 lines').first().waitFor()
    expect(await violations(page)).toEqual([])
    await picture(page, 'grades-7-import')
    await page.getByLabel('Reason').fill('From the practical test')
    await page.getByRole('button', { name: 'Change one grade' }).click()
    await page.getByText('One grade is changed.').waitFor()
    expect(await changes(`and "userId" = 'gradesperson${COURSE}9'`)).toEqual([
      { item: 'gradestask7', number: 1, points: '13', excused: false, reason: 'From the practical test' },
    ])
  })

  test('of a thousand people in a hundred columns come at once, scroll smoothly and are changed in place', async () => {
    await make('gradeshuge', 1_000, 100)
    const { page } = teacher
    const began = performance.now()
    await page.goto(urlOf(HOST, '/teach/courses/gradeshuge/grades'))
    await cell(page, 0, 2).waitFor()
    const shown = performance.now() - began
    expect(await page.locator('[role=gridcell]').count()).toBeLessThan(600)
    const frames = await page.evaluate<number[]>(`(async () => {
      const grid = document.querySelector('[role=grid]')
      const times = []
      let last = performance.now()
      for (let n = 1; n <= 60; n += 1) {
        grid.scrollTo({ top: n * 600, left: n * 150 })
        await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))
        const now = performance.now()
        times.push((now - last) / 2)
        last = now
      }
      return times.sort((a, b) => a - b)
    })()`)
    const [middle = 0, late = 0] = [frames[30], frames[57]]
    await cell(page, 999, 101).waitFor({ state: 'detached' })
    const chosen = performance.now()
    await page.getByLabel('Order').selectOption('highest')
    await page.locator('[data-cell="0:1"]').waitFor()
    const ordered = performance.now() - chosen
    const percents = await page.evaluate<number[]>(
      `[...document.querySelectorAll('[data-cell$=":1"]')].filter((cell) => cell.textContent.includes('%'))
        .map((cell) => [Number(cell.dataset.cell.split(':')[0]), parseFloat(cell.textContent)])
        .sort((one, other) => one[0] - other[0]).map(([, percent]) => percent)`,
    )
    expect(percents.length).toBeGreaterThan(5)
    expect(percents).toEqual(percents.toSorted((one, other) => other - one))
    await page.getByLabel('Order').selectOption('name')
    await page.getByLabel('Find somebody').fill('0777')
    await cell(page, 0, 1).waitFor()
    await cell(page, 0, 2).focus()
    await page.keyboard.press('End')
    await page.keyboard.type('18')
    const pressed = performance.now()
    await page.keyboard.press('Enter')
    await page.getByText('Task 99, Person 0777: saved').waitFor()
    const saved = performance.now() - pressed
    process.stdout.write(
      `gradebook of 1,000 x 100: shown in ${shown.toFixed(0)} ms; a frame while scrolling ${middle.toFixed(0)} ms, ` +
        `95 of 100 within ${late.toFixed(0)} ms; put in order in ${ordered.toFixed(0)} ms; a change saved in ${saved.toFixed(0)} ms\n`,
    )
    expect(shown).toBeLessThan(6_000)
    expect(middle).toBeLessThan(50)
    expect(saved).toBeLessThan(2_000)
  }, 120_000)
})
