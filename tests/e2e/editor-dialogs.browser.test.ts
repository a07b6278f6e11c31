import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import sharp from 'sharp'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { CHROMIUM, picture, urlOf, type Visitor } from '#tests/support/browser'
import { owner } from '#tests/support/served'
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

  /** Presses Tab until something has the focus. */
  const tabTo = async (selector: string, key = 'Tab'): Promise<void> => {
    for (let press = 0; press < 60; press += 1) {
      if ((await writer.page.locator(`${selector}:focus`).count()) > 0) return
      await writer.page.keyboard.press(key)
    }
    throw new Error(`The key ${key} never reached ${selector}.`)
  }

  const keys = async (...all: readonly string[]): Promise<void> => {
    for (const key of all) await writer.page.keyboard.press(key)
  }

  const type = (text: string) => writer.page.keyboard.type(text)

  /** Opens the menu on an empty line and takes what the letters lead to. */
  const insert = async (...letters: readonly string[]): Promise<void> => {
    await type('/')
    await writer.page.getByRole('menu').waitFor()
    await keys(...letters, 'Enter')
  }

  /** Two frames: a browser tells of a moved cursor after the key, and nobody types that fast. */
  const settled = () =>
    writer.page.evaluate('new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))')

  /** Puts the cursor behind all that there is. */
  const toEnd = async (): Promise<void> => {
    await writer.page.locator('.lesson-text').focus()
    await settled()
    await keys('Control+End')
    await settled()
  }

  const dialog = () => writer.page.locator('dialog[open]')

  /** Chooses a file for the field that has the focus: the browser's own dialog opens by Space. */
  const choose = async (file: string): Promise<void> => {
    await writer.page.locator('dialog input[type=file]:focus').waitFor({ state: 'attached' })
    const chooser = writer.page.waitForEvent('filechooser')
    await keys('Space')
    await (await chooser).setFiles(join(folder, file))
  }

  test('a picture goes in with its description, or as decorative, and can be told anew', async () => {
    const { page, complaints } = writer
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

  test('a formula, and a film elsewhere that has to say what it shows', async () => {
    const { page, complaints } = writer
    await toEnd()
    await insert('f', 'f', 'f')
    await dialog().waitFor()
    await type('\\frac{a}{b')
    await picture(page, 'editor-3-formula')
    await type('}')
    await tabTo('dialog button[type=submit]')
    await keys('Enter')
    await page.locator('.lesson-text math mfrac').waitFor()
    await insert('f', 'f')
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
