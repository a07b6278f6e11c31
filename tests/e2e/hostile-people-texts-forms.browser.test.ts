import sharp from 'sharp'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import type { Running } from '#scripts/screenshots/throwaway'
import { CHROMIUM, urlOf } from '#tests/support/browser'
import { isDue } from '#tests/support/rota'
import { owner } from '#tests/support/served'
import { enter } from './enter'
import { both, closePair, metBy, openPair, type Pair, shareOut, shown, type Watcher } from './hostile-page'
import {
  ADMIN,
  closedSchool,
  enterAs,
  HOST,
  makeHostileSchool,
  NAMABLE,
  removeHostileSchool,
  SCHOOL,
  some,
} from './hostile-school'
import { letterTo, linkIn, startLetters } from './letters'
import { packed, VECTORS } from './vectors'

// The same texts by the product’s own forms: typed, uploaded, imported, sent back by a refusal, written into letters.

const at = (path: string): string => urlOf(HOST, path)
const FIRST_FORM = 'main form:has(button[type=submit])'

let pair: Pair
let worker: Running

async function asAdmin(): Promise<void> {
  await both(pair, (watcher) => enterAs(watcher, ADMIN))
}

async function asPlatform(): Promise<void> {
  await both(pair, (watcher) => enter(watcher.context, 'root'))
}

type Fields = Readonly<Record<string, string>>

async function fill({ page }: Watcher, form: string, fields: Fields): Promise<void> {
  for (const [name, text] of Object.entries(fields))
    await page.locator(`${form} [name=${name}]`).first().fill(text)
}

async function press({ page }: Watcher, form: string): Promise<void> {
  await page.locator(`${form} button[type=submit]`).first().click()
}

/** Fills a form in with a script in charge, sends it, and waits until the browser is where it leads. */
async function send(watcher: Watcher, form: string, fields: Fields, leads: RegExp): Promise<void> {
  await watcher.ready(form)
  await fill(watcher, form, fields)
  await press(watcher, form)
  await watcher.page.waitForURL(leads, { waitUntil: 'load' })
  await watcher.look()
}

const PICTURES = [
  ['/account', /done=avatar/, 'main img[src*="/avatars/"]'],
  ['/admin/brand', /done=logo/, 'header img[src*="/logos/"]'],
] as const

const quoted = (text: string): string => `"${text.replaceAll('"', '""')}"`

/** A list whose names, addresses, roles and headings would all run. */
function packedRows() {
  const invited = NAMABLE
  const wrong = NAMABLE.slice(0, 12)
  const rows = [
    ...invited.map((name, n) => [`row${String(n)}@texts.test`, name, '']),
    ...wrong.map((text) => [text, 'No address', '']),
    ...wrong.map((text, n) => [`wrong${String(n)}@texts.test`, 'No role', text]),
  ].slice(0, 100)
  const heading = ['email', 'name', 'role', VECTORS[0] ?? '', VECTORS[19] ?? '']
  return {
    csv: [heading, ...rows].map((row) => `${row.map(quoted).join(',')}\r\n`).join(''),
    names: rows.map((row) => row[1] ?? ''),
    emails: rows.map((row) => row[0] ?? ''),
    roles: rows.map((row) => row[2] ?? ''),
    invited,
  }
}

/** A form that is refused, and the field of it that a hostile text is typed into. */
type Echo = readonly [who: 'anybody' | 'admin', path: string, field: string, other: Fields]

/** A time zone that nobody has gets the profile refused, whatever the name. */
const NOWHERE = `document.querySelector('select[name=timeZone]').add(new Option('x', 'Nowhere/None', true, true))`

/** Sends a form the way without a script, and waits for the page that answers. */
async function answer(watcher: Watcher, form: string): Promise<void> {
  const answered = watcher.page.waitForEvent('load')
  await press(watcher, form)
  await answered
  await watcher.look()
}

describe.runIf(CHROMIUM && isDue(0, 3))('hostile texts in forms', () => {
  beforeAll(async () => {
    await makeHostileSchool()
    worker = startLetters()
    pair = await openPair()
  })

  afterAll(async () => {
    await closePair(pair)
    await worker.stop()
    await owner().query(
      `delete from "Tenant" where id in (select "schoolId" from "SchoolRequest" where email like '%@hostile-texts.test')`,
    )
    await owner().query(`delete from "SchoolRequest" where email like '%@hostile-texts.test'`)
    await removeHostileSchool()
  })

  afterEach(async () => {
    expect(await metBy(pair)).toEqual([])
    await owner().query('delete from "Throttle"')
  })

  const NAMED = { name: 'No body' }
  const ECHOES: readonly Echo[] = [
    ['anybody', '/sign-in', 'email', { password: 'some password' }],
    ['anybody', '/forgot-password', 'email', {}],
    ['anybody', '/magic-link', 'email', {}],
    ['anybody', '/sign-up', 'email', NAMED],
    ['anybody', '/sign-up', 'name', { email: 'no address' }],
    ['admin', '/admin/people/invite', 'name', { email: 'no address' }],
    ['admin', '/admin/people/invite', 'email', NAMED],
    ['admin', '/admin/roles/new', 'description', { name: '' }],
    ['admin', '/admin/settings', 'mailDomains', {}],
    ['admin', '/account', 'name', {}],
  ]

  test('come back from a refusal in the field they were typed into, on a page without its script', async () => {
    const sent = ECHOES.flatMap((echo) =>
      some(VECTORS, echo[1] === '/sign-in' ? 8 : 2).map((text) => [echo, text] as const),
    )
    const sendBack = async (
      watcher: Watcher,
      [who, path, field, other]: Echo,
      text: string,
    ): Promise<void> => {
      if (who === 'admin') await enterAs(watcher, ADMIN)
      else await watcher.context.clearCookies()
      await watcher.go(at(path))
      const form = `main form:has([name=${field}])`
      const input = watcher.page.locator(`${form} [name=${field}]`).first()
      if (path === '/account') await watcher.page.evaluate(NOWHERE)
      await fill(watcher, form, { ...other, [field]: text })
      const typed = await input.inputValue()
      await answer(watcher, form)
      expect([path, field, await input.inputValue()]).toEqual([path, field, typed])
      expect(await watcher.page.locator('main [role=alert]').count()).toBe(1)
    }
    await both(pair, (watcher) =>
      watcher.withoutItsScripts(async () => {
        const own = sent.filter((_, n) => n % 2 === pair.indexOf(watcher))
        for (const [echo, text] of own) await sendBack(watcher, echo, text)
      }),
    )
  })

  test('are refused beside the field with a script too, the part that is wrong as it was typed', async () => {
    await asAdmin()
    const domains = some(
      VECTORS.flatMap((text) => text.split(/[\s,;]+/)).filter(
        (part) => part.length > 3 && !part.startsWith('@'),
      ),
      6,
    )
    await shareOut(pair, domains, async (watcher, domain) => {
      await watcher.go(at('/admin/settings'))
      await watcher.ready(FIRST_FORM)
      await fill(watcher, FIRST_FORM, { mailDomains: domain })
      await press(watcher, FIRST_FORM)
      const alert = watcher.page.locator('main [role=alert]')
      await alert.waitFor()
      await watcher.look()
      expect(shown(await alert.textContent()).toLowerCase()).toContain(domain.slice(0, 80).toLowerCase())
    })
  })

  test('as one’s name, a role and a school’s name are kept as they were typed', async () => {
    await asAdmin()
    const names = some(NAMABLE, 2)
    await shareOut(pair, names, async (watcher, name) => {
      await enterAs(watcher, `${SCHOOL}n${watcher === pair[0] ? '1' : '2'}`)
      await watcher.go(at('/account'))
      await send(watcher, 'main form:has([name=timeZone])', { name }, /done=profile/)
      expect(await watcher.text('#account-menu p')).toBe(shown(name))
    })
    await asAdmin()
    await owner().query(`delete from "Role" where "tenantId" = $1 and id like $1 || 'r%'`, [SCHOOL])
    await shareOut(
      pair,
      some(
        NAMABLE.filter((name) => name.length <= 60),
        2,
      ),
      async (watcher, name) => {
        await watcher.go(at('/admin/roles/new'))
        await send(watcher, FIRST_FORM, { name, description: name }, /\/admin\/roles\?done=created/)
        expect(await watcher.texts('tbody th a')).toContain(shown(name))
        expect(await watcher.texts('tbody th p')).toContain(shown(name))
      },
    )
    // One after the other: the school has one name.
    for (const [index, name] of some(NAMABLE, 2).entries()) {
      const watcher = pair[index % 2 === 0 ? 0 : 1]
      await watcher.go(at('/admin/brand'))
      await send(watcher, 'main form:has([name=accentColor])', { name, description: name }, /done=brand/)
      expect(await watcher.text('header a[href="/"]')).toContain(shown(name))
      await watcher.go(at('/admin/audit?action=school.brand'))
      expect(await watcher.text('tbody')).toContain(shown(name))
    }
  })

  test('as names of pictures are nobody’s business: the picture is kept, its name nowhere', async () => {
    await asAdmin()
    const picture = await sharp({ create: { width: 64, height: 64, channels: 3, background: '#336699' } })
      .png()
      .toBuffer()
    const names = some(VECTORS, 1).map((text) => `filename${text}`)
    // One after the other: a person has one picture and a school one logo, and who comes second is told so.
    for (const [index, name] of [...names, 'filename"; filename="x.svg'].entries()) {
      const watcher = pair[index % 2 === 0 ? 0 : 1]
      for (const [path, done, image] of PICTURES) {
        await watcher.go(at(path))
        await watcher.ready('main form:has(input[type=file])')
        await watcher.page
          .locator('main input[type=file]')
          .setInputFiles({ name: `${name}.png`, mimeType: 'image/png', buffer: picture })
        await press(watcher, 'main form:has(input[type=file])')
        await watcher.page.waitForURL(done, { waitUntil: 'load' })
        await watcher.look()
        expect(await watcher.page.locator(image).count()).toBeGreaterThan(0)
        expect(await watcher.page.locator('html').innerHTML()).not.toContain('filename')
      }
    }
    await pair[0].go(at('/admin/audit?action=school.logo'))
    expect(await pair[0].text('main')).not.toContain('filename')
    const files = await owner().query<{ key: string }>('select key from "StoredFile" where "tenantId" = $1', [
      SCHOOL,
    ])
    expect(files.rows.length).toBeGreaterThan(0)
    expect(files.rows.filter(({ key }) => !/^[a-z0-9/._-]+$/.test(key))).toEqual([])
  })

  const ROWS = packedRows()

  test('in a list of people stand in the report, and then among the invitations', async () => {
    await owner().query('delete from "Invitation" where "tenantId" = $1', [SCHOOL])
    await asAdmin()
    // The first to look invites them all; for the second everybody has been invited.
    for (const watcher of pair) {
      await watcher.go(at('/admin/people/import'))
      await watcher.ready(FIRST_FORM)
      await watcher.page.locator('main input[type=file]').setInputFiles({
        name: `${VECTORS[18] ?? ''}.csv`,
        mimeType: 'text/csv',
        buffer: Buffer.from(ROWS.csv),
      })
      await press(watcher, FIRST_FORM)
      const report = 'main section[aria-labelledby] tbody tr'
      await watcher.page.locator(report).first().waitFor()
      await watcher.look()
      const cells = (column: string): Promise<string[]> => watcher.texts(`${report} ${column}`)
      expect((await cells('td:nth-of-type(1) > div')).sort()).toEqual(ROWS.names.map(shown).sort())
      expect(await cells('th')).toEqual(expect.arrayContaining(ROWS.emails.map(shown)))
      expect(await cells('td:nth-of-type(2) > div')).toEqual(expect.arrayContaining(ROWS.roles.map(shown)))
      const file = await watcher.page.locator('main a[download]').getAttribute('href')
      expect(file?.startsWith('data:text/csv;charset=utf-8,')).toBe(true)
      expect(decodeURIComponent(file ?? '')).toContain('<img src=x onerror=pwned()>')
    }
    await press(pair[0], 'main section form')
    await pair[0].page.waitForURL(/done=imported/, { waitUntil: 'load' })
    await both(pair, async (watcher) => {
      const [names] = await watcher.everyPage(at('/admin/people/invitations'), ['tbody th span span + span'])
      expect(names?.sort()).toEqual(ROWS.invited.map(shown).sort())
    })
  })

  test('of an import without a script stand in the same report', async () => {
    await asAdmin()
    await both(pair, async (watcher) => {
      await watcher.withoutItsScripts(async () => {
        await watcher.go(at('/admin/people/import'))
        await fill(watcher, FIRST_FORM, { text: ROWS.csv })
        await answer(watcher, FIRST_FORM)
      })
      const names = await watcher.texts('main section[aria-labelledby] tbody td:nth-of-type(1) > div')
      expect(names.sort()).toEqual(ROWS.names.map(shown).sort())
    })
  })

  test('follow somebody from the form that invites them to the list of people', async () => {
    await shareOut(pair, some(NAMABLE, 2), async (watcher, name, index) => {
      await enterAs(watcher, ADMIN)
      const email = `invited${String(index)}@hostile-texts.test`
      await watcher.go(at('/admin/people/invite'))
      await watcher.ready(FIRST_FORM)
      await fill(watcher, FIRST_FORM, { email, name })
      await press(watcher, FIRST_FORM)
      await watcher.page.locator('[role=status]').filter({ hasText: /\S/ }).first().waitFor()
      const letter = await letterTo(SCHOOL, email, /\S/)
      expect(letter.text).toContain(name)
      await watcher.context.clearCookies()
      await watcher.go(linkIn(letter, '/invitation'))
      expect(await watcher.page.locator('input[name=name]').inputValue()).toBe(name)
      await send(watcher, FIRST_FORM, { password: 'seven loud gulls at noon' }, /\/dashboard/)
      await enterAs(watcher, ADMIN)
      await watcher.go(at(`/admin/people?q=${encodeURIComponent(email)}`))
      expect(await watcher.texts('tbody th a')).toEqual([shown(name)])
    })
  })

  test('as the reason of the platform stand on the school’s page and in the log', async () => {
    await asPlatform()
    const reasons = packed(NAMABLE, 480)
    await shareOut(pair, some(reasons, 2), async (watcher, reason, index) => {
      const { id } = closedSchool(index)
      await watcher.go(urlOf('localhost', `/platform/schools/${id}`))
      for (const [trigger, dialog] of [
        ['resume-school', 'Resume'],
        ['suspend-school', 'Suspend'],
      ] as const) {
        await watcher.ready(`#${trigger} form`)
        await watcher.page.locator(`[popovertarget=${trigger}]`).first().click()
        await watcher.page.locator(`#${trigger} [name=reason]`).fill(`${dialog} ${reason}`)
        const led = watcher.page.waitForURL(/done=status/, { waitUntil: 'load' })
        const loaded = watcher.page.waitForEvent('load')
        await press(watcher, `#${trigger}`)
        await Promise.all([led, loaded])
        await watcher.look()
      }
      expect(await watcher.text('main')).toContain(shown(`Suspend ${reason}`))
      await watcher.go(
        urlOf('localhost', `/platform/audit?q=${closedSchool(index).host.split('.')[0] ?? ''}`),
      )
      const why = (await watcher.texts('tbody td:nth-of-type(2) > div')).join('\n')
      expect(why).toContain(shown(`Resume ${reason}`))
    })
  })

  test('follow somebody who asks for a school until it is open', async () => {
    await shareOut(pair, some(NAMABLE, 2), async (watcher, name, index) => {
      const email = `founder${String(index)}@hostile-texts.test`
      await watcher.go(urlOf('localhost', '/sign-up'))
      const fields = { schoolName: name, name, subdomain: `texts-own-${String(index)}`, email }
      await send(watcher, FIRST_FORM, fields, /\/sign-up\?/)
      await watcher.go(linkIn(await letterTo('platform', email, /\S/), '/sign-up/confirm'))
      expect(await watcher.text('main h1')).toContain(shown(name))
      expect(await watcher.text('main dl')).toContain(shown(name))
      await watcher.ready(FIRST_FORM)
      await fill(watcher, FIRST_FORM, { password: 'four quiet boats at dawn' })
      await press(watcher, FIRST_FORM)
      await watcher.page.locator('#first-steps').waitFor()
      await watcher.look()
      expect(await watcher.text('main h1')).toContain(shown(name))
      await watcher.go(urlOf(`texts-own-${String(index)}.localhost`, '/'))
      expect(await watcher.text('header a[href="/"]')).toContain(shown(name))
    })
  })
})
