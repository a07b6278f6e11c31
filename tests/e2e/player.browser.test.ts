import { createHash } from 'node:crypto'
import type { BrowserContext, Page } from 'playwright-core'
import { afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { CHROMIUM, urlOf, visitor, type Visitor } from '#tests/support/browser'
import { ask, hostOf } from '#tests/support/http'
import { owner } from '#tests/support/served'
import { enter } from './enter'
import { fakePlayers } from './fake-players'
import {
  atSecond,
  film,
  filmLesson,
  forget,
  kept,
  type Lesson,
  loaded,
  openLesson,
  owed,
  until,
} from './film'
import { cookieOf, SESSION_COOKIE, signIn } from './sign-in'

// What was watched is known to the second, and comes home whatever happens to the page or the connection.

let lesson: Lesson
let context: BrowserContext
let page: Page
let complaints: string[]

/** Whether ranges are the expected ones; a film's events come when the machine has time for them. */
function about(
  ranges: readonly (readonly [number, number])[],
  expected: readonly (readonly [number, number])[],
): boolean {
  return (
    ranges.length === expected.length &&
    ranges.every(([from, to], index) => {
      const [wantedFrom, wantedTo] = expected[index] ?? [NaN, NaN]
      return Math.abs(from - wantedFrom) <= 1 && Math.abs(to - wantedTo) <= 1
    })
  )
}

async function student(): Promise<Visitor> {
  const made = await visitor()
  await enter(made.context, 'student')
  return made
}

describe.runIf(CHROMIUM)('a film of the school’s own', () => {
  beforeAll(async () => {
    lesson = await filmLesson()
  })

  beforeEach(async () => {
    await forget(lesson)
    ;({ context, page, complaints } = await student())
  })

  afterEach(() => context.close())

  test('counts what was played, not where it was; a jump to the end is no watching', async () => {
    await openLesson(page, lesson)
    await page.keyboard.press('k')
    await atSecond(page, 3.2, 'video.currentTime = 7')
    await atSecond(page, 9.2, 'video.currentTime = 11.9')
    await film(page, 'new Promise((resolve) => video.ended ? resolve() : video.onended = resolve)')
    const now = await until(lesson, ({ position }) => position >= 11)
    expect(
      about(now.ranges, [
        [0, 3],
        [7, 9],
      ]),
    ).toBe(true)
    expect(now.viewed).toBe(true)
    expect(complaints).toEqual([])
  })

  test('counts the film’s own time at double speed, and remembers the speed', async () => {
    await openLesson(page, lesson)
    await page.getByLabel('Speed').selectOption('2')
    await page.keyboard.press('k')
    await atSecond(page, 6, 'video.pause()')
    const now = await until(lesson, ({ ranges }) => ranges.length > 0)
    expect(about(now.ranges, [[0, 6]])).toBe(true)
    await openLesson(page, lesson)
    expect(await film(page, 'video.playbackRate')).toBe(2)
    expect(await page.getByLabel('Speed').inputValue()).toBe('2')
  })

  test('is remembered when its tab is closed while it runs', async () => {
    const second = await context.newPage()
    await openLesson(page, lesson)
    await page.keyboard.press('k')
    await atSecond(page, 3)
    await page.close()
    const now = await until(lesson, ({ ranges }) => ranges.length > 0)
    expect(about(now.ranges, [[0, 3]])).toBe(true)
    expect(about([[now.position, now.position]], [[3, 3]])).toBe(true)
    await second.close()
  })

  test('is kept without a connection, says so, and is sent when there is one', async () => {
    await openLesson(page, lesson)
    await page.keyboard.press('k')
    await loaded(page)
    await context.setOffline(true)
    await atSecond(page, 3, 'video.pause()')
    await page.getByText('Not saved yet').waitFor()
    expect((await kept(lesson)).ranges).toEqual([])
    await context.setOffline(false)
    const now = await until(lesson, ({ ranges }) => ranges.length > 0)
    expect(about(now.ranges, [[0, 3]])).toBe(true)
    await page.getByText('Not saved yet').waitFor({ state: 'hidden' })
    expect(await owed(context)).toEqual([])
  })

  test('is brought home by another lesson’s page, when its own went without a connection', async () => {
    await openLesson(page, lesson)
    await page.keyboard.press('k')
    await loaded(page)
    await context.setOffline(true)
    await atSecond(page, 4, 'video.pause()')
    await page.getByText('Not saved yet').waitFor()
    await page.close()
    await context.setOffline(false)
    page = await context.newPage()
    await openLesson(page, { ...lesson, lessonId: lesson.otherId })
    const now = await until(lesson, ({ ranges }) => ranges.length > 0)
    expect(about(now.ranges, [[0, 4]])).toBe(true)
    // Where it stands is this browser's to say, unless another one has gone on since.
    await openLesson(page, lesson)
    await page.getByText(/Goes on at 0:0[345]/).waitFor()
  })

  test('waits for somebody who was signed out, and is theirs alone', async () => {
    await openLesson(page, lesson)
    // This browser's session alone: other journeys of the same person are on their way.
    const cookies = await context.cookies(urlOf('acme.localhost'))
    const token = cookies.find(({ name }) => name === SESSION_COOKIE)?.value ?? ''
    const hash = createHash('sha256').update(token).digest('hex')
    const { rowCount } = await owner().query(`delete from "Session" where "tokenHash" = $1`, [hash])
    expect(rowCount).toBe(1)
    await page.keyboard.press('k')
    await atSecond(page, 3, 'video.pause()')
    await page.getByText('because you’ve been signed out').waitFor()
    expect(await page.getByRole('link', { name: 'Sign in' }).count()).toBeGreaterThan(0)
    // Somebody else signs in on the same browser: what is waiting is none of theirs.
    await enter(context, 'admin')
    await openLesson(page, lesson)
    expect((await kept(lesson)).ranges).toEqual([])
    await enter(context, 'student')
    await openLesson(page, lesson)
    const now = await until(lesson, ({ ranges }) => ranges.length > 0)
    expect(about(now.ranges, [[0, 3]])).toBe(true)
  })

  test('goes on to the second on another device, and can start over', async () => {
    await forget(lesson, 7)
    await openLesson(page, lesson)
    await page.getByText('Goes on at 0:07.').waitFor()
    expect(await film(page, 'video.currentTime')).toBe(7)
    await page.getByRole('button', { name: 'Start over' }).click()
    expect(await film(page, 'video.currentTime')).toBe(0)
  })

  test('completes the lesson that asks for it, and the page says so by itself', async () => {
    const rule = (completion: string, percent: number) =>
      owner().query(
        'update "Lesson" set completion = $2::"CompletionRule", "completionPercent" = $3, duration = 12 where id = $1',
        [lesson.lessonId, completion, percent],
      )
    const { rows } = await owner().query<{ completion: string; percent: number; duration: number }>(
      'select completion::text, "completionPercent" as percent, duration from "Lesson" where id = $1',
      [lesson.lessonId],
    )
    await rule('WATCHED', 25)
    await openLesson(page, lesson)
    await page.keyboard.press('k')
    await atSecond(page, 5, 'video.pause()')
    await page.getByText('You have completed this lesson.').waitFor()
    // The film stands where it was: nothing was loaded anew.
    expect(await film(page, 'video.currentTime')).toBeGreaterThan(4)
    await rule(rows[0]?.completion ?? 'MARKED', rows[0]?.percent ?? 90)
    await owner().query('update "Lesson" set duration = $2 where id = $1', [
      lesson.lessonId,
      rows[0]?.duration,
    ])
  })

  test('listens to keys, but not where they are turned off or somebody types', async () => {
    await openLesson(page, lesson)
    const paused = () => film(page, 'video.paused')
    await page.keyboard.press('k')
    expect(await paused()).toBe(false)
    await page.keyboard.press('Space')
    expect(await paused()).toBe(true)
    await page.keyboard.press('l')
    expect(await film(page, 'video.currentTime')).toBeGreaterThan(9)
    await page.keyboard.press('c')
    expect(await film(page, 'video.textTracks[0].mode')).toBe('hidden')
    await page.getByRole('button', { name: 'Keyboard shortcuts' }).click()
    await page.getByText('Play or pause the video').waitFor()
    await page.getByLabel('Single-key shortcuts').uncheck()
    await page.keyboard.press('Escape')
    await page.locator('h1').click()
    await page.keyboard.press('k')
    expect(await paused()).toBe(true)
  })

  test('stands on a page that is turned, and marked as done, by keys too', async () => {
    await openLesson(page, lesson)
    const here = page.url()
    const next = await page.locator('main a[rel=next]').getAttribute('href')
    await page.keyboard.press(']')
    await page.waitForURL(`**${next ?? ''}`)
    await page.goBack()
    await page.waitForURL(here)
    await openLesson(page, lesson)
    await page.keyboard.press('m')
    await page.waitForURL(`**${next ?? ''}`)
    const { rows } = await owner().query<{ completed: boolean }>(
      'select completed from "LessonProgress" where "lessonId" = $1 and "userId" = $2',
      [lesson.lessonId, lesson.userId],
    )
    expect(rows).toEqual([{ completed: true }])
  })

  test('is only shown to somebody who isn’t enrolled: nothing of theirs is kept', async () => {
    await enter(context, 'admin')
    await owner().query(
      `delete from "Enrollment" where "courseId" = $1 and "userId" in (select id from "User" where email = 'admin@acme.test')`,
      [lesson.courseId],
    )
    const reports: string[] = []
    page.on('request', (request) => request.url().includes('/api/progress') && reports.push(request.url()))
    await openLesson(page, lesson)
    await page.keyboard.press('k')
    await atSecond(page, 2, 'video.pause()')
    await openLesson(page, { ...lesson, lessonId: lesson.otherId })
    expect(reports).toEqual([])
  })
})

async function show(url: string, duration: number): Promise<void> {
  await owner().query('update "Lesson" set "videoUrl" = $2, duration = $3 where id = $1', [
    lesson.lessonId,
    url,
    duration,
  ])
}

describe.runIf(CHROMIUM)('a film on a platform', () => {
  let before: Readonly<{ videoUrl: string; duration: number }> | undefined

  beforeAll(async () => {
    lesson = await filmLesson()
    const { rows } = await owner().query<NonNullable<typeof before>>(
      'select "videoUrl", duration from "Lesson" where id = $1',
      [lesson.lessonId],
    )
    before = rows[0]
  })

  beforeEach(async () => {
    ;({ context, page, complaints } = await student())
  })

  afterEach(async () => {
    await context.close()
    await show(before?.videoUrl ?? '', before?.duration ?? 0)
  })

  test.each([
    [
      'YouTube',
      'https://www.youtube.com/watch?v=dQw4w9WgXcQ',
      /^https:\/\/www\.youtube-nocookie\.com\/embed\/dQw4w9WgXcQ\?.*start=20/,
    ],
    ['Vimeo', 'https://vimeo.com/123456789', /^https:\/\/player\.vimeo\.com\/video\/123456789\?dnt=1/],
  ])(
    '%s learns nothing before play is pressed; then what is played counts, from where it was left',
    async (name, url, player) => {
      await show(url, 600)
      await forget(lesson, 20)
      const asked = await fakePlayers(context)
      await openLesson(page, lesson)
      expect(asked).toEqual([])
      await page.getByRole('link', { name: `Play here, from ${name}` }).click()
      const frame = page.frameLocator('iframe')
      await frame.getByRole('button', { name: 'Skip' }).waitFor()
      await page.waitForTimeout(3_500)
      await frame.getByRole('button', { name: 'Skip' }).click()
      await page.waitForTimeout(2_500)
      await frame.getByRole('button', { name: 'Pause' }).click()
      const now = await until(lesson, ({ ranges }) => ranges.length === 2)
      expect(now.ranges[0]?.[0]).toBeGreaterThanOrEqual(20)
      expect(now.ranges[0]?.[1]).toBeGreaterThanOrEqual(22)
      expect(now.ranges[0]?.[1]).toBeLessThanOrEqual(27)
      expect(now.ranges[1]?.[0]).toBe(300)
      expect(now.ranges[1]?.[1]).toBeGreaterThanOrEqual(302)
      expect(now.position).toBeGreaterThanOrEqual(302)
      expect(asked.every((address) => player.test(address))).toBe(true)
      expect(complaints).toEqual([])
      // Keys reach the player through its messages.
      await page.locator('h1').click()
      await page.keyboard.press('k')
      await page.waitForTimeout(2_000)
      await page.keyboard.press('j')
      await page.keyboard.press('k')
      expect((await until(lesson, ({ position }) => position < 300)).position).toBeLessThan(300)
    },
  )

  test('any other frame stays closed', async () => {
    await openLesson(page, lesson)
    await page.evaluate(
      `document.body.append(Object.assign(document.createElement('iframe'), { src: 'https://www.youtube.com/embed/x' }))`,
    )
    await expect.poll(() => complaints.join()).toContain('frame-src')
  })
})

describe('a report', () => {
  const body = (more: object = {}) =>
    JSON.stringify({
      courseId: lesson.courseId,
      lessonId: lesson.lessonId,
      position: 5,
      ranges: [[0, 5]],
      ...more,
    })
  const send = async (text: string, headers: Record<string, string> = {}, host = hostOf('acme')) => {
    const cookie = cookieOf(await signIn(lesson.tenantId, lesson.userId))
    return ask({
      host,
      path: '/api/progress',
      method: 'POST',
      body: text,
      headers: { ...cookie, ...headers },
    })
  }

  beforeAll(async () => {
    lesson = await filmLesson()
  })

  beforeEach(() => forget(lesson))

  test('is taken as text and as JSON, once or twice, and never beyond the film’s end', async () => {
    for (const type of ['text/plain;charset=UTF-8', 'application/json'])
      expect(
        (
          await send(
            body({
              ranges: [
                [0, 3],
                [2, 5],
              ],
            }),
            { 'content-type': type },
          )
        ).status,
      ).toBe(200)
    expect(await kept(lesson)).toMatchObject({ ranges: [[0, 5]], position: 5 })
    await send(body({ ranges: [[0, 86_400]] }))
    const { rows } = await owner().query<{ duration: number }>(
      'select duration from "Lesson" where id = $1',
      [lesson.lessonId],
    )
    expect((await kept(lesson)).ranges).toEqual([[0, rows[0]?.duration]])
  })

  test.each([
    ['a range that ends before it begins', () => body({ ranges: [[5, 2]] }), 422],
    ['a second before the film', () => body({ ranges: [[-1, 2]] }), 422],
    ['half a second', () => body({ ranges: [[0, 1.5]] }), 422],
    [
      'fifty-one ranges',
      () => body({ ranges: Array.from({ length: 51 }, (_, n) => [2 * n, 2 * n + 1]) }),
      422,
    ],
    ['somebody else’s name', () => body({ userId: 'x' }), 422],
    ['its own verdict', () => body({ completed: true }), 422],
    ['no JSON', () => 'position=5', 422],
    ['more than a report has', () => body({ courseId: 'x'.repeat(5_000) }), 413],
    ['another course', () => body({ courseId: 'nothing' }), 404],
  ])('with %s is refused', async (_name, text, status) => {
    expect((await send(text())).status).toBe(status)
    expect(await kept(lesson)).toEqual({ ranges: [], position: 0, viewed: false })
  })

  test('from another site’s page, or for another school, is refused', async () => {
    expect((await send(body(), { origin: 'https://evil.example' })).status).toBe(403)
    expect((await send(body(), { origin: urlOf('globex.localhost').slice(0, -1) })).status).toBe(403)
    expect((await send(body(), {}, hostOf('globex'))).status).toBe(401)
    expect(await kept(lesson)).toEqual({ ranges: [], position: 0, viewed: false })
  })
})
