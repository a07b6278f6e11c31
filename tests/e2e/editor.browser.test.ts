import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { CHROMIUM, picture, urlOf, type Visitor, visitor } from '#tests/support/browser'
import { owner } from '#tests/support/served'
import { enter } from './enter'
import { keyboardOf } from './keyboard'
import { VECTORS } from './vectors'
import { schoolFacts } from './world'

// A lesson is written as an author does it: by keyboard, through lost connections, beside a colleague, from any clipboard.

const HOST = 'acme.localhost'
const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

let moduleId = ''
let courseId = ''
let tenantId = ''

/** A lesson of its own for a test, in a course of the first instructor's. */
async function lesson(id: string): Promise<string> {
  await owner().query(
    `insert into "Lesson" (id, "tenantId", "moduleId", title, "order")
     select $1, $2, $3, 'Untitled', coalesce(max("order") + 1, 0) from "Lesson" where "moduleId" = $3`,
    [id, tenantId, moduleId],
  )
  return urlOf(HOST, `/teach/courses/${courseId}/lessons/${id}`)
}

type Stored = Readonly<{ title: string; content: string | null; text: string | null }>

async function stored(id: string): Promise<Stored> {
  const { rows } = await owner().query<Stored>(
    `select title, content, "contentText" as text from "Lesson" where id = $1`,
    [id],
  )
  return rows[0] ?? { title: '', content: null, text: null }
}

async function until(page: Page, state: string): Promise<void> {
  await page.locator(`[data-save-state=${state}]`).waitFor({ timeout: 20_000 })
}

/** Saved, and so by this change: the state says "not saved yet" first. */
async function untilSaved(page: Page, id: string, words: string): Promise<void> {
  for (let attempt = 0; attempt < 150; attempt += 1) {
    if (((await stored(id)).text ?? '').includes(words)) return until(page, 'saved')
    await page.waitForTimeout(100)
  }
  throw new Error(`"${words}" never reached the school: ${JSON.stringify(await stored(id))}`)
}

async function violations(page: Page): Promise<unknown> {
  await page.evaluate(AXE)
  return page.evaluate(`axe.run(document, {
    runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'], resultTypes: ['violations']
  }).then(({ violations }) => violations.map(({ id, nodes }) => id + ' ' + nodes.map(({ html }) => html).join(' ')))`)
}

async function open(page: Page, address: string): Promise<void> {
  await page.goto(address)
  await page.locator('.lesson-text[contenteditable=true]').waitFor()
}

/** What an empty text says of itself. */
async function hint(page: Page): Promise<string> {
  const content: unknown = await page.evaluate(
    `getComputedStyle(document.querySelector('.lesson-text'), '::before').content`,
  )
  return content === 'none' ? '' : String(content).replaceAll('"', '')
}

/** Pastes as a browser does with what another page had put into the clipboard. */
async function paste(page: Page, html: string): Promise<void> {
  await page.evaluate(`(() => {
    const data = new DataTransfer()
    data.setData('text/html', ${JSON.stringify(html)})
    const event = new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true })
    document.querySelector('.lesson-text').dispatchEvent(event)
  })()`)
}

describe.runIf(CHROMIUM)('the lesson editor', () => {
  let author: Visitor
  let colleague: Visitor

  beforeAll(async () => {
    tenantId = (await schoolFacts('acme')).id
    const { rows } = await owner().query<{ course: string; module: string }>(
      `select c.id as course, m.id as module from "Course" c join "Module" m on m."courseId" = c.id
         join "User" u on u.id = c."instructorId"
       where c."tenantId" = $1 and u.email = 'instructor@acme.test' and m."deletedAt" is null order by c.id, m.id limit 1`,
      [tenantId],
    )
    ;[courseId, moduleId] = [rows[0]?.course ?? '', rows[0]?.module ?? '']
    author = await visitor()
    colleague = await visitor()
    await enter(author.context, 'instructor')
    await enter(colleague.context, 'admin')
  })

  afterAll(async () => {
    await author.context.close()
    await colleague.context.close()
    await owner().query(`delete from "Lesson" where id like 'editortest%'`)
  })

  test('takes a whole lesson from the keyboard alone', async () => {
    const { page, complaints } = author
    await open(page, await lesson('editortestone'))
    const { keyboard } = page
    await keyboardOf(page).tabTo('#lesson-title')
    await keyboard.press('Control+a')
    await keyboard.type('The moon')
    await keyboard.press('Enter')
    expect(await hint(page)).toBe('Write here. A slash opens what can be inserted.')
    await picture(page, 'editor-empty')
    await keyboard.type('## Phases')
    expect(await hint(page)).toBe('')
    await keyboard.press('Enter')
    await keyboard.type('- New')
    await keyboard.press('Enter')
    await keyboard.type('Full')
    await keyboard.press('Enter')
    await keyboard.press('Enter')
    await keyboard.type('/')
    await page.getByRole('menu').waitFor()
    await keyboard.press('t')
    await keyboard.press('t')
    await keyboard.press('Enter')
    await keyboard.type('Look up tonight')
    await keyboard.press('Enter')
    await keyboard.press('Enter')
    await keyboard.type('```python ')
    await keyboard.type('days = 29.5')
    await keyboard.press('ArrowDown')
    await keyboard.type('/')
    await page.getByRole('menu').waitFor()
    for (const _press of [1, 2, 3, 4]) await keyboard.press('f')
    await keyboard.press('Enter')
    await page.getByRole('dialog').waitFor()
    await keyboard.type('\\frac{1}{4}')
    expect(await page.locator('dialog math mfrac').count()).toBe(1)
    await keyboard.press('Tab')
    await keyboard.press('Enter')
    await page.locator('.lesson-text math').waitFor()
    await keyboard.type('Read on here')
    await keyboard.press('Control+Shift+ArrowLeft')
    await keyboard.press('Control+k')
    await page.getByRole('dialog').waitFor()
    await keyboard.type('example.org/moon')
    await keyboard.press('Enter')
    await page.locator('.lesson-text a').waitFor()
    await untilSaved(page, 'editortestone', 'Read on here')
    const { title, content } = await stored('editortestone')
    expect(title).toBe('The moon')
    const shape = (JSON.parse(content ?? '{}') as { content: { type: string }[] }).content
    expect(shape.map(({ type }) => type)).toEqual([
      ...['heading', 'bulletList', 'callout', 'codeBlock', 'mathBlock', 'paragraph'],
    ])
    expect(content).toContain('"language":"python"')
    expect(content).toContain('"href":"https://example.org/moon"')
    expect(await violations(page)).toEqual([])
    await picture(page, 'writing-1-typed')
    await keyboard.press('Alt+F10')
    await keyboard.press('End')
    expect(await page.locator('[role=toolbar] button:focus').getAttribute('aria-label')).toBe('Do again')
    await keyboard.press('Escape')
    expect(await page.locator('.lesson-text:focus').count()).toBe(1)
    expect(complaints).toEqual([])
  })

  test('keeps what is written while the connection is away, and sends it when it is back', async () => {
    const { page, context, complaints } = author
    await open(page, await lesson('editortesttwo'))
    await page.locator('.lesson-text').focus()
    await page.keyboard.type('Before. ')
    await untilSaved(page, 'editortesttwo', 'Before.')
    await context.setOffline(true)
    await page.keyboard.type('In the tunnel.')
    await until(page, 'offline')
    expect(await page.locator('[data-save-state]').textContent()).toContain('kept on this device')
    expect((await stored('editortesttwo')).text).not.toContain('tunnel')
    await picture(page, 'writing-2-offline')
    await context.setOffline(false)
    await untilSaved(page, 'editortesttwo', 'Before. In the tunnel.')
    await picture(page, 'writing-3-online-again')
    expect(complaints.filter((text) => !text.includes('ERR_INTERNET_DISCONNECTED'))).toEqual([])
    complaints.length = 0
  })

  test('brings back what this device had kept, after a reload', async () => {
    const { page, complaints } = author
    const address = await lesson('editortestthree')
    // The last request of a page that goes would arrive all the same: here the machine dies first.
    await page.addInitScript(`const send = window.fetch
      window.fetch = (to, how) => (how?.keepalive ? Promise.reject(new TypeError('gone')) : send(to, how))`)
    await open(page, address)
    await page.route('**/api/editor/lessons/**', (route) => route.abort())
    await page.locator('.lesson-text').focus()
    await page.keyboard.type('Not lost.')
    await until(page, 'offline')
    await open(page, address)
    await page.getByText('Your unsaved writing is back').waitFor()
    await picture(page, 'writing-4-brought-back')
    expect(await page.locator('.lesson-text').textContent()).toContain('Not lost.')
    expect((await stored('editortestthree')).content).toBeNull()
    await page.unroute('**/api/editor/lessons/**')
    await untilSaved(page, 'editortestthree', 'Not lost.')
    await open(page, address)
    expect(await page.getByText('Your unsaved writing is back').count()).toBe(0)
    expect(complaints.filter((text) => !text.includes('ERR_FAILED'))).toEqual([])
    complaints.length = 0
  })

  test('sends what is left when the page goes', async () => {
    const { page, context } = author
    const other = await context.newPage()
    await open(other, await lesson('editortestsix'))
    await other.locator('.lesson-text').focus()
    await other.keyboard.type('Just before leaving.')
    await other.goto(urlOf(HOST, '/courses'))
    for (let attempt = 0; attempt < 100 && (await stored('editortestsix')).text === null; attempt += 1)
      await page.waitForTimeout(100)
    expect((await stored('editortestsix')).text).toBe('Just before leaving.')
    await other.close()
  })

  test('asks when a colleague changed the same text, and can keep both', async () => {
    const address = await lesson('editortestfour')
    await open(author.page, address)
    await open(colleague.page, address)
    await colleague.page.locator('.lesson-text').focus()
    await colleague.page.keyboard.type('From the colleague.')
    await untilSaved(colleague.page, 'editortestfour', 'From the colleague.')
    await author.page.locator('.lesson-text').focus()
    await author.page.keyboard.type('From the author.')
    await until(author.page, 'conflict')
    const section = author.page.locator('section[aria-labelledby=conflict-title]')
    expect(await section.textContent()).toContain('From the colleague.')
    expect(await section.textContent()).toContain('From the author.')
    expect((await stored('editortestfour')).text).toBe('From the colleague.')
    expect(await violations(author.page)).toEqual([])
    await picture(author.page, 'writing-5-conflict')
    await section.getByRole('button', { name: 'Keep both' }).press('Enter')
    await untilSaved(author.page, 'editortestfour', 'From the author.')
    // The question is gone, and with it what had the focus.
    expect(await author.page.evaluate('document.activeElement.id')).toBe('lesson-title')
    await author.page.locator('#lesson-title').fill('')
    await author.page.getByText('A lesson needs a title').waitFor()
    await author.page.locator('.lesson-text').focus()
    expect(await author.page.locator('#lesson-title').inputValue()).not.toBe('')
    expect((await stored('editortestfour')).text).toBe('From the colleague.\nFrom the author.')
    expect(author.complaints.filter((text) => !text.includes('status of 409'))).toEqual([])
    expect(colleague.complaints).toEqual([])
    author.complaints.length = 0
  })

  test.each([false, true])('fits on a phone, dark %s', async (dark) => {
    const { context, page, complaints } = await visitor({ width: 360, dark })
    await enter(context, 'instructor')
    await open(page, urlOf(HOST, `/teach/courses/${courseId}/lessons/editortestone`))
    expect(await violations(page)).toEqual([])
    expect(await page.evaluate('document.documentElement.scrollWidth - innerWidth')).toBe(0)
    await picture(page, `writing-6-on-a-phone-${dark ? 'dark' : 'light'}`)
    expect(complaints).toEqual([])
    await context.close()
  })

  test('takes nothing but text from a hostile clipboard', async () => {
    const { page, complaints } = author
    await open(page, await lesson('editortestfive'))
    let pwned = 0
    await page.exposeFunction('pwned', () => (pwned += 1))
    await page.locator('.lesson-text').focus()
    for (const vector of VECTORS) await paste(page, `<p>x</p>${vector}`)
    await page.keyboard.type('The end')
    await untilSaved(page, 'editortestfive', 'The end')
    const { content } = await stored('editortestfive')
    expect(content).not.toMatch(/"href":"(?!https?:|mailto:|\/(?!\/)|#)/)
    expect(
      await page
        .locator('.lesson-text :is(script, iframe, object, embed, form, svg[onload], [onerror])')
        .count(),
    ).toBe(0)
    expect(pwned).toBe(0)
    // Since version 156 Chromium asks the page's policy about handlers in documents that only parse, and tells of its no.
    expect(complaints.filter((text) => !/inline event handler|"script-src-attr"/.test(text))).toEqual([])
    complaints.length = 0
  })

  test('a learner finds no editor', async () => {
    const { context, page } = await visitor()
    await enter(context, 'student')
    const response = await page.goto(urlOf(HOST, `/teach/courses/${courseId}/lessons/editortestone`))
    expect(response?.status()).toBe(403)
    await context.close()
  })
})
