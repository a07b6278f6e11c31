import { chromiumPath } from '../browser/chromium-path.mts'
import { chromium, type Browser, type Page } from 'playwright-core'
import { NAMES } from './data.mts'
import { PAGES, type Places } from './places.mts'
import { pathOf } from './protocol.mts'
import { leftOut, measured, type Limit, type Row, type Section } from './report.mts'
import { spreadOf } from './stats.mts'
import type { Web } from './web.mts'

const SLOW_DOWN = 4
const LCP: Limit = { at: 'most', budget: 2_000, stretch: 1_200, unit: ' ms' }
const INP: Limit = { at: 'most', budget: 150, stretch: 100, unit: ' ms' }
const CLS: Limit = { at: 'most', budget: 0.05, stretch: 0.02 }

const FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]

/** Watches the page from its first moment; the three figures are defined at web.dev/articles/vitals. */
const WATCH = `
  const seen = (globalThis.benchVitals = { lcp: 0, cls: 0, inp: 0, scripts: 0 })
  const watch = (type, use, more) => new PerformanceObserver((list) => list.getEntries().forEach(use)).observe({ type, buffered: true, ...more })
  watch('largest-contentful-paint', (entry) => { seen.lcp = entry.startTime })
  let start = 0, last = 0, shift = 0
  watch('layout-shift', (entry) => {
    if (entry.hadRecentInput) return
    const goesOn = entry.startTime - last < 1000 && entry.startTime - start < 5000
    shift = goesOn ? shift + entry.value : entry.value
    if (!goesOn) start = entry.startTime
    last = entry.startTime
    seen.cls = Math.max(seen.cls, shift)
  })
  watch('event', (entry) => { if (entry.interactionId) seen.inp = Math.max(seen.inp, entry.duration) }, { durationThreshold: 16 })`

const VITALS = `({ ...globalThis.benchVitals, scripts: performance.getEntriesByType('resource')
  .filter((entry) => entry.initiatorType === 'script' || /[.]js($|[?])/.test(entry.name))
  .reduce((total, entry) => total + entry.encodedBodySize, 0) })`

type Vitals = { lcp: number; cls: number; inp: number; scripts: number }

/** Presses what a visitor would press first: whatever opens in place, then keys. Links and forms lead away. */
async function interact(page: Page): Promise<void> {
  const targets = page.locator(
    'summary:visible, button[type="button"]:visible, button[popovertarget]:visible',
  )
  const count = Math.min(await targets.count(), 4)
  for (let index = 0; index < count; index += 1) {
    await targets
      .nth(index)
      .click({ timeout: 2_000, noWaitAfter: true })
      .catch(() => undefined)
    await page.waitForTimeout(120)
    await page.keyboard.press('Escape')
  }
  for (const key of ['Tab', 'Tab', 'ArrowDown']) await page.keyboard.press(key)
  await page.waitForTimeout(200)
}

async function visit(browser: Browser, address: string): Promise<Vitals> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 } })
  try {
    const page = await context.newPage()
    await page.addInitScript(WATCH)
    const session = await context.newCDPSession(page)
    await session.send('Emulation.setCPUThrottlingRate', { rate: SLOW_DOWN })
    await page.goto(address, { waitUntil: 'load' })
    await page.waitForTimeout(800)
    const before = await page.evaluate<Vitals>(VITALS)
    await interact(page)
    const after = await page.evaluate<Vitals>(VITALS)
    return { ...after, lcp: before.lcp, scripts: before.scripts }
  } finally {
    await context.close()
  }
}

async function pageRows(
  browser: Browser,
  name: string,
  address: string,
  options: { visits: number; quiet: boolean },
): Promise<Row[]> {
  // The first visit fills the server's and the engine's caches.
  await visit(browser, address)
  const all: Vitals[] = []
  for (let number = 0; number < options.visits; number += 1) all.push(await visit(browser, address))
  const { quiet } = options
  const scripts = `${(spreadOf(all.map((one) => one.scripts)).median / 1000).toFixed(0)} kB of scripts were fetched before that`
  return [
    measured(`${name}, LCP`, spreadOf(all.map(({ lcp }) => lcp)), {
      limit: LCP,
      quiet,
      unit: ' ms',
      detail: scripts,
    }),
    measured(`${name}, INP`, spreadOf(all.map(({ inp }) => inp)), { limit: INP, quiet, unit: ' ms' }),
    // A shift is a share of the window: the machine's speed changes little about it, and it is never less than measured.
    measured(`${name}, CLS`, spreadOf(all.map(({ cls }) => cls)), { limit: CLS, quiet }),
  ]
}

/** What a browser on a slow machine makes of the pages. */
export async function vitalsSection(
  app: Web,
  places: Places,
  options: { visits: number; quiet: boolean },
): Promise<Section> {
  const executablePath = chromiumPath()
  const section = {
    id: 'vitals',
    title: 'In a browser, with its processor slowed down four times',
    about:
      `Chromium, ${options.visits} visits with empty caches, a window of 1280 × 800, everything on this machine. INP is the longest of up to four ` +
      'presses on what opens in place and three keys; 0 means that all were answered within 16 ms.',
  }
  if (executablePath === undefined)
    return { ...section, rows: [leftOut('LCP, INP, CLS', 'no Chromium was found')] }
  let browser: Browser
  try {
    browser = await chromium.launch({ executablePath, args: FLAGS })
  } catch (error) {
    const [why = ''] = String(error).split('\n')
    return { ...section, rows: [leftOut('LCP, INP, CLS', `${executablePath} does not start: ${why}`)] }
  }
  try {
    const rows: Row[] = []
    for (const name of PAGES) {
      const address = `http://${places[name].subdomain}.localhost:${app.port}${pathOf(places[name])}`
      rows.push(...(await pageRows(browser, NAMES[name], address, options)))
    }
    return { ...section, rows }
  } finally {
    await browser.close()
  }
}
