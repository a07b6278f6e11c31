import type { Page } from 'playwright-core'
import { afterAll, describe, expect, test } from 'vitest'
import { CHROMIUM, picture, urlOf } from '#tests/support/browser'
import { author, choose, line, plant, stored, untilStored, uproot } from './outline-page'

// An author at the outline of a course: with the keyboard alone, on a phone, with a mouse, and beside somebody else.

const HOST = 'acme.localhost'
const MADE = 'Knots for sailors'

/** What has the focus, as a reader of the screen hears it. */
async function focused(page: Page): Promise<string> {
  const name: unknown = await page.evaluate(`(() => {
    const element = document.activeElement
    const named = element.getAttribute('aria-labelledby')?.split(' ').map((id) => document.getElementById(id)?.getAttribute('aria-label') ?? document.getElementById(id)?.textContent ?? '').join(' ')
    return (element.getAttribute('aria-label') ?? named ?? element.labels?.[0]?.textContent ?? element.textContent ?? '').trim()
  })()`)
  return String(name)
}

/** Presses a key until something has the focus. */
async function press(page: Page, key: string, wanted: string | RegExp, most = 60): Promise<void> {
  const heard: string[] = []
  for (let presses = 0; presses < most; presses += 1) {
    await page.keyboard.press(key)
    const name = await focused(page)
    heard.push(name)
    if (typeof wanted === 'string' ? name === wanted : wanted.test(name)) return
  }
  throw new Error(`${key} never came to ${String(wanted)}: ${heard.join(' | ')}`)
}

describe.runIf(CHROMIUM)('an outline', () => {
  const titles: string[] = []
  const named = (title: string): string => {
    titles.push(title)
    return title
  }

  afterAll(() => uproot(titles))

  test('is built by keyboard alone: two modules, three lessons, one carried across, and that taken back', async () => {
    const title = named(MADE)
    const { context, page, complaints } = await author()
    await page.goto(urlOf(HOST, '/dashboard'))
    await press(page, 'Tab', 'Teach')
    await page.keyboard.press('Enter')
    await page.waitForURL(urlOf(HOST, '/teach'), { waitUntil: 'networkidle' })
    await press(page, 'Tab', 'Title of the new course')
    await page.keyboard.type(title)
    await page.keyboard.press('Enter')
    await page.waitForURL(/\/teach\/courses\/[a-z0-9]+$/, { waitUntil: 'networkidle' })

    await press(page, 'Tab', 'New module')
    await page.keyboard.type('Loops')
    await page.keyboard.press('Enter')
    await line(page, 'Module 1: Loops').waitFor()
    await page.keyboard.type('Bends')
    await page.keyboard.press('Enter')
    await line(page, 'Module 2: Bends').waitFor()

    await press(page, 'Shift+Tab', /^Module \d: /)
    if ((await focused(page)) !== 'Module 1: Loops') await press(page, 'ArrowUp', 'Module 1: Loops')
    await press(page, 'Tab', 'Add lesson to Loops')
    await page.keyboard.press('Enter')
    expect(await focused(page)).toBe('New lesson in Loops')
    for (const lesson of ['Bowline', 'Overhand', 'Sheet bend']) {
      await page.keyboard.type(lesson)
      await page.keyboard.press('Enter')
      await line(page, `Lesson: ${lesson}`).waitFor()
    }
    await page.keyboard.press('Escape')
    await untilStored(title, 'Loops: Bowline, Overhand, Sheet bend; Bends: ')
    await picture(page, 'teach-1-typed')

    await press(page, 'Shift+Tab', /^(Module|Lesson)/)
    await press(page, 'ArrowDown', 'Lesson: Sheet bend')
    await press(page, 'Tab', 'Move Sheet bend')
    await page.keyboard.press('Enter')
    await press(page, 'ArrowDown', 'Insert after Module 2: Bends', 12)
    await page.keyboard.press('Enter')
    await page.getByText('Moved “Sheet bend”').waitFor()
    await untilStored(title, 'Loops: Bowline, Overhand; Bends: Sheet bend')
    await picture(page, 'teach-2-carried')

    await press(page, 'Tab', 'Undo')
    await page.keyboard.press('Enter')
    await page.getByText('Undone.').waitFor()
    await untilStored(title, 'Loops: Bowline, Overhand, Sheet bend; Bends: ')
    expect(complaints).toEqual([])
    await context.close()
  })

  test('on a phone: by its menus, with names changed in place, and what is deleted brought back', async () => {
    const title = named('Pocket outline')
    const { context, page, complaints } = await author({ width: 360 })
    await page.goto(await plant(title, { One: ['a', 'b'], Two: [] }), { waitUntil: 'networkidle' })
    await choose(page, 'b', 'Move up')
    await untilStored(title, 'One: b, a; Two: ')
    await choose(page, 'b', 'Two')
    await untilStored(title, 'One: a; Two: b')
    await choose(page, 'Two', 'Move up')
    await untilStored(title, 'Two: b; One: a')
    await choose(page, 'a', 'Rename')
    await page.getByLabel('New title of a', { exact: true }).fill('Anchor')
    await picture(page, 'teach-3-renamed-on-a-phone')
    await page.keyboard.press('Enter')
    await untilStored(title, 'Two: b; One: Anchor')
    const focused = () =>
      page.evaluate(`document.activeElement.getAttribute('aria-label') ?? document.activeElement.textContent`)
    expect(String(await focused())).toContain('Anchor')
    await choose(page, 'Two', 'Rename')
    await page.keyboard.press('Escape')
    expect(String(await focused())).toContain('Two')
    await choose(page, 'Two', 'Delete')
    await untilStored(title, 'One: Anchor')
    // Whoever went by keyboard stands at what is left, and not at the top of the page.
    expect(await page.evaluate('document.activeElement === document.body')).toBe(false)
    await picture(page, 'teach-4-deleted-on-a-phone')
    await page.getByRole('button', { name: 'Undo' }).click()
    await untilStored(title, 'Two: b; One: Anchor')
    await line(page, 'Lesson: b').waitFor()
    expect(Number(await page.evaluate('document.documentElement.scrollWidth - innerWidth'))).toBe(0)
    const targets = await page
      .locator('[role=grid] button, [role=grid] a')
      .evaluateAll((all) => all.map((one) => (one as HTMLElement).offsetHeight))
    expect(Math.min(...targets)).toBeGreaterThanOrEqual(44)
    expect(complaints).toEqual([])
    await context.close()
  })

  test('with a mouse: a lesson and a module are dragged to where they belong', async () => {
    const title = named('Dragged outline')
    const { context, page, complaints } = await author()
    await page.goto(await plant(title, { One: ['a', 'b'], Two: ['c'] }), { waitUntil: 'networkidle' })
    const drag = async (from: string, to: string, below: boolean): Promise<void> => {
      const box = await line(page, to).boundingBox()
      if (box === null) throw new Error(`There is no line ${to}.`)
      const y = below ? box.height - 4 : 4
      await line(page, from).dragTo(line(page, to), {
        sourcePosition: { x: 20, y: 20 },
        targetPosition: { x: 60, y },
      })
    }
    await drag('Lesson: a', 'Lesson: c', true)
    await untilStored(title, 'One: b; Two: c, a')
    await drag('Module 2: Two', 'Module 1: One', false)
    await untilStored(title, 'Two: c, a; One: b')
    expect(complaints).toEqual([])
    await context.close()
  })

  test('of two authors at once the second is told, sees what is there, and nothing of the first is lost', async () => {
    const title = named('Shared outline')
    const first = await author()
    const second = await author()
    await first.page.goto(await plant(title, { One: ['a', 'b'], Two: [] }), { waitUntil: 'networkidle' })
    await second.page.goto(first.page.url(), { waitUntil: 'networkidle' })
    await choose(first.page, 'a', 'Two')
    await untilStored(title, 'One: b; Two: a')
    await choose(second.page, 'b', 'Two')
    await second.page.getByText('Somebody else changed this outline').waitFor()
    await picture(second.page, 'teach-5-two-authors')
    expect(await stored(title)).toBe('One: b; Two: a')
    const rows = await second.page.getByRole('row').allTextContents()
    expect(rows.map((text) => text.replace(/(Add lesson|Nothing in it yet)/g, '').trim())).toEqual([
      ...['Module 1: One', 'b', 'Module 2: Two', 'a'],
    ])
    await choose(second.page, 'b', 'Two')
    await untilStored(title, 'One: ; Two: a, b')
    await first.context.close()
    await second.context.close()
  })
})
