import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { CHROMIUM, picture, urlOf, type Visitor } from '#tests/support/browser'
import { owner } from '#tests/support/served'
import { type Keyboard, keyboardOf } from './keyboard'
import { author, plant, uproot } from './outline-page'
import { violations } from './violations'

// What stands beside a lesson's text, set by the keys of a keyboard alone: its film, who may open it, and what completes it.

const COURSE = 'Bends and hitches'
const ASSETS = join(import.meta.dirname, '../../prisma/seed/assets/reading-the-night-sky')

describe.runIf(CHROMIUM)('what stands beside a lesson is set by keyboard', () => {
  let writer: Visitor
  let keyboard: Keyboard
  let course = ''
  let first = ''
  let second = ''

  beforeAll(async () => {
    const address = await plant(COURSE, { One: ['First', 'Second'] })
    course = address.split('/').at(-1) ?? ''
    ;[first, second] = [`${course}m0l1`, `${course}m0l2`]
    writer = await author()
    keyboard = keyboardOf(writer.page)
  })

  afterAll(async () => {
    await writer.context.close()
    await uproot([COURSE])
  })

  const stored = async (id: string): Promise<Readonly<Record<string, unknown>>> => {
    const { rows } = await owner().query<Record<string, unknown>>('select * from "Lesson" where id = $1', [
      id,
    ])
    return rows[0] ?? {}
  }

  const open = async (id: string): Promise<void> => {
    await writer.page.goto(urlOf('acme.localhost', `/teach/courses/${course}/lessons/${id}`))
    await writer.page.locator('.lesson-text[contenteditable=true]').waitFor()
  }

  const saved = (panel: string) =>
    writer.page.locator(`form[aria-label="${panel}"]`).getByText('Saved').waitFor()

  /** Goes down a list of choices until one is chosen. */
  const pick = async (name: string, value: string): Promise<void> => {
    await keyboard.tabTo(`select[name=${name}]`)
    await keyboard.keys('Home')
    for (let press = 0; press < 10; press += 1) {
      if ((await writer.page.locator(`select[name=${name}]`).inputValue()) === value) return
      await keyboard.keys('ArrowDown')
    }
    throw new Error(`${value} is no choice of ${name}.`)
  }

  test('the film of a lesson: an upload with captions, its length known by itself', async () => {
    const { page, complaints } = writer
    await open(first)
    await keyboard.tabTo('[name=video]')
    await keyboard.choose('[name=video]', join(ASSETS, 'moon-month.mp4'))
    await page.locator('form video').waitFor()
    await keyboard.tabTo('[name=captions]')
    await keyboard.choose('[name=captions]', join(ASSETS, 'moon-month.vtt'))
    await page.getByText('It has captions.').waitFor()
    await saved('Film')
    expect(await stored(first)).toMatchObject({
      videoUrl: expect.stringContaining('.mp4') as string,
      captions: expect.stringContaining('.vtt') as string,
      duration: 12,
    })
    await picture(page, 'editor-6-own-film')
    expect(complaints).toEqual([])
  })

  test('the settings: completed by so much of the film; a wrong number is told beside its field', async () => {
    const { page, complaints } = writer
    await pick('completion', 'WATCHED')
    await keyboard.tabTo('[name=percent]')
    await keyboard.keys('Control+a')
    await keyboard.type('120')
    await page.getByText('Enter a whole number from 1 to 100.').waitFor()
    await picture(page, 'editor-7-settings')
    await keyboard.keys('Control+a')
    await keyboard.type('75')
    await keyboard.keys('Enter')
    await saved('Settings')
    expect(await stored(first)).toMatchObject({ completion: 'WATCHED', completionPercent: 75 })
    expect(complaints).toEqual([])
  })

  test('the next lesson has a film elsewhere, a date, and one before it', async () => {
    const { page, complaints } = writer
    await open(second)
    await keyboard.tabTo('[name=videoUrl]')
    await keyboard.type('https://vimeo.com/76979871')
    await keyboard.keys('Enter')
    await saved('Film')
    await keyboard.tabTo('[name=releaseAt]')
    await keyboard.type('01022031')
    await keyboard.keys('Tab')
    await keyboard.type('0930A')
    await pick('releaseAfterId', first)
    await keyboard.keys('Tab', 'Enter')
    await saved('Settings')
    expect(await violations(page)).toEqual([])
    await picture(page, 'editor-8-settings-saved')
    const lesson = await stored(second)
    expect(lesson).toMatchObject({ videoUrl: 'https://vimeo.com/76979871', releaseAfterId: first })
    expect(String(lesson['releaseAt'])).toContain('2031')
    expect(complaints).toEqual([])
  })
})
