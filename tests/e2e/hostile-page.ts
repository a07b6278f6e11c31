import type { BrowserContext, Page, Request } from 'playwright-core'
import { visitor } from '#tests/support/browser'

/** Pages opened to see whether a text that somebody chose runs, loads or builds anything on them. */

/** Spaces fold when a text is shown, and lines break where they like. */
export const shown = (text: string | null | undefined): string =>
  (text ?? '').replace(/[\s\u2028\u2029]+/g, ' ').trim()

/**
 * What a page has that no page of ours would write. Runs inside the page, so it stands alone. A name that became
 * markup is found here even where it would only run once somebody clicks, or where the policy kept it from running.
 */
function faultsOfPage(): string[] {
  const known = new Set(
    (
      'html head meta title link style script body div span p a ul ol li dl dt dd nav main header footer section ' +
      'article aside h1 h2 h3 h4 h5 h6 input button form label select option optgroup textarea fieldset legend ' +
      'datalist time code pre kbd img svg search figure figcaption table caption thead tbody tr th td summary ' +
      'details strong em small br hr template noscript next-route-announcer'
    ).split(' '),
  )
  const drawn = new Set(
    'svg g defs path rect circle ellipse line polyline polygon mask clipPath pattern linearGradient radialGradient stop'.split(
      ' ',
    ),
  )
  const leading = new Set(
    'href src srcset action formaction data poster background ping cite manifest'.split(' '),
  )
  const isOurs = (address: string): boolean => {
    if (!URL.canParse(address, document.baseURI)) return false
    const { protocol, hostname } = new URL(address, document.baseURI)
    return /^https?:$/.test(protocol) && /(?:^|\.)localhost$/.test(hostname)
  }
  const wrongAttribute = (one: Element, { name, value }: Attr): boolean => {
    const local = name.replace(/^.*:/, '').toLowerCase()
    if (/^on/i.test(name) || !/^[a-z][a-z0-9:_-]*$/i.test(name) || /^(srcdoc|http-equiv)$/i.test(name))
      return true
    if (one instanceof HTMLElement && name === 'x') return true
    if (!leading.has(local) || isOurs(value)) return false
    // A file that a link carries in itself, a picture, and React's own word for a form that only its script may send.
    if (one.localName === 'a' && one.hasAttribute('download') && value.startsWith('data:text/csv'))
      return false
    if (one.localName === 'img' && value.startsWith('data:image/')) return false
    return !value.startsWith("javascript:throw new Error('A React form was unexpectedly submitted")
  }
  const wrongElement = (one: Element): boolean => {
    if (one.namespaceURI === 'http://www.w3.org/2000/svg') return !drawn.has(one.localName)
    if (one.namespaceURI !== 'http://www.w3.org/1999/xhtml' || !known.has(one.localName)) return true
    if (one instanceof HTMLScriptElement)
      return one.nonce === '' && !one.src.startsWith(`${location.origin}/_next/static/`)
    if (one instanceof HTMLStyleElement) return one.nonce === ''
    if (one instanceof HTMLTemplateElement) return one.content.childNodes.length > 0
    return false
  }
  const faults: string[] = []
  for (const one of document.querySelectorAll('*')) {
    if (wrongElement(one)) faults.push(one.outerHTML.slice(0, 300))
    for (const attribute of one.attributes)
      if (wrongAttribute(one, attribute))
        faults.push(`${one.localName} ${attribute.name}=${attribute.value.slice(0, 200)}`)
  }
  return faults
}

/** What the console says of a page whose status is no 200, which is looked at anyway. */
const EXPECTED = /the server responded with a status of 4\d\d/

function listen(context: BrowserContext, page: Page, alarm: (what: string) => void): void {
  page.on('pageerror', (error) => alarm(`error: ${error.message}`))
  page.on('console', (message) => {
    if (message.type() === 'error' && !EXPECTED.test(message.text())) alarm(`console: ${message.text()}`)
  })
  page.on('dialog', (dialog) => {
    alarm(`dialog: ${dialog.message()}`)
    void dialog.dismiss()
  })
  page.on('frameattached', (frame) => alarm(`frame: ${frame.url()}`))
  context.on('page', (other) => alarm(`window: ${other.url()}`))
  context.on('request', (request: Request) => {
    const { hostname, protocol, pathname } = new URL(request.url())
    if (pathname === '/api/csp-report') alarm(`blocked: ${request.postData() ?? ''}`)
    if (protocol !== 'data:' && !/(?:^|\.)localhost$/.test(hostname)) alarm(`request: ${request.url()}`)
  })
}

/** Says so when something was kept from running, at the moment it is, whatever becomes of the report. */
const TELL = `addEventListener('securitypolicyviolation', (event) => {
  violated(event.effectiveDirective + ' ' + event.blockedURI + ' ' + event.sample)
})`

export class Watcher {
  readonly context: BrowserContext
  readonly page: Page
  /** Whatever ran, was kept from running, loaded from elsewhere, or stood in a page as markup; empty when all is well. */
  readonly alarms: string[] = []
  #opened = 0

  private constructor(context: BrowserContext, page: Page) {
    this.context = context
    this.page = page
  }

  /** @param bare true for a browser that ignores the policy: what gets through the escaping runs there */
  static async open(bare: boolean): Promise<Watcher> {
    const usual = await visitor()
    const browser = usual.context.browser()
    await usual.context.close()
    if (browser === null) throw new Error('The visitor came without a browser.')
    const context = await browser.newContext({
      viewport: { width: 1440, height: 900 },
      reducedMotion: 'reduce',
      serviceWorkers: 'block',
      bypassCSP: bare,
    })
    const page = await context.newPage()
    const watcher = new Watcher(context, page)
    const alarm = (what: string): void => void watcher.alarms.push(`${page.url()} ${what}`)
    await context.exposeFunction('pwned', () => alarm('ran'))
    await context.exposeFunction('violated', (what: string) => alarm(`policy: ${what}`))
    await context.addInitScript(TELL)
    listen(context, page, alarm)
    return watcher
  }

  /** How many pages were looked at. */
  get opened(): number {
    return this.#opened
  }

  /**
   * Opens an address, and looks at what is there.
   * @param until 'domcontentloaded' for many: what a text became stands there by then, whether it ran yet or not
   */
  async go(address: string, until: 'load' | 'domcontentloaded' = 'load'): Promise<void> {
    await this.page.goto(address, { waitUntil: until })
    await this.look()
  }

  /** Looks at the page as it stands now. */
  async look(): Promise<void> {
    this.#opened += 1
    const faults = await this.page.evaluate(faultsOfPage)
    this.alarms.push(...faults.map((fault) => `${this.page.url()} markup: ${fault}`))
  }

  /** Texts of all elements that a selector finds, as a reader sees them. */
  async texts(selector: string): Promise<string[]> {
    return (await this.page.locator(selector).allTextContents()).map(shown)
  }

  /** The text of the first one; empty when there is none. */
  async text(selector: string): Promise<string> {
    return (await this.texts(selector))[0] ?? ''
  }

  /** What a list shows on all of its pages, from an address on. */
  async everyPage(address: string, selectors: readonly string[]): Promise<string[][]> {
    const found = selectors.map((): string[] => [])
    await this.go(address)
    for (;;) {
      for (const [n, selector] of selectors.entries()) found[n]?.push(...(await this.texts(selector)))
      const next = this.page.locator('a[rel=next]')
      if ((await next.count()) === 0) return found
      await this.go(new URL((await next.getAttribute('href')) ?? '', this.page.url()).href)
    }
  }

  /** Waits until React has taken a form over; what is typed before would go the way without a script. */
  async ready(selector = 'main form'): Promise<void> {
    const taken = `Object.keys(document.querySelector(${JSON.stringify(selector)}) ?? {}).some((key) => key.startsWith('__react'))`
    for (let attempt = 0; attempt < 800; attempt += 1) {
      if ((await this.page.evaluate(taken)) === true) return
      await this.page.waitForTimeout(25)
    }
    throw new Error(`No script took ${selector} over at ${this.page.url()}.`)
  }

  /**
   * The page’s own scripts stay away while something is done, so that its forms go the way without one. Whatever else
   * stands in the page would still run.
   */
  async withoutItsScripts(work: () => Promise<void>): Promise<void> {
    const network = await this.context.newCDPSession(this.page)
    await network.send('Network.enable')
    await network.send('Network.setBlockedURLs', { urls: ['*/_next/static/*.js'] })
    await work()
    await network.detach()
    const kept = this.alarms.filter((alarm) => !alarm.includes('net::ERR_BLOCKED_BY_CLIENT'))
    this.alarms.splice(0, Infinity, ...kept)
  }

  async close(): Promise<void> {
    await this.context.close()
  }
}

/** The same eyes twice: a browser as people have it, and one that ignores the policy. */
export type Pair = readonly [guarded: Watcher, bare: Watcher]

export async function openPair(): Promise<Pair> {
  return [await Watcher.open(false), await Watcher.open(true)]
}

/** Shares things out between the two, who work side by side. */
export async function shareOut<T>(
  pair: Pair,
  things: readonly T[],
  work: (watcher: Watcher, thing: T, index: number) => Promise<void>,
): Promise<void> {
  const half = async (watcher: Watcher, own: number): Promise<void> => {
    for (const [index, thing] of things.entries()) if (index % 2 === own) await work(watcher, thing, index)
  }
  await Promise.all([half(pair[0], 0), half(pair[1], 1)])
}

/** Has both look at the same. */
export async function both(pair: Pair, work: (watcher: Watcher) => Promise<void>): Promise<void> {
  await Promise.all(pair.map(work))
}

/**
 * What the two met since it was last asked; empty when nothing ran, was blocked, came from elsewhere or became markup.
 * Whoever was signed in is signed out again.
 */
export async function metBy(pair: Pair): Promise<string[]> {
  await both(pair, ({ context }) => context.clearCookies())
  return pair.flatMap((watcher) => watcher.alarms.splice(0))
}

export async function closePair(pair: Pair): Promise<void> {
  await both(pair, (watcher) => watcher.close())
}
