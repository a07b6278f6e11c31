import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { Page } from 'playwright-core'

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

type Violation = Readonly<{
  id: string
  nodes: readonly Readonly<{ html: string; failureSummary?: string }>[]
}>

/** Violations of the WCAG 2.0 to 2.2 A and AA rules on the page as it stands, with the elements at fault. */
export async function violations(page: Page): Promise<string[]> {
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
