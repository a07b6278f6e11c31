import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core'
import { afterAll, inject } from 'vitest'

/**
 * A real browser on the served product. `*.localhost` leads to this machine in Chromium without any name server.
 * Where there is none (SMARTLMS_CHROMIUM is unset), the files that use it are left out.
 */
export const CHROMIUM = process.env['SMARTLMS_CHROMIUM']

let browser: Promise<Browser> | undefined

/** The file's browser, started at its first use and closed with the file. */
function launched(): Promise<Browser> {
  if (browser === undefined) {
    const started = chromium.launch({
      ...(CHROMIUM === undefined ? {} : { executablePath: CHROMIUM }),
      // Chromium's own sandbox can't start inside a container as root.
      args: ['--no-sandbox', '--disable-dev-shm-usage', '--disable-gpu'],
    })
    afterAll(async () => (await started).close())
    browser = started
  }
  return browser
}

export type Visitor = Readonly<{
  context: BrowserContext
  page: Page
  /** What the browser complained about: errors of scripts and of the console, blocked content. */
  complaints: string[]
}>

export type Circumstances = Readonly<{
  width?: number
  height?: number
  dark?: boolean
  /** A device under fingers, such as a phone. */
  touch?: boolean
  javaScript?: boolean
  reducedMotion?: boolean
}>

/** The address of a path on a host such as `acme.localhost`. */
export function urlOf(host: string, path = '/'): string {
  return `http://${host}:${inject('served').port}${path}`
}

/** What a failed request for a page itself says in the console; the page is looked at, so it is no news. */
const EXPECTED = /the server responded with a status of (403|404|500|503)/

/** A new visitor with no history and no cookies. Close its `context` when done. */
export async function visitor(circumstances: Circumstances = {}): Promise<Visitor> {
  const { width = 1440, height = 900, dark = false, touch = false } = circumstances
  const { javaScript = true, reducedMotion = true } = circumstances
  const context = await (
    await launched()
  ).newContext({
    viewport: { width, height },
    colorScheme: dark ? 'dark' : 'light',
    javaScriptEnabled: javaScript,
    ...{ hasTouch: touch, isMobile: touch },
    reducedMotion: reducedMotion ? 'reduce' : 'no-preference',
    serviceWorkers: 'block',
  })
  const page = await context.newPage()
  const complaints: string[] = []
  page.on('pageerror', (error) => complaints.push(`error: ${error.message}`))
  page.on('console', (message) => {
    if (message.type() === 'error' && !EXPECTED.test(message.text()))
      complaints.push(`console: ${message.text()}`)
  })
  page.on('request', (request) => {
    if (request.url().includes('/api/csp-report')) complaints.push(`blocked: ${request.postData() ?? ''}`)
  })
  return { context, page, complaints }
}

/**
 * Waits until an expression holds on the page. Asked from outside each time: the browser's own waiting evaluates text on
 * the page, which our policy forbids from the second time on. @throws Error after ten seconds
 */
export async function untilTrue(page: Page, expression: string): Promise<void> {
  const deadline = Date.now() + 10_000
  while (!(await page.evaluate<boolean>(expression))) {
    if (Date.now() > deadline) throw new Error(`In vain: ${expression}`)
    await sleep(25)
  }
}

/** A picture of where a journey has come to, in .data/journeys, for whoever wants to see it. */
export async function picture(page: Page, name: string): Promise<void> {
  const folder = join(import.meta.dirname, '../../.data/journeys')
  await page.screenshot({ path: join(folder, `${name}.png`), fullPage: true })
}
