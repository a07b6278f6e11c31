import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { Page } from 'playwright-core'
import { beforeAll, describe, expect, test } from 'vitest'
import { CHROMIUM, urlOf, visitor } from '#tests/support/browser'
import { enter } from './enter'
import { type Kind, kindsOfPages } from './kinds'

// Every kind of page, in both themes, on a phone and on a desk: nothing that WCAG 2.2 AA forbids.

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

type Violation = Readonly<{
  id: string
  nodes: readonly Readonly<{ html: string; failureSummary?: string }>[]
}>

/** Violations of the WCAG 2.0 to 2.2 A and AA rules on the page as it stands, with the elements at fault. */
async function violations(page: Page): Promise<string[]> {
  // Through the debugger and not as an element: the page's policy would block it, rightly.
  await page.evaluate(AXE)
  const found = await page.evaluate(`axe.run(document, {
    runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'], resultTypes: ['violations']
  }).then(({ violations }) => violations.map(({ id, nodes }) => ({ id, nodes: nodes.map(({ html, failureSummary }) => ({ html, failureSummary })) })))`)
  if (!Array.isArray(found)) throw new Error('axe gave no result.')
  return (found as readonly Violation[]).flatMap(({ id, nodes }) =>
    nodes.map((node) => `${id}: ${node.html.slice(0, 200)} ${node.failureSummary ?? ''}`),
  )
}

describe.runIf(CHROMIUM)('every kind of page', () => {
  let kinds: Kind[]

  beforeAll(async () => {
    kinds = await kindsOfPages()
  })

  const LOOKERS = [undefined, 'student', 'instructor', 'admin', 'root'] as const

  test.each([
    [360, false],
    [360, true],
    [1440, false],
    [1440, true],
  ])('at %i px, dark %s: no violation, no complaint, no sideways scrolling', async (width, dark) => {
    const faults: string[] = []
    for (const looker of LOOKERS) {
      const { context, page, complaints } = await visitor({ width, dark })
      if (looker !== undefined) await enter(context, looker)
      for (const { name, host, path, status } of kinds.filter(({ as }) => as === looker)) {
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
  })

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
