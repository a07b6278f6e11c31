import { TOTP } from 'otpauth'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { CHROMIUM, picture, urlOf, type Visitor, visitor } from '#tests/support/browser'
import { owner } from '#tests/support/served'
import type { Running } from '#scripts/screenshots/throwaway'
import { letterTo, linkIn, startLetters } from './letters'

// A school from its first form to the day somebody leaves, as its people see it: each with a browser of their own.

const SCHOOL = 'Harbour School'
const HOST = 'harbour-school.localhost'
const FOUNDER = { name: 'Ada Founder', email: 'ada@harbour.test', password: 'four quiet boats at dawn' }
const GUEST = { name: 'Ben Guest', email: 'ben@harbour.test', password: 'seven loud gulls at noon' }

async function send(page: Page): Promise<void> {
  await page.locator('main form button[type=submit]').first().click()
}

/** Waits until a field holds a text; through the debugger, since the page's policy lets nothing be evaluated in it. */
async function untilValue(page: Page, name: string, value: string): Promise<void> {
  const field = page.locator(`input[name=${name}]`)
  for (let attempt = 0; attempt < 100; attempt += 1) {
    if ((await field.inputValue()) === value) return
    await page.waitForTimeout(50)
  }
  throw new Error(`The field ${name} never held "${value}".`)
}

/** Waits for a refusal; it empties a password or code, so that what is typed before it came would be lost. */
async function refused(page: Page, name: string): Promise<void> {
  await page.getByRole('alert').first().waitFor()
  await untilValue(page, name, '')
}

async function signIn(page: Page, who: Readonly<{ email: string; password: string }>): Promise<void> {
  await page.locator('input[name=email]').fill(who.email)
  await page.locator('input[name=password]').fill(who.password)
  await send(page)
}

async function schoolId(): Promise<string> {
  const { rows } = await owner().query<{ id: string }>(
    `select id from "Tenant" where subdomain = 'harbour-school'`,
  )
  return rows[0]?.id ?? ''
}

describe.runIf(CHROMIUM)('a school', () => {
  let worker: Running
  let founder: Visitor
  let guest: Visitor
  let secret = ''
  let codes: string[] = []

  beforeAll(async () => {
    worker = startLetters()
    founder = await visitor()
    guest = await visitor({ width: 360 })
  })

  afterAll(async () => {
    await founder.context.close()
    await guest.context.close()
    await worker.stop()
    await owner().query(`delete from "Tenant" where subdomain = 'harbour-school'`)
    await owner().query('delete from "SchoolRequest"')
  })

  test('is asked for on the root host, and opened behind the letter’s link by a password', async () => {
    const { page } = founder
    await page.goto(urlOf('localhost', '/sign-up'))
    await page.locator('input[name=schoolName]').fill(SCHOOL)
    await untilValue(page, 'subdomain', 'harbour-school')
    await page.locator('input[name=name]').fill(FOUNDER.name)
    await page.locator('input[name=email]').fill(FOUNDER.email)
    await send(page)
    await page.waitForURL(/\/sign-up\?/)
    await picture(page, 'people-1-asked-for')
    expect(await schoolId()).toBe('')
    const letter = await letterTo('platform', FOUNDER.email, /Harbour/)
    await page.goto(linkIn(letter, '/sign-up/confirm'))
    await picture(page, 'people-2-confirm')
    await page.locator('input[name=password]').fill(FOUNDER.password)
    await send(page)
    await page
      .getByRole('link', { name: /school/i })
      .first()
      .waitFor()
    expect(await schoolId()).not.toBe('')
    expect(founder.complaints).toEqual([])
  })

  test('greets its first administrator with first steps', async () => {
    const { page } = founder
    await page.goto(urlOf(HOST, '/sign-in?next=/admin'))
    await signIn(page, FOUNDER)
    await page.waitForURL(urlOf(HOST, '/admin'))
    expect(await page.locator('main').textContent()).toContain('First steps')
    await picture(page, 'people-3-first-steps')
    expect(founder.complaints).toEqual([])
  })

  test('has its founder protect their account: codes from then on, each of them once', async () => {
    const { page } = founder
    await page.goto(urlOf(HOST, '/account/security'))
    const begin = page.locator('form', { has: page.getByRole('button', { name: 'Set it up' }) })
    await begin.locator('input[name=current]').fill(FOUNDER.password)
    await begin.getByRole('button', { name: 'Set it up' }).click()
    await page.locator('#factor-key').waitFor({ state: 'attached' })
    secret = ((await page.locator('#factor-key').textContent()) ?? '').replace(/[^A-Z2-7]/g, '')
    await page.locator('input[name=code]').first().fill(new TOTP({ secret }).generate())
    await page.locator('form:has(input[name=code]) button[type=submit]').first().click()
    await page.locator('#recovery-codes').waitFor()
    await picture(page, 'people-4-recovery-codes')
    codes =
      ((await page.locator('#recovery-codes').textContent()) ?? '').match(
        /[0-9a-f]{4}(?:-[0-9a-f]{4}){3}/g,
      ) ?? []
    expect(new Set(codes).size).toBe(10)
    await page.goto(urlOf(HOST, '/dashboard'))
    await page.locator('[popovertarget=account-menu]').click()
    await page.getByRole('button', { name: 'Sign out' }).click()
    await page.waitForURL(/\/sign-in\?done=signed-out/)
    await signIn(page, FOUNDER)
    await page.waitForURL(/\/sign-in\/second-factor/)
    await picture(page, 'people-5-second-factor')
    // The code that confirmed the set-up was taken; it opens nothing again.
    await page.locator('input[name=code]').fill('000000')
    await send(page)
    await refused(page, 'code')
    await page.locator('input[name=code]').fill(codes[0] ?? '')
    await send(page)
    await page.waitForURL(urlOf(HOST, '/dashboard'))
    expect(founder.complaints).toEqual([])
  })

  test('invites somebody, who joins from a phone', async () => {
    const { page } = founder
    await page.goto(urlOf(HOST, '/admin/people/invite'))
    await page.locator('input[name=email]').fill(GUEST.email)
    await page.locator('input[name=name]').fill(GUEST.name)
    await send(page)
    await page.getByRole('status').filter({ hasText: /\S/ }).first().waitFor()
    await picture(page, 'people-6-invited')
    const letter = await letterTo(await schoolId(), GUEST.email, /Harbour/)
    await guest.page.goto(linkIn(letter, '/invitation'))
    expect(await guest.page.locator('input[name=name]').inputValue()).toBe(GUEST.name)
    await guest.page.locator('input[name=password]').fill('password123')
    await send(guest.page)
    await refused(guest.page, 'password')
    await picture(guest.page, 'people-7-joining-on-a-phone')
    await guest.page.locator('input[name=password]').fill(GUEST.password)
    await send(guest.page)
    await guest.page.waitForURL(urlOf(HOST, '/dashboard'))
    await picture(guest.page, 'people-8-joined-on-a-phone')
    expect([...founder.complaints, ...guest.complaints]).toEqual([])
  })

  test('sends a link to whoever forgot their password; it works once', async () => {
    const other = await visitor()
    await other.page.goto(urlOf(HOST, '/forgot-password'))
    await other.page.locator('input[name=email]').fill(GUEST.email)
    await send(other.page)
    await other.page.waitForURL(/done=sent/)
    const link = linkIn(await letterTo(await schoolId(), GUEST.email, /password/i), '/reset-password')
    await other.page.goto(link)
    await picture(other.page, 'people-9-new-password')
    await other.page.locator('input[name=password]').fill('nine patient herons wait')
    await send(other.page)
    await other.page.waitForURL(/\/sign-in\?done=password/)
    await other.page.goto(link)
    expect(await other.page.locator('input[name=password]').count()).toBe(0)
    // The guest's phone was signed in with the old password.
    await guest.page.goto(urlOf(HOST, '/dashboard'))
    expect(guest.page.url()).toContain('/sign-in')
    await signIn(guest.page, { ...GUEST, password: 'nine patient herons wait' })
    await guest.page.waitForURL(/\/dashboard/)
    await other.context.close()
  })

  test('disables somebody: their next click leads to the door', async () => {
    const { page } = founder
    const { rows } = await owner().query<{ id: string }>('select id from "User" where email = $1', [
      GUEST.email,
    ])
    await page.goto(urlOf(HOST, `/admin/people/${rows[0]?.id ?? ''}`))
    await page
      .getByRole('button', { name: /^Disable/ })
      .first()
      .click()
    const confirm = page
      .locator('dialog[open], [popover]:popover-open')
      .getByRole('button', { name: /Disable/ })
    await picture(page, 'people-10-disable')
    if ((await confirm.count()) > 0) await confirm.first().click()
    await page.waitForURL(/done=disabled/)
    await picture(page, 'people-11-disabled')
    await guest.page.goto(urlOf(HOST, '/account'))
    expect(guest.page.url()).toContain('/sign-in')
    await signIn(guest.page, { ...GUEST, password: 'nine patient herons wait' })
    await guest.page.getByRole('alert').first().waitFor()
    await picture(guest.page, 'people-12-closed-door-on-a-phone')
    expect(founder.complaints).toEqual([])
  })

  test('is suspended by the platform with a reason, closed at once, and open again as it was', async () => {
    const root = await visitor()
    await root.page.goto(urlOf('localhost', '/sign-in'))
    await signIn(root.page, { email: 'root@smartlms.test', password: 'smartlms-demo' })
    await root.page.waitForURL(urlOf('localhost', '/platform'))
    await owner().query(`update "Tenant" set status = 'SUSPENDED' where id = $1`, [await schoolId()])
    const closed = await founder.page.goto(urlOf(HOST, '/dashboard'))
    await picture(founder.page, 'people-13-suspended')
    expect(closed?.status()).toBe(403)
    await root.page.goto(urlOf('localhost', `/platform/schools/${await schoolId()}`))
    expect(await root.page.locator('main').innerText()).toContain('Suspended')
    expect(await root.page.locator('main').innerText()).not.toContain(GUEST.email)
    await owner().query(`update "Tenant" set status = 'ACTIVE' where id = $1`, [await schoolId()])
    const open = await founder.page.goto(urlOf(HOST, '/dashboard'))
    expect(open?.status()).toBe(200)
    await root.context.close()
  })
})
