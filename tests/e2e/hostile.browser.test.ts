import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { CHROMIUM, urlOf, type Visitor, visitor } from '#tests/support/browser'
import { isDue } from '#tests/support/rota'
import { owner } from '#tests/support/served'
import { makeSchool, removeSchool } from './school'
import { some } from './hostile-school'
import { packed, VECTORS } from './vectors'

// Names that try to run something stand on every page as the letters they are.

const HOST = 'hostile.localhost'
const TITLES = packed(VECTORS, 190)
const NAMES = packed(VECTORS, 110)
/** Spaces fold when a text is shown, and lines break where they like. */
const shown = (text: string | null | undefined): string =>
  (text ?? '').replace(/[\s\u2028\u2029]+/g, ' ').trim()

async function listening(): Promise<Visitor & { ran: string[] }> {
  const opened = await visitor()
  const ran: string[] = []
  await opened.context.exposeFunction('pwned', () => ran.push(opened.page.url()))
  opened.page.on('dialog', (dialog) => {
    ran.push(dialog.message())
    void dialog.dismiss()
  })
  return { ...opened, ran }
}

describe.runIf(CHROMIUM && isDue(2, 3))('hostile names', () => {
  beforeAll(async () => {
    await makeSchool({
      id: 'thostile',
      subdomain: 'hostile',
      name: 'Hostile',
      description: packed(VECTORS, 100_000)[0] ?? '',
      courses: TITLES,
      descriptionOfCourses: packed(VECTORS, 100_000)[0] ?? '',
      instructor: NAMES[0] ?? '',
    })
  })

  afterAll(() => removeSchool('thostile'))

  test('are many', () => {
    expect(VECTORS.length).toBeGreaterThanOrEqual(60)
    expect(new Set(VECTORS).size).toBe(VECTORS.length)
  })

  test('of courses and lessons run nothing and read as they were typed', async () => {
    const { context, page, complaints, ran } = await listening()
    for (const [index, title] of TITLES.entries()) {
      await page.goto(urlOf(HOST, `/courses/thostilec${index + 1}`), { waitUntil: 'load' })
      expect(shown(await page.locator('h1').textContent())).toBe(shown(title))
      expect(shown(await page.title())).toContain(shown(title))
      await page.goto(urlOf(HOST, `/learn/thostilec${index + 1}/thostilel${index + 1}`), {
        waitUntil: 'load',
      })
      expect(shown(await page.locator('h1').textContent())).toBe(shown(title))
      expect(shown(await page.locator('pre code').first().textContent())).toBe(shown(title))
    }
    await context.close()
    expect(ran).toEqual([])
    expect(complaints).toEqual([])
  })

  test('of schools run nothing on the front page, in the title and in the icon opened by itself', async () => {
    const { context, page, complaints, ran } = await listening()
    for (const name of NAMES) {
      await owner().query(`update "Tenant" set name = $1 where id = 'thostile'`, [name])
      await page.goto(urlOf(HOST), { waitUntil: 'load' })
      expect(shown(await page.locator('header a[href="/"]').first().textContent())).toContain(shown(name))
      expect(shown(await page.title())).toBe(shown(name))
      await page.goto(urlOf(HOST, '/icon.svg'), { waitUntil: 'load' })
      expect(await page.evaluate('document.documentElement.children.length')).toBe(2)
    }
    await context.close()
    expect(ran).toEqual([])
    expect(complaints).toEqual([])
  })

  test('of a suspended school run nothing on its closed door', async () => {
    const { context, page, complaints, ran } = await listening()
    await owner().query(`update "Tenant" set status = 'SUSPENDED' where id = 'thostile'`)
    for (const name of NAMES.slice(0, 6)) {
      await owner().query(`update "Tenant" set name = $1 where id = 'thostile'`, [name])
      await page.goto(urlOf(HOST), { waitUntil: 'load' })
      expect(shown(await page.locator('h1').textContent())).toContain(shown(name))
    }
    await owner().query(`update "Tenant" set status = 'ACTIVE' where id = 'thostile'`)
    await context.close()
    expect(ran).toEqual([])
    expect(complaints).toEqual([])
  })

  test('run nothing in the catalogue, in a search for themselves, and in the palette', async () => {
    const { context, page, complaints, ran } = await listening()
    await page.goto(urlOf(HOST, '/courses'), { waitUntil: 'load' })
    const titles: string[] = []
    for (;;) {
      titles.push(...(await page.locator('main h2').allTextContents()))
      const next = page.locator('a[rel=next]')
      if ((await next.count()) === 0) break
      const before = page.url()
      await next.click()
      await page.waitForURL(({ href }) => href !== before, { waitUntil: 'load' })
    }
    expect(titles.map(shown).sort()).toEqual(TITLES.map(shown).sort())
    for (const vector of some(VECTORS, 8)) {
      await page.goto(urlOf(HOST, `/courses?q=${encodeURIComponent(vector)}`), { waitUntil: 'load' })
      expect(await page.getByLabel('Search courses').inputValue()).toBe(vector.trim())
    }
    await page.goto(urlOf(HOST, '/courses'), { waitUntil: 'networkidle' })
    await page.keyboard.press('Control+k')
    await page.getByRole('dialog').waitFor()
    await page.keyboard.type('<scr')
    await page.getByRole('menuitem').first().waitFor()
    expect(shown(await page.getByRole('menuitem').first().textContent())).toContain('<scr')
    await context.close()
    expect(ran).toEqual([])
    expect(complaints).toEqual([])
  })

  test('do not even leave markup behind', async () => {
    const { context, page } = await listening()
    for (const path of ['/', '/courses', '/courses/thostilec1', '/learn/thostilec1/thostilel1']) {
      await page.goto(urlOf(HOST, path), { waitUntil: 'load' })
      const selector =
        'img[src="x"], iframe, object, embed, marquee, base, math, meta[http-equiv], [onload], [onerror], [onfocus], [href^="javascript:"], svg script'
      expect(await page.locator(selector).count()).toBe(0)
    }
    await context.close()
  })
})

describe.runIf(CHROMIUM)('long names', () => {
  const word = 'Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft'
  const long = `${word} ${word.toLowerCase()}`.slice(0, 195)

  beforeAll(async () => {
    await makeSchool({
      id: 'tlong',
      subdomain: 'long',
      name: word.slice(0, 80) + word.slice(0, 40),
      description: word.repeat(6),
      courses: [long, 'WWWWWWWWWW'.repeat(19), 'https://example.test/'.repeat(9), '長い名前'.repeat(45)],
      descriptionOfCourses: word.repeat(8),
      instructor: word.repeat(2),
    })
  })

  afterAll(() => removeSchool('tlong'))

  test.each([320, 768, 1440])('fit a screen of %i px', async (width) => {
    const { context, page } = await visitor({ width })
    const faults: string[] = []
    const courses = [1, 2, 3, 4].flatMap((n) => [`/courses/tlongc${n}`, `/learn/tlongc${n}/tlongl${n}`])
    for (const path of ['/', '/courses', `/courses?q=${'W'.repeat(100)}`, ...courses, '/nothing']) {
      await page.goto(urlOf('long.localhost', path), { waitUntil: 'load' })
      const over = Number(await page.evaluate('document.documentElement.scrollWidth - innerWidth'))
      if (over > 0) faults.push(`${path}: ${over} px too wide`)
    }
    await context.close()
    expect(faults).toEqual([])
  })
})
