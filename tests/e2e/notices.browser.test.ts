import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest'
import { readFolder, type SentLetter } from '#lib/adapters/mail/folder'
import { type Running, startWorker } from '#scripts/screenshots/throwaway'
import { CHROMIUM, picture, urlOf, type Visitor, visitor } from '#tests/support/browser'
import { ask, hostOf } from '#tests/support/http'
import { owner } from '#tests/support/served'
import { actionRef, callAction } from './call-action'
import { enter } from './enter'
import { loadWorld, type World } from './rows/world'
import { cookieOf, SESSION_COOKIE, signIn } from './sign-in'
import { violations } from './violations'

// What people are told, in a browser: it arrives by itself in every tab, and they choose what of it comes by mail.

const HOST = 'acme.localhost'
const PERSON = 'noticesperson'
const NEWS = 'Your question about a grade has an answer'

describe.runIf(CHROMIUM)('notices', () => {
  let world: World
  let student: Visitor
  let worker: Running
  let asked = 0

  const remove = () => owner().query('delete from "User" where id = $1', [PERSON])

  const unread = (page: Page) => page.locator('[data-unread]').first()
  const open = (page: Page, path: string) => page.goto(urlOf(HOST, path), { waitUntil: 'load' })

  /** A question of the student's, answered by whoever teaches the course, as their page does it. */
  async function answer(): Promise<void> {
    asked += 1
    const { acme, enrolled } = world
    const questionId = `noticequestion${asked}`
    await owner().query(
      `insert into "GradeQuestion" (id, "tenantId", "courseId", "userId", item, key, body) values ($1, $2, $3, $4, 'course', $1, 'Why?')`,
      [questionId, acme.id, enrolled.courseId, PERSON],
    )
    const { ref, paths } = actionRef('app/actions/grades.ts', 'answerAboutGrade')
    const form = {
      courseId: enrolled.courseId,
      userId: PERSON,
      item: 'course',
      questionId,
      answer: 'Because.',
    }
    const headers = cookieOf(await signIn(acme.id, acme.adminId))
    const called = await callAction({ ref, host: hostOf('acme'), path: paths.school ?? '/', form, headers })
    expect(called.code).toBe('ok')
  }

  async function letters(): Promise<readonly SentLetter[]> {
    const all = await readFolder(inject('served').mailDir, world.acme.id, 500)
    return all.filter(({ subject, to }) => subject === NEWS && to.address === 'notices@acme.test')
  }

  beforeAll(async () => {
    world = await loadWorld()
    const { acme, enrolled } = world
    await remove()
    // Somebody of this file's own: others learn, and are told of it, meanwhile.
    await owner().query(
      `with person as (insert into "User" (id, "tenantId", email, name, password, role, "emailVerified")
         values ($2, $1, 'notices@acme.test', 'Noor Vale', '!', 'STUDENT', now()) returning id)
       insert into "Enrollment" ("tenantId", "courseId", "userId") select $1, $3, id from person`,
      [acme.id, PERSON, enrolled.courseId],
    )
    await owner().query(
      `insert into "NotificationSettings" ("tenantId", "userId", choices) values ($1, $2, '{"quiet":null}')`,
      [acme.id, PERSON],
    )
    student = await visitor({ width: 360, height: 740 })
    await student.context.addCookies([
      {
        ...{ name: SESSION_COOKIE, value: await signIn(acme.id, PERSON), url: urlOf(HOST) },
        ...{ httpOnly: true, sameSite: 'Lax' },
      },
    ])
    worker = startWorker(inject('served').workerEnvironment, inject('served').folder)
  })

  afterAll(async () => {
    expect(student.complaints).toEqual([])
    await student.context.close()
    await worker.stop()
    await remove()
  })

  test('arrive in two tabs by themselves, over one stream, and are said politely', async () => {
    const second = await student.context.newPage()
    const streams: string[] = []
    for (const page of [student.page, second])
      page.on('request', (request) => {
        if (request.url().includes('/api/notifications/live')) streams.push(request.url())
      })
    await open(student.page, '/dashboard')
    await open(second, '/courses')
    await student.page.waitForTimeout(3_500)
    expect(streams).toHaveLength(1)
    await expect.poll(() => unread(student.page).count()).toBe(0)
    await answer()
    for (const page of [student.page, second]) {
      await page.getByRole('status').getByText(NEWS).waitFor({ timeout: 8_000 })
      expect(await unread(page).textContent()).toBe('1')
      expect(await page.locator('[data-bell]').first().getAttribute('href')).toBe('/notifications')
    }
    expect(await violations(student.page)).toEqual([])
    await picture(student.page, 'notices-1-arrived')
    // The tab that held the stream closes: the other goes on.
    await student.page.goto('about:blank')
    await second.waitForTimeout(1_000)
    await answer()
    await expect.poll(() => unread(second).textContent(), { timeout: 8_000 }).toBe('2')
    expect(streams.length).toBeGreaterThan(1)
    await second.close()
  })

  test('are read one by one and all at once, and lead to the matter', async () => {
    const { page } = student
    await open(page, '/notifications')
    expect(await page.locator('[data-notice=unread]').count()).toBe(2)
    expect(await violations(page)).toEqual([])
    await picture(page, 'notices-2-list')
    await page.getByRole('button', { name: NEWS, exact: true }).first().click()
    await page.waitForURL(/\/courses\/.*\/grades$/)
    await open(page, '/notifications?type=GRADE_RELEASED')
    expect(await page.locator('[data-notice=unread]').count()).toBe(1)
    await page.getByRole('button', { name: 'Mark all as read' }).click()
    await page.waitForURL(/type=GRADE_RELEASED$/)
    await expect.poll(() => page.locator('[data-notice=unread]').count()).toBe(0)
    expect(await unread(page).count()).toBe(0)
  })

  test('are chosen by keyboard on a phone', async () => {
    const { page } = student
    await open(page, '/account/notifications')
    expect(await violations(page)).toEqual([])
    await picture(page, 'notices-3-settings')
    await page.locator('[data-kind=ACHIEVEMENT]').getByRole('checkbox').focus()
    await page.keyboard.press('Space')
    await page.keyboard.press('Tab')
    await page.keyboard.press('a')
    await page.getByRole('checkbox', { name: 'Keep quiet hours' }).focus()
    await page.keyboard.press('Space')
    await page.getByRole('button', { name: 'Save' }).focus()
    await page.keyboard.press('Enter')
    await page.getByText('Your choice is saved.').waitFor()
    const { rows } = await owner().query(`select choices from "NotificationSettings" where "userId" = $1`, [
      PERSON,
    ])
    expect(rows).toEqual([{ choices: { types: { ACHIEVEMENT: { app: false, mail: 'once' } } } }])
    await owner().query(`update "NotificationSettings" set choices = '{"quiet":null}' where "userId" = $1`, [
      PERSON,
    ])
  })

  test('by mail stop with one click of the mail program, signed out, and can be had again without a script', async () => {
    await expect.poll(async () => (await letters()).length, { timeout: 10_000 }).toBe(2)
    const [letter] = await letters()
    const program = new URL(letter?.unsubscribe ?? 'none:')
    const post = () =>
      ask({
        ...{ host: hostOf('acme'), path: program.pathname + program.search, method: 'POST' },
        body: 'List-Unsubscribe=One-Click',
        headers: { 'content-type': 'application/x-www-form-urlencoded' },
      })
    const looked = await ask({ host: hostOf('acme'), path: program.pathname + program.search })
    expect([looked.status, looked.headers.location]).toEqual([303, `/unsubscribe${program.search}`])
    const stopped = async () =>
      (
        await owner().query<{ choices: unknown }>(
          `select choices from "NotificationSettings" where "userId" = $1`,
          [PERSON],
        )
      ).rows[0]?.choices
    expect(await stopped()).toEqual({ quiet: null })
    for (let time = 0; time < 2; time += 1) expect((await post()).status).toBe(200)
    expect(await stopped()).toEqual({ quiet: null, types: { GRADE_RELEASED: { mail: 'off' } } })
    const stranger = await visitor({ width: 360, height: 740, javaScript: false })
    await stranger.page.goto(urlOf(HOST, `/unsubscribe${program.search}`))
    await stranger.page.getByRole('heading', { name: 'These letters have stopped' }).waitFor()
    await picture(stranger.page, 'notices-4-stopped')
    await stranger.page.getByRole('button', { name: 'Get them again' }).click()
    await stranger.page.getByRole('heading', { name: 'Stop letters about these?' }).waitFor()
    expect(await stopped()).toEqual({ quiet: null })
    await stranger.page.getByRole('button', { name: 'Stop these letters' }).click()
    await stranger.page.getByRole('heading', { name: 'These letters have stopped' }).waitFor()
    expect(stranger.complaints).toEqual([])
    await stranger.context.close()
  })

  test('are what is announced, too: written once however often it is sent, changed, taken back and restored', async () => {
    const teacher = await visitor()
    await enter(teacher.context, 'instructor')
    const { page } = teacher
    const course = world.taughtGrade.courseId
    await open(page, `/teach/courses/${course}/announcements`)
    expect(await violations(page)).toEqual([])
    await page.getByLabel('In a few words').fill('Field trip')
    await page
      .getByLabel('What you want to say')
      .fill('We meet at nine.\n\nThe way: https://maps.example/way.')
    await page.getByRole('button', { name: /^Announce to \d+ people$/ }).click()
    await page.getByText('It is announced.').waitFor()
    await picture(page, 'notices-5-announced')
    const { rows } = await owner().query<{ id: string; learner: string }>(
      `select n.id, e."userId" as learner from "Announcement" n join "Enrollment" e on e."courseId" = n."courseId"
       where n.title = 'Field trip' order by e."userId" limit 1`,
    )
    const [{ id, learner } = { id: '', learner: '' }] = rows
    await expect
      .poll(
        async () =>
          (
            await owner().query(`select from "Notification" where "userId" = $1 and key = $2`, [
              learner,
              `announcement:${id}`,
            ])
          ).rowCount,
        { timeout: 8_000 },
      )
      .toBe(1)
    await page
      .locator(`#${id}`)
      .getByRole('link', { name: /Change/ })
      .click()
    await page.getByLabel('In a few words').fill('Field trip on Monday')
    await page.getByRole('button', { name: 'Save' }).click()
    await page.getByText('The new words are saved.').waitFor()
    const headers = cookieOf(await signIn(world.acme.id, learner))
    const read = () => ask({ host: hostOf('acme'), path: `/courses/${course}/announcements`, headers })
    expect((await read()).body).toContain(
      '<a href="https://maps.example/way" rel="noopener noreferrer nofollow ugc"',
    )
    await page
      .locator(`#${id}`)
      .getByRole('button', { name: /Take back/ })
      .click()
    await page.getByText('It was taken back.').waitFor()
    expect((await read()).body).not.toContain('Field trip on Monday')
    await page.getByRole('button', { name: 'Let it stand again' }).click()
    await page.getByText('It stands again.').waitFor()
    expect((await read()).body).toContain('Field trip on Monday')
    expect(teacher.complaints).toEqual([])
    await teacher.context.close()
    await owner().query(`delete from "Notification" where key = $1`, [`announcement:${id}`])
    await owner().query(`delete from "Announcement" where id = $1`, [id])
  })
})
