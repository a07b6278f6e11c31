import type { Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { CHROMIUM, urlOf, visitor, type Visitor } from '#tests/support/browser'
import { owner } from '#tests/support/served'
import { enter } from './enter'
import { fakePlayers } from './fake-players'
import { filmLesson, forget, kept, type Lesson } from './film'
import { violations } from './violations'

// Films in a lesson's text play where they stand, for whoever may see the lesson, and not before they are asked to.

const PLAYERS =
  /^https:\/\/(www\.youtube-nocookie\.com\/embed\/dQw4w9WgXcQ|player\.vimeo\.com\/video\/123456789)\?/

const film = (provider: string, id: string, title: string) => ({
  type: 'embed',
  attrs: { provider, id, title },
})
const CONTENT = JSON.stringify({
  type: 'doc',
  content: [
    film('youtube', 'dQw4w9WgXcQ', 'How tides turn'),
    { type: 'paragraph', content: [{ type: 'text', text: 'And then the moon.' }] },
    film('vimeo', '123456789', 'The moon’s month'),
  ],
})

let lesson: Lesson
let before: Readonly<{ content: string; videoUrl: string; preview: boolean }> | undefined
let one: Visitor & { asked: string[] }

async function set(content: string | null, videoUrl: string | null, preview: boolean): Promise<void> {
  await owner().query('update "Lesson" set content = $2, "videoUrl" = $3, preview = $4 where id = $1', [
    lesson.lessonId,
    ...[content, videoUrl, preview],
  ])
}

async function as(
  looker: 'student' | 'admin' | null,
  more: Parameters<typeof visitor>[0] = {},
): Promise<Page> {
  const made = await visitor(more)
  if (looker !== null) await enter(made.context, looker)
  one = { ...made, asked: await fakePlayers(made.context) }
  return made.page
}

const learnPath = (): string => `/learn/${lesson.courseId}/${lesson.lessonId}`
const previewPath = (): string => `/teach/courses/${lesson.courseId}/preview/${lesson.lessonId}`
const link = (page: Page, title: string) =>
  page.getByRole('link', { name: new RegExp(`${title}.*Play here`) })
const inside = (page: Page, title: string) =>
  page.frameLocator(`iframe[title="Video: ${title}"]`).getByRole('button', { name: 'Pause' })

async function open(page: Page, path: string): Promise<void> {
  await page.goto(urlOf('acme.localhost', path), { waitUntil: 'load' })
  await page.waitForTimeout(500)
  expect(one.asked).toEqual([])
}

describe.runIf(CHROMIUM)('a film in a lesson’s text', () => {
  beforeAll(async () => {
    lesson = await filmLesson()
    const { rows } = await owner().query<NonNullable<typeof before>>(
      'select content, "videoUrl", preview from "Lesson" where id = $1',
      [lesson.lessonId],
    )
    before = rows[0]
    await set(CONTENT, null, true)
    await forget(lesson)
  })

  afterEach(() => one.context.close())
  afterAll(() => set(before?.content ?? null, before?.videoUrl ?? null, before?.preview === true))

  test('is asked for by the keyboard alone, plays with the focus in it, and is not followed', async () => {
    const page = await as('student')
    await open(page, learnPath())
    const reports: string[] = []
    page.on('request', (request) => {
      if (request.url().includes('/api/progress')) reports.push(request.postData() ?? '')
    })
    await link(page, 'How tides turn').focus()
    await page.keyboard.press('Enter')
    await inside(page, 'How tides turn').waitFor()
    expect(await page.evaluate('document.activeElement.tagName')).toBe('IFRAME')
    // The way on from the player leads to the next film.
    await link(page, 'The moon’s month').focus()
    await page.keyboard.press('Enter')
    await inside(page, 'The moon’s month').waitFor()
    expect(await page.locator('iframe').count()).toBe(2)
    expect(one.asked.length).toBe(2)
    expect(one.asked.every((address) => PLAYERS.test(address))).toBe(true)
    await page.waitForTimeout(2_500)
    await inside(page, 'How tides turn').click()
    await page.waitForTimeout(500)
    expect(reports.filter((body) => !body.includes('"ranges":[]'))).toEqual([])
    expect((await kept(lesson)).ranges).toEqual([])
    expect(one.complaints).toEqual([])
  })

  test.each([
    ['a visitor, where the lesson is a preview', null, learnPath],
    ['its author, beforehand', 'admin', previewPath],
  ] as const)('plays for %s', async (_name, looker, path) => {
    const page = await as(looker)
    await open(page, path())
    await link(page, 'How tides turn').click()
    await inside(page, 'How tides turn').waitFor()
    await link(page, 'The moon’s month').click()
    await inside(page, 'The moon’s month').waitFor()
    expect(one.complaints).toEqual([])
  })

  test('that is the lesson’s own plays for its author, too', async () => {
    await set(CONTENT, 'https://vimeo.com/987654321', true)
    const page = await as('admin')
    await open(page, previewPath())
    await page.locator('[data-film] a').first().click()
    await page.frameLocator('[data-film] iframe').getByRole('button', { name: 'Pause' }).waitFor()
    expect(one.complaints).toEqual([])
    await set(CONTENT, null, true)
  })

  test('is a link to its platform without scripts, and while the player can’t be had', async () => {
    const page = await as(null, { javaScript: false })
    await open(page, learnPath())
    const href = 'https://www.youtube.com/watch?v=dQw4w9WgXcQ'
    expect(await link(page, 'How tides turn').getAttribute('href')).toBe(href)
    await one.context.close()

    const second = await as(null)
    await open(second, learnPath())
    await one.context.setOffline(true)
    await link(second, 'How tides turn').click()
    await second.getByText('The player couldn’t be loaded.').waitFor()
    await one.context.setOffline(false)
    const [tab] = await Promise.all([
      one.context.waitForEvent('page'),
      link(second, 'How tides turn').click(),
    ])
    await expect.poll(() => one.asked.includes(href) || tab.url() === href).toBe(true)
    expect(await second.locator('iframe').count()).toBe(0)
  })

  test.each([
    [360, false],
    [1440, true],
  ])('has nothing that WCAG 2.2 AA forbids, still and playing (%i px, dark %s)', async (width, dark) => {
    const page = await as(null, { width, dark })
    await open(page, learnPath())
    expect(await violations(page)).toEqual([])
    await link(page, 'How tides turn').click()
    await inside(page, 'How tides turn').waitFor()
    expect(await violations(page)).toEqual([])
    expect(await page.evaluate('document.documentElement.scrollWidth - innerWidth')).toBe(0)
  })
})
