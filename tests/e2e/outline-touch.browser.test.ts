import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { CHROMIUM, picture, type Visitor } from '#tests/support/browser'
import { Finger, middleOf } from './finger'
import { author, choose, line, plant, stored, untilStored, uproot } from './outline-page'

// An outline under a thumb: what a mouse can do, a finger can, and scrolling stays scrolling.

const SHORT = 'Finger outline'

describe.runIf(CHROMIUM)('an outline under a finger', () => {
  let phone: Visitor
  let finger: Finger

  const handle = (title: string) => phone.page.getByRole('button', { name: `Move ${title}`, exact: true })

  /** Carries a row by its handle, to near the upper or the lower edge of another. */
  const carry = async (title: string, to: string, below: boolean): Promise<void> => {
    await finger.down(await middleOf(handle(title)))
    const box = await line(phone.page, to).boundingBox()
    if (box === null) throw new Error(`There is no line ${to}.`)
    await finger.to({ x: box.x + 30, y: below ? box.y + box.height - 6 : box.y + 6 })
  }

  beforeAll(async () => {
    phone = await author({ width: 360, height: 740, touch: true })
    finger = await Finger.on(phone.page)
  })

  afterAll(async () => {
    await phone.context.close()
    await uproot([SHORT])
  })

  test('a lesson and a module are carried by their handles, and where they will lie is shown meanwhile', async () => {
    const { page } = phone
    await page.goto(await plant(SHORT, { One: ['a', 'b'], Two: ['c'] }), { waitUntil: 'networkidle' })
    await picture(page, 'teach-touch-1-outline')
    await carry('a', 'Lesson: c', true)
    await page.locator('[data-drop=after]').waitFor()
    expect(await line(page, 'Lesson: c').getAttribute('data-drop')).toBe('after')
    await picture(page, 'teach-touch-2-carried')
    await finger.up()
    await untilStored(SHORT, 'One: b; Two: c, a')
    await page.getByText('Moved “a”.').waitFor()
    await carry('Two', 'Module 1: One', false)
    await finger.up()
    await untilStored(SHORT, 'Two: c, a; One: b')
    await page.getByText('Moved “Two”.').waitFor()
    expect(await page.locator('[data-drop], [data-carried]').count()).toBe(0)
    await page.getByRole('button', { name: 'Undo' }).tap()
    await untilStored(SHORT, 'One: b; Two: c, a')
    expect(phone.complaints).toEqual([])
  })

  test('what is interrupted, only touched, or put back where it was moves nothing', async () => {
    const { page } = phone
    const before = await stored(SHORT)
    await carry('c', 'Lesson: b', true)
    await page.locator('[data-drop]').waitFor()
    await finger.cancel()
    await finger.down(await middleOf(handle('c')))
    await finger.up()
    await carry('c', 'Lesson: b', true)
    await finger.to(await middleOf(handle('c')))
    await finger.up()
    expect(await page.locator('[data-drop], [data-carried]').count()).toBe(0)
    await choose(page, 'b', 'Rename')
    await page.getByLabel('New title of b', { exact: true }).fill('Bee')
    await page.keyboard.press('Enter')
    await untilStored(SHORT, before.replace('b', 'Bee'))
  })

  test('the menus do all of it under a thumb', async () => {
    const { page } = phone
    const tap = async (title: string, entry: string): Promise<void> => {
      await page.getByRole('button', { name: `More about ${title}`, exact: true }).tap()
      await page.getByRole('menuitem', { name: entry, exact: true }).tap()
    }
    await tap('Bee', 'Move down')
    await untilStored(SHORT, 'One: ; Two: Bee, c, a')
    await page.getByRole('button', { name: 'More about a', exact: true }).tap()
    await page.getByRole('menuitem', { name: 'One', exact: true }).waitFor()
    await picture(page, 'teach-touch-3-menu')
    await page.getByRole('menuitem', { name: 'One', exact: true }).tap()
    await untilStored(SHORT, 'One: a; Two: Bee, c')
    await tap('Two', 'Move up')
    await untilStored(SHORT, 'Two: Bee, c; One: a')
    expect(phone.complaints).toEqual([])
  })
})
