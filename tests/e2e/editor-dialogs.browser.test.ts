import { copyFileSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import sharp from 'sharp'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { CHROMIUM, picture, untilTrue, urlOf, type Visitor, visitor } from '#tests/support/browser'
import { owner } from '#tests/support/served'
import { enter } from './enter'
import { type Keyboard, keyboardOf } from './keyboard'
import { author, plant, uproot } from './outline-page'
import { violations } from './violations'

// What can be put into a lesson, put there by the keys of a keyboard alone.

const COURSE = 'Knots and splices'
const ASSETS = join(import.meta.dirname, '../../prisma/seed/assets/reading-the-night-sky')

type Lesson = Readonly<Record<string, unknown>>

describe.runIf(CHROMIUM)('a lesson is made by keyboard', () => {
  let writer: Visitor
  let folder = ''
  let course = ''
  let first = ''
  let keyboard: Keyboard

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'smartlms-dialogs-'))
    const address = await plant(COURSE, { One: ['First', 'Second'] })
    course = address.split('/').at(-1) ?? ''
    first = `${course}m0l1`
    await owner().query(`update "Course" set status = 'PUBLISHED', "publishedAt" = now() where id = $1`, [
      course,
    ])
    await owner().query(
      `insert into "Enrollment" ("tenantId", "userId", "courseId")
       select u."tenantId", u.id, $1 from "User" u join "Course" c on c.id = $1 and c."tenantId" = u."tenantId" where u.email = 'student@acme.test'`,
      [course],
    )
    await sharp(join(ASSETS, 'orion.webp')).png().toFile(join(folder, 'orion.png'))
    await sharp(join(ASSETS, 'hand.webp')).jpeg().toFile(join(folder, 'hand.jpg'))
    writer = await author()
    keyboard = keyboardOf(writer.page)
  })

  afterAll(async () => {
    await writer.context.close()
    await uproot([COURSE])
    rmSync(folder, { recursive: true, force: true })
  })

  const stored = async (id: string): Promise<Lesson> => {
    const { rows } = await owner().query<Lesson>('select * from "Lesson" where id = $1', [id])
    return rows[0] ?? {}
  }

  /** Waits until the school has a text. */
  const untilSaved = async (id: string, words: string): Promise<void> => {
    for (let attempt = 0; attempt < 150; attempt += 1) {
      if (String((await stored(id))['content']).includes(words)) break
      await writer.page.waitForTimeout(100)
    }
    expect(String((await stored(id))['content'])).toContain(words)
    await writer.page.locator('[data-save-state=saved]').waitFor()
  }

  const open = async (id: string): Promise<void> => {
    await writer.page.goto(urlOf('acme.localhost', `/teach/courses/${course}/lessons/${id}`))
    await writer.page.locator('.lesson-text[contenteditable=true]').waitFor()
  }

  /** Opens the menu on an empty line and takes what the letters lead to. */
  const insert = async (...letters: readonly string[]): Promise<void> => {
    await keyboard.type('/')
    await writer.page.getByRole('menu').waitFor()
    await keyboard.keys(...letters, 'Enter')
  }

  /** Puts the cursor behind all that there is. */
  const toEnd = async (): Promise<void> => {
    await writer.page.locator('.lesson-text').focus()
    await keyboard.settled()
    await keyboard.keys('Control+End')
    await keyboard.settled()
  }

  const dialog = () => writer.page.locator('dialog[open]')

  const choose = (file: string) => keyboard.choose('dialog input[type=file]', join(folder, file))

  test('a picture goes in with its description, or as decorative, and can be told anew', async () => {
    const { page, complaints } = writer
    const { keys, type, tabTo } = keyboard
    await open(first)
    await tabTo('.lesson-text')
    await insert()
    await dialog().waitFor()
    await choose('orion.png')
    await tabTo('dialog [name=caption]')
    await keys('Enter')
    await page.getByText('Describe the picture, or mark it as decorative.').waitFor()
    expect(await violations(page)).toEqual([])
    await picture(page, 'editor-1-picture')
    // The focus has gone to what is wrong.
    expect(await page.locator('dialog [name=alt]:focus').count()).toBe(1)
    await type('Orion above a roof')
    await tabTo('dialog [name=caption]')
    await type('Seen in January')
    await keys('Enter')
    await page.locator('.lesson-text img[alt="Orion above a roof"]').waitFor()
    await insert()
    await dialog().waitFor()
    await choose('hand.jpg')
    await tabTo('dialog [name=decorative]')
    await keys('Space', 'Enter')
    await page.locator('.lesson-text img[alt=""]').waitFor()
    await keys('ArrowUp', 'Enter')
    await dialog().waitFor()
    await tabTo('dialog [name=decorative]')
    await keys('Space')
    await tabTo('dialog [name=alt]', 'Shift+Tab')
    await type('A hand at arm’s length')
    await tabTo('dialog [name=caption]')
    await keys('Enter')
    await page.locator('.lesson-text img[alt="A hand at arm’s length"]').waitFor()
    await untilSaved(first, 'arm’s length')
    expect(complaints).toEqual([])
  })

  test('a table is made, typed, and grown by a row and a column; its heading row is one’s own choice', async () => {
    const { page, complaints } = writer
    const { keys, type, tabTo, settled } = keyboard
    await toEnd()
    await insert('t')
    await page.locator('.lesson-text table').waitFor()
    for (const cell of ['Knot', 'Use', 'Since', 'Bowline', 'Loop', '1627']) {
      await type(cell)
      await keys('Tab')
    }
    const tool = async (name: string): Promise<void> => {
      await keys('Alt+F10')
      await page.locator('[role=toolbar] :focus').waitFor()
      await tabTo('[role=toolbar] ~ [role=toolbar] [data-tool]')
      for (let press = 0; press < 8; press += 1) {
        if ((await page.locator('[data-tool]:focus').textContent()) === name) break
        await keys('ArrowRight')
      }
      await keys('Enter')
      await settled()
    }
    await tool('Add row')
    await tool('Add column')
    await tool('Heading row')
    expect(await page.locator('.lesson-text th').count()).toBe(0)
    await tool('Heading row')
    const shape = async () => [
      await page.locator('.lesson-text tr').count(),
      await page.locator('.lesson-text tr').first().locator('th').count(),
    ]
    expect(await shape()).toEqual([4, 4])
    // The new column stands behind the one with the cursor, which is in the third row.
    await keys('Tab')
    await tool('Delete column')
    await tool('Delete row')
    expect(await shape()).toEqual([3, 3])
    await picture(page, 'editor-2-table')
    await untilSaved(first, 'Bowline')
    expect(complaints).toEqual([])
  })

  test('a film of one’s own goes into the text with its captions, and learners see both', async () => {
    const { page, complaints } = writer
    const { keys, type, tabTo } = keyboard
    for (const name of ['moon-month.mp4', 'moon-month.vtt'])
      copyFileSync(join(ASSETS, name), join(folder, name))
    await toEnd()
    await insert('f', 'f')
    await dialog().waitFor()
    await tabTo('dialog [name=video-title]')
    await keys('Enter')
    await page.getByText('Choose a film.').waitFor()
    await page.getByText('Say what the film shows.').waitFor()
    expect(await violations(page)).toEqual([])
    expect(await page.locator('dialog [name=video-file]:focus').count()).toBe(1)
    await choose('moon-month.mp4')
    await tabTo('dialog [name=video-captions]')
    await choose('moon-month.vtt')
    await tabTo('dialog [name=video-title]')
    await type('The moon over a month')
    await keys('Enter')
    await page.locator('.lesson-text video[aria-label="The moon over a month"]').waitFor()
    await page.locator('.lesson-text').getByText('It has captions.').waitFor()
    await untilSaved(first, 'The moon over a month')
    await picture(page, 'editor-5-own-film-in-the-text')
    expect(complaints).toEqual([])
    const learner = await visitor()
    await enter(learner.context, 'student')
    await learner.page.goto(urlOf('acme.localhost', `/learn/${course}/${first}`))
    const film = learner.page.locator('figure video')
    await film.evaluate(
      'new Promise((done) => { const film = document.querySelector("figure video"); const known = () => film.duration > 11 && done(); film.addEventListener("loadedmetadata", known); known() })',
    )
    await untilTrue(learner.page, 'document.querySelector("figure video").textTracks[0]?.cues?.length > 0')
    expect(await violations(learner.page)).toEqual([])
    expect(learner.complaints).toEqual([])
    await learner.context.close()
  })

  test('a formula, and a film elsewhere that has to say what it shows', async () => {
    const { page, complaints } = writer
    const { keys, type, tabTo } = keyboard
    await toEnd()
    await insert('f', 'f', 'f', 'f')
    await dialog().waitFor()
    await type('\\frac{a}{b')
    await picture(page, 'editor-3-formula')
    await type('}')
    await tabTo('dialog button[type=submit]')
    await keys('Enter')
    await page.locator('.lesson-text math mfrac').waitFor()
    await insert('f', 'f', 'f')
    await dialog().waitFor()
    await type('https://example.org/film')
    await keys('Enter')
    await page.getByText('Enter the address of a film on YouTube or Vimeo.').waitFor()
    await page.getByText('Say what the film shows').waitFor()
    expect(await violations(page)).toEqual([])
    await picture(page, 'editor-4-film')
    expect(await page.locator('dialog [name=film]:focus').count()).toBe(1)
    await keys('Control+a')
    await type('https://youtu.be/dQw4w9WgXcQ')
    await keys('Tab')
    await type('A bowline, tied slowly')
    await keys('Enter')
    await page.getByText('A bowline, tied slowly').waitFor()
    await untilSaved(first, 'tied slowly')
    expect(complaints).toEqual([])
  })
})
