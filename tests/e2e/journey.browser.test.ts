import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { CHROMIUM, urlOf, visitor } from '#tests/support/browser'
import { makeSchool, removeSchool } from './school'
import { schoolFacts, type SchoolFacts } from './world'

// What visitors do, by keyboard alone and without scripts.

/** What has the focus, as a reader of the screen hears it, and whether one can see that it has it. */
async function focused(page: Page): Promise<{ name: string; href: string; visible: boolean }> {
  const found: unknown = await page.evaluate(`(() => {
    const element = document.activeElement
    const style = getComputedStyle(element)
    const box = element.getBoundingClientRect()
    const seen = box.width > 1 && box.height > 1 && box.bottom > 0 && box.top < innerHeight
    return {
      name: (element.getAttribute('aria-label') ?? element.labels?.[0]?.textContent ?? element.textContent ?? '').trim(),
      href: element.getAttribute('href') ?? '',
      visible: seen && [style, getComputedStyle(element, '::after')].some(
        ({ outlineStyle, outlineWidth, boxShadow }) =>
          (outlineStyle !== 'none' && parseFloat(outlineWidth) >= 2) || boxShadow !== 'none',
      ),
    }
  })()`)
  return found as { name: string; href: string; visible: boolean }
}

/** Presses Tab until `wanted` has the focus; every stop on the way must be visible. */
async function tabTo(page: Page, wanted: (stop: { name: string; href: string }) => boolean): Promise<void> {
  for (let presses = 0; presses < 60; presses += 1) {
    await page.keyboard.press('Tab')
    const stop = await focused(page)
    expect(stop).toMatchObject({ visible: true })
    if (wanted(stop)) return
  }
  throw new Error('Tab never came to it.')
}

/** Follows a link and waits for the page behind it. */
async function follow(page: Page, selector: string): Promise<void> {
  const before = page.url()
  await page.locator(selector).click()
  await page.waitForURL(({ href }) => href !== before, { waitUntil: 'load' })
}

describe.runIf(CHROMIUM)('by keyboard alone', () => {
  let acme: SchoolFacts

  beforeAll(async () => {
    acme = await schoolFacts('acme')
  })

  test('the first stop is the skip link, and it leads past the navigation', async () => {
    const { context, page } = await visitor()
    await page.goto(urlOf('acme.localhost', '/courses'))
    await page.keyboard.press('Tab')
    expect(await focused(page)).toMatchObject({ name: 'Skip to content', visible: true })
    await page.keyboard.press('Enter')
    expect(await page.evaluate('document.activeElement.id')).toBe('main')
    await page.keyboard.press('Tab')
    expect((await focused(page)).name).toContain('Search courses')
    await context.close()
  })

  test('from the front page to a search, a course, its outline and a preview lesson', async () => {
    const { context, page, complaints } = await visitor()
    await page.goto(urlOf('acme.localhost', '/'))
    await tabTo(page, ({ name, href }) => name === 'Courses' && href === '/courses')
    await page.keyboard.press('Enter')
    await page.waitForURL('**/courses')
    await tabTo(page, ({ name }) => name.startsWith('Search courses'))
    await page.keyboard.type('night sky')
    await page.keyboard.press('Enter')
    await page.waitForURL('**/courses?q=night+sky')
    await page.getByText('1 course matches').waitFor()
    await tabTo(page, ({ href }) => /^\/courses\/[a-z0-9]+$/.test(href))
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { level: 1, name: 'Reading the night sky' }).waitFor()
    const second = page.locator('main details').nth(1)
    expect(await second.getAttribute('open')).toBeNull()
    const title = (await second.getByRole('heading').textContent()) ?? '-'
    await tabTo(page, ({ name, href }) => href === '' && name.includes(title))
    await page.keyboard.press('Enter')
    expect(await second.getAttribute('open')).not.toBeNull()
    await page
      .getByRole('link', { name: /Preview/ })
      .first()
      .focus()
    await page.keyboard.press('Enter')
    await page.waitForURL('**/learn/**')
    expect(await page.getByRole('heading', { level: 1 }).count()).toBe(1)
    expect(complaints).toEqual([])
    await context.close()
  })

  test('the palette: called, typed into, moved through, followed', async () => {
    const { context, page, complaints } = await visitor()
    await page.goto(urlOf('acme.localhost', '/'), { waitUntil: 'networkidle' })
    await page.keyboard.press('Control+k')
    await page.getByRole('dialog').waitFor()
    await page.keyboard.type('night')
    await page.getByRole('menuitem', { name: 'Reading the night sky', exact: true }).waitFor()
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('ArrowUp')
    await page.keyboard.press('Enter')
    await page.waitForURL('**/courses/*')
    expect(await page.getByRole('heading', { level: 1 }).textContent()).toContain('Reading the night sky')
    await page.waitForLoadState('networkidle')
    await page.keyboard.press('/')
    await page.getByRole('dialog').waitFor()
    await page.keyboard.press('Escape')
    await page.getByRole('dialog').waitFor({ state: 'hidden' })
    expect(complaints).toEqual([])
    await context.close()
  })

  test('the palette knows this school’s published courses and nothing else', async () => {
    const { context, page } = await visitor()
    await page.goto(urlOf('acme.localhost', '/'), { waitUntil: 'networkidle' })
    for (const word of ['Plans for', 'budget', acme.canary]) {
      await page.keyboard.press('Control+k')
      await page.getByRole('dialog').waitFor()
      await page.keyboard.type(word)
      await page.getByText('Nothing here has that name').waitFor()
      expect(await page.getByRole('menuitem').count()).toBe(0)
      await page.keyboard.press('Escape')
      await page.getByRole('dialog').waitFor({ state: 'hidden', timeout: 3_000 })
    }
    await context.close()
  })
})

describe.runIf(CHROMIUM)('the theme', () => {
  test.each([true, false])('is kept from page to page, scripts %s', async (javaScript) => {
    const { context, page, complaints } = await visitor({ javaScript })
    await page.goto(urlOf('acme.localhost', '/'))
    if (javaScript) await page.waitForLoadState('networkidle')
    await page.getByRole('button', { name: 'Dark' }).click()
    await page.locator('html[data-theme="dark"]').waitFor()
    await page.goto(urlOf('acme.localhost', '/courses'))
    await page.locator('html[data-theme="dark"]').waitFor()
    expect(await page.getByRole('button', { name: 'Dark' }).getAttribute('aria-pressed')).toBe('true')
    await page.goto(urlOf('globex.localhost', '/'))
    expect(await page.locator('html').getAttribute('data-theme')).toBeNull()
    await page.goto(urlOf('acme.localhost', '/courses'))
    await page.getByRole('button', { name: 'System' }).click()
    await page.locator('html:not([data-theme])').waitFor()
    expect(complaints).toEqual([])
    await context.close()
  })
})

describe.runIf(CHROMIUM)('without scripts', () => {
  beforeAll(async () => {
    const titles = Array.from(
      { length: 30 },
      (_, index) => `Paged course ${String(index + 1).padStart(2, '0')}`,
    )
    await makeSchool({ id: 'tpaged', subdomain: 'paged', name: 'Zebra School', courses: titles })
  })

  afterAll(() => removeSchool('tpaged'))

  test('a long catalogue is walked to its end and back, each course met once', async () => {
    const { context, page } = await visitor({ javaScript: false })
    await page.goto(urlOf('paged.localhost', '/courses'))
    const pages: string[][] = []
    for (;;) {
      pages.push(await page.locator('main h2').allTextContents())
      if ((await page.locator('a[rel=next]').count()) === 0) break
      await follow(page, 'a[rel=next]')
    }
    expect(pages.map(({ length }) => length)).toEqual([12, 12, 6])
    expect(new Set(pages.flat()).size).toBe(30)
    await follow(page, 'a[rel=prev]')
    expect(await page.locator('main h2').allTextContents()).toEqual(pages[1])
    await context.close()
  })

  test('a search survives paging', async () => {
    const { context, page } = await visitor({ javaScript: false })
    await page.goto(urlOf('paged.localhost', '/courses'))
    await page.getByLabel('Search courses').fill('paged course')
    await page.getByRole('button', { name: 'Search' }).click()
    await page.waitForURL('**/courses?q=*')
    await follow(page, 'a[rel=next]')
    expect(new URL(page.url()).searchParams.get('q')).toBe('paged course')
    expect(await page.getByLabel('Search courses').inputValue()).toBe('paged course')
    await context.close()
  })

  test('the search trigger leads to the catalogue’s own field', async () => {
    const { context, page } = await visitor({ javaScript: false })
    await page.goto(urlOf('acme.localhost', '/'))
    await page.locator('header [data-palette-open]').click()
    await page.waitForURL('**/courses#search-field')
    expect(await page.getByLabel('Search courses').isVisible()).toBe(true)
    await context.close()
  })

  test('an address with nothing behind it says so, in the school’s own frame', async () => {
    const { context, page } = await visitor({ javaScript: false })
    const response = await page.goto(urlOf('acme.localhost', '/nothing'))
    expect(response?.status()).toBe(404)
    expect(await page.getByRole('heading', { level: 1 }).allTextContents()).toEqual([
      'There is nothing at this address',
    ])
    expect(await page.locator('html').getAttribute('lang')).toBe('en')
    await context.close()
  })
})
