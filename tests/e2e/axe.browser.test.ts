import { beforeAll, describe, expect, test } from 'vitest'
import { CHROMIUM, urlOf, visitor } from '#tests/support/browser'
import { isDue } from '#tests/support/rota'
import { enter } from './enter'
import { type Kind, kindsOfPages } from './kinds'
import { violations } from './violations'

// Every kind of page, in both themes, on a phone and on a desk: nothing that WCAG 2.2 AA forbids.

describe.runIf(CHROMIUM)('every kind of page', () => {
  let kinds: Kind[]

  beforeAll(async () => {
    kinds = await kindsOfPages()
  })

  const LOOKERS = [undefined, 'student', 'instructor', 'admin', 'root'] as const

  // The full run looks at each page four times, the usual one at each page once: which time, its seed says.
  const SCREENS: readonly (readonly [number, boolean, number])[] = [
    [360, false, 0],
    [1440, true, 1],
    [360, true, 2],
    [1440, false, 3],
  ]

  test.each(SCREENS)(
    'at %i px, dark %s: no violation, no complaint, no sideways scrolling',
    async (width, dark, turn) => {
      const due = kinds.filter((_kind, place) => isDue(place + turn, SCREENS.length))
      const faults: string[] = []
      for (const looker of LOOKERS) {
        const { context, page, complaints } = await visitor({ width, dark })
        if (looker !== undefined) await enter(context, looker)
        for (const { name, host, path, status } of due.filter(({ as }) => as === looker)) {
          const response = await page.goto(urlOf(host, path), { waitUntil: 'load' })
          await page.locator('h1').first().waitFor()
          if (response?.status() !== status) faults.push(`${name}: status ${String(response?.status())}`)
          faults.push(...(await violations(page)).map((text) => `${name}: ${text}`))
          const overflow = await page.evaluate('document.documentElement.scrollWidth - innerWidth')
          if (Number(overflow) > 0) faults.push(`${name}: ${String(overflow)} px wider than the screen`)
          const title = await page.title()
          if (status === 200 && name !== 'landing' && title === 'SmartLMS')
            faults.push(`${name}: no title of its own`)
        }
        faults.push(...complaints.map((text) => `${looker ?? 'visitor'}: ${text}`))
        await context.close()
      }
      expect(faults).toEqual([])
    },
    // Some eighty pages.
    300_000,
  )

  test('with the palette and the list of shortcuts open', async () => {
    const { context, page, complaints } = await visitor()
    await page.goto(urlOf('acme.localhost', '/'), { waitUntil: 'networkidle' })
    await page.keyboard.press('Control+k')
    await page.getByRole('dialog').waitFor()
    await page.keyboard.type('sql')
    await page.getByRole('menuitem').first().waitFor()
    expect(await violations(page)).toEqual([])
    await page.goto(urlOf('acme.localhost', '/'), { waitUntil: 'networkidle' })
    await page.keyboard.press('?')
    await page.getByRole('dialog').waitFor()
    expect(await violations(page)).toEqual([])
    expect(complaints).toEqual([])
    await context.close()
  })
})
