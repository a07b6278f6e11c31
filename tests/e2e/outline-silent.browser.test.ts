import { afterAll, describe, expect, test } from 'vitest'
import { CHROMIUM, picture } from '#tests/support/browser'
import { author, line, plant, uproot } from './outline-page'

// Without JavaScript nothing pretends to work.

describe.runIf(CHROMIUM)('without JavaScript', () => {
  afterAll(() => uproot(['Silent outline']))

  test.each([1440, 360])(
    'at %i pixels the outline says what is needed, is read, and has no dead button',
    async (width) => {
      await uproot(['Silent outline'])
      const address = await plant('Silent outline', { One: ['a', 'b'], Two: [] })
      const { page, context, complaints } = await author({ width, javaScript: false })
      await page.goto(address)
      const note = page.locator('main noscript')
      await note.locator('p').first().waitFor()
      expect(await note.textContent()).toContain('Changing the outline needs JavaScript')
      await line(page, 'Module 2: Two').waitFor()
      expect(await page.locator('main :is(button, input, select, textarea):visible').count()).toBe(0)
      expect(await page.evaluate('document.documentElement.scrollWidth - innerWidth')).toBe(0)
      await picture(page, `teach-without-javascript-${String(width)}`)
      await page.getByRole('link', { name: /^a/ }).click()
      await page.waitForURL(/\/lessons\//)
      await note.locator('p').first().waitFor()
      expect(await note.textContent()).toContain('Writing a lesson needs JavaScript')
      expect(await page.locator('main :is(button, input, select, textarea):visible').count()).toBe(0)
      await picture(page, `editor-without-javascript-${String(width)}`)
      await page.goto(`${address}/details`)
      await page.getByLabel('Title', { exact: true }).fill('Silent outline')
      await page.getByLabel('Description').fill('Said without a script.')
      await page.getByRole('button', { name: 'Save details' }).click()
      await page.getByRole('status').filter({ hasText: /\S/ }).first().waitFor()
      await page.goto(`${address}/details`)
      expect(await page.getByLabel('Description').inputValue()).toBe('Said without a script.')
      expect(complaints).toEqual([])
      await context.close()
    },
  )
})
