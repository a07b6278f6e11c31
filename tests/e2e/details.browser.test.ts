import { join } from 'node:path'
import type { Page } from 'playwright-core'
import sharp from 'sharp'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { CHROMIUM, picture, urlOf, type Visitor, visitor } from '#tests/support/browser'
import { owner } from '#tests/support/served'
import { enter } from './enter'
import { author, plant, uproot } from './outline-page'
import { violations } from './violations'

// The details of a course in the browser: its cover, and two authors who change them at once.

const TITLES = ['Covered course', 'Course of two authors', 'Renamed by the colleague']
const ASSETS = join(import.meta.dirname, '../../prisma/seed/assets')

type Stored = Readonly<{
  title: string
  description: string | null
  capacity: number | null
  outcomes: string[]
  thumbnail: string | null
}>

async function stored(address: string): Promise<Stored> {
  const { rows } = await owner().query<Stored>(
    `select title, description, capacity, outcomes, thumbnail from "Course" where id = $1`,
    [address.split('/').at(-1)],
  )
  if (rows[0] === undefined) throw new Error('The course is gone.')
  return rows[0]
}

async function open(page: Page, address: string): Promise<void> {
  await page.goto(`${address}/details`, { waitUntil: 'networkidle' })
}

const save = (page: Page) => page.getByRole('button', { name: 'Save details' }).click()

describe.runIf(CHROMIUM)('the details of a course', () => {
  let mine: Visitor
  let theirs: Visitor

  beforeAll(async () => {
    mine = await author()
    theirs = await visitor({ width: 360, dark: true })
    await enter(theirs.context, 'admin')
  })

  afterAll(async () => {
    await mine.context.close()
    await theirs.context.close()
    await uproot(TITLES)
  })

  test('take a cover, show it cut to shape, and let it go again; what is no picture is refused beside its field', async () => {
    const { page, complaints } = mine
    const address = await plant('Covered course', { One: [] })
    await open(page, address)
    const file = page.locator('input[type=file][name=file]')
    const upload = page.getByRole('button', { name: 'Upload cover' })
    const image = page.locator('#cover img, section:has(#cover) img').first()
    await file.setInputFiles({ name: 'cover.png', mimeType: 'image/png', buffer: Buffer.from('no picture') })
    await upload.click()
    await page.getByRole('alert').first().waitFor()
    expect((await stored(address)).thumbnail).toBeNull()
    await picture(page, 'details-1-refused-cover')
    const png = await sharp(join(ASSETS, 'reading-the-night-sky/orion.webp'))
      .resize(900, 900)
      .png()
      .toBuffer()
    await file.setInputFiles({ name: 'cover.png', mimeType: 'image/png', buffer: png })
    await upload.click()
    await page.waitForURL(/done=cover$/)
    await page.waitForLoadState('networkidle')
    expect((await stored(address)).thumbnail).not.toBeNull()
    const shape = await image.evaluate(async (element) => {
      const shown = element as HTMLImageElement
      await shown.decode()
      return shown.naturalWidth / shown.naturalHeight
    })
    expect(shape).toBeCloseTo(16 / 9, 1)
    await picture(page, 'details-2-cover')
    await page.goto(urlOf('acme.localhost', '/teach'))
    await picture(page, 'details-3-list')
    await open(page, address)
    await page.getByRole('button', { name: 'Remove cover' }).click()
    await page.waitForURL(/done=cover-removed$/)
    expect((await stored(address)).thumbnail).toBeNull()
    // With something typed above, the way to the page anew is asked about first.
    await page.waitForLoadState('networkidle')
    await page.getByLabel('Description').fill('Not saved yet.')
    await file.setInputFiles({ name: 'cover.png', mimeType: 'image/png', buffer: png })
    const asked = page.waitForEvent('dialog')
    await upload.click()
    const dialog = await asked
    expect(dialog.type()).toBe('beforeunload')
    await dialog.dismiss()
    expect(await page.getByLabel('Description').inputValue()).toBe('Not saved yet.')
    await save(page)
    await page.waitForURL(/done=saved$/)
    expect(await stored(address)).toMatchObject({ description: 'Not saved yet.' })
    expect(complaints).toEqual([])
  })

  test('changed by two at once keep what only one of them changed, and ask about the rest', async () => {
    const address = await plant('Course of two authors', { One: [] })
    await open(mine.page, address)
    await open(theirs.page, address)
    await theirs.page.getByLabel('Title', { exact: true }).fill('Renamed by the colleague')
    await theirs.page.getByLabel('Description').fill('From the colleague.')
    await save(theirs.page)
    await theirs.page.waitForURL(/done=/)
    await picture(theirs.page, 'details-4-saved-on-a-phone')
    await mine.page.getByLabel('Description').fill('From me.')
    await mine.page.getByLabel('What learners can do afterwards').fill('Tie a bowline.')
    await save(mine.page)
    await mine.page.getByText('Two of you changed the same details').waitFor()
    // What was typed is still there, and what the other one wrote stands beside it.
    expect(await mine.page.getByLabel('Description').inputValue()).toBe('From me.')
    await mine.page.locator('main').getByText('From the colleague.').first().waitFor()
    expect(await stored(address)).toMatchObject({ description: 'From the colleague.', outcomes: [] })
    expect(await violations(mine.page)).toEqual([])
    await picture(mine.page, 'details-5-conflict')
    await save(mine.page)
    await mine.page.waitForURL(/done=/)
    expect(await stored(address)).toMatchObject({
      title: 'Renamed by the colleague',
      description: 'From me.',
      outcomes: ['Tie a bowline.'],
    })
    // And what doesn't meet goes together without a word.
    await theirs.page.waitForLoadState('networkidle')
    await theirs.page.getByLabel('Seats').fill('12')
    await save(theirs.page)
    await expect
      .poll(() => stored(address), { timeout: 20_000 })
      .toMatchObject({ description: 'From me.', capacity: 12 })
    expect([...mine.complaints, ...theirs.complaints]).toEqual([])
  })
})
