import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { CHROMIUM, urlOf } from '#tests/support/browser'
import { ask, hostOf } from '#tests/support/http'
import { isDue } from '#tests/support/rota'
import { owner } from '#tests/support/served'
import { enter } from './enter'
import { both, closePair, metBy, openPair, type Pair, shareOut, shown } from './hostile-page'
import {
  ADMIN,
  CLOSED_SCHOOLS,
  closedSchool,
  DEEP,
  enterAs,
  HOST,
  makeHostileSchool,
  PEOPLE,
  PERSON_NAMES,
  removeHostileSchool,
  ROLES,
  SCHOOL,
  SCHOOL_NAMES,
  SCHOOLS,
  some,
} from './hostile-school'
import { cookieOf, signIn } from './sign-in'
import { VECTORS } from './vectors'

// Whatever people, schools, roles and invitations are called, and whatever stands in an address: a page shows it as
// the letters it is. Each page is seen by a browser as people have it and by one that ignores the policy.

let pair: Pair

async function open(): Promise<void> {
  await makeHostileSchool()
  pair = await openPair()
}

async function nothingRan(): Promise<void> {
  expect(await metBy(pair)).toEqual([])
}

async function close(): Promise<void> {
  await closePair(pair)
  await removeHostileSchool()
}

async function asAdmin(): Promise<void> {
  await both(pair, (watcher) => enterAs(watcher, ADMIN))
}

async function asPlatform(): Promise<void> {
  await both(pair, (watcher) => enter(watcher.context, 'root'))
}

const at = (path: string): string => urlOf(HOST, path)
const sorted = (texts: readonly string[]): string[] => texts.map(shown).sort()

/** Those of the texts that stand nowhere in what was shown. */
function missing(texts: readonly string[], pages: readonly string[] = []): string[] {
  const all = pages.join('\n')
  return texts.map(shown).filter((text) => !all.includes(text))
}

describe.runIf(CHROMIUM && isDue(2, 3))('hostile texts', () => {
  beforeAll(open)
  afterEach(nothingRan)
  afterAll(close)

  test('are enough of them to mean something', async () => {
    expect(PEOPLE.length).toBeGreaterThanOrEqual(DEEP ? 400 : 100)
    expect(missing(VECTORS, PEOPLE.map(shown))).toEqual([])
    expect(missing(VECTORS, PERSON_NAMES.map(shown))).toEqual([])
    await both(pair, (watcher) => watcher.go(at('/')))
  })

  test('in names and addresses of people stand in the list of people, on all of its pages', async () => {
    await asAdmin()
    const { rows } = await owner().query<{ name: string; email: string }>(
      'select name, email from "User" where "tenantId" = $1',
      [SCHOOL],
    )
    await both(pair, async (watcher) => {
      const [names, emails] = await watcher.everyPage(at('/admin/people'), [
        'tbody th a',
        'tbody th a + span',
      ])
      expect(names?.sort()).toEqual(sorted(rows.map(({ name }) => name)))
      expect(emails?.sort()).toEqual(sorted(rows.map(({ email }) => email)))
    })
  })

  test('in names stand on a person’s own page, in its title, its questions and its choices', async () => {
    await asAdmin()
    await shareOut(pair, [...PERSON_NAMES.entries()], async (watcher, [index, name]) => {
      await watcher.go(at(`/admin/people/${SCHOOL}n${String(index + 1)}`), 'domcontentloaded')
      expect(await watcher.text('main h1')).toContain(shown(name))
      expect(shown(await watcher.page.title())).toContain(shown(name))
      expect(await watcher.text('#disable-title')).toContain(shown(name))
      expect(await watcher.text('#delete-person-title')).toContain(shown(name))
      expect(missing(ROLES, await watcher.texts('#custom'))).toEqual([])
    })
    // The first one teaches: whoever could take the course over is offered, and the course is named.
    const teacher = pair[0]
    await teacher.go(at(`/admin/people/${SCHOOL}n1`))
    expect(missing(PERSON_NAMES.slice(1), await teacher.texts('datalist option'))).toEqual([])
    expect(await teacher.text('#delete-person-consequence')).toContain(shown(PERSON_NAMES[0]))
  })

  test('in one’s own name stand in the account’s menu and in the form that changes it', async () => {
    await shareOut(pair, [...PERSON_NAMES.entries()], async (watcher, [index, name]) => {
      await enterAs(watcher, `${SCHOOL}n${String(index + 1)}`)
      await watcher.go(at('/account'), 'domcontentloaded')
      expect(await watcher.text('#account-menu p')).toBe(shown(name))
      expect(await watcher.text('[popovertarget=account-menu]')).toContain(shown(name))
      expect(shown(await watcher.page.locator('input[name=name]').inputValue())).toBe(shown(name))
    })
  })

  test('in what browsers and providers said of themselves stand among one’s devices and identities', async () => {
    await owner().query(
      `insert into "Session" ("tenantId", "userId", "tokenHash", method, "userAgent", ip, "expiresAt")
       select $1, $2, encode(sha256(convert_to('texts' || n, 'UTF8')), 'hex'), 'M' || n || ' ' || text, text, 'I' || n || ' ' || text, now() + interval '1 day'
       from unnest($3::text[]) with ordinality as given(text, n)`,
      [SCHOOL, ADMIN, VECTORS],
    )
    await owner().query(
      `insert into "Account" ("tenantId", "userId", provider, subject, email)
       select $1, $2, 'P' || n || ' ' || text, text, 'E' || n || ' ' || text from unnest($3::text[]) with ordinality as given(text, n)`,
      [SCHOOL, ADMIN, VECTORS],
    )
    await asAdmin()
    await both(pair, async (watcher) => {
      await watcher.go(at('/account/security'))
      const pages = await watcher.texts('main')
      for (const mark of ['M', 'I', 'P', 'E'])
        expect(
          missing(
            VECTORS.map((text, n) => `${mark}${String(n + 1)} ${text}`),
            pages,
          ),
        ).toEqual([])
    })
    await owner().query('delete from "Session" where "tenantId" = $1', [SCHOOL])
  })

  test('in the audit log stand in every column, and in the newest changes of the overview', async () => {
    await asAdmin()
    const marked = (mark: string): string[] => PEOPLE.map((text, n) => `${mark}${String(n + 1)} ${text}`)
    await both(pair, async (watcher) => {
      const columns = [
        'tbody th',
        'tbody td:nth-of-type(1)',
        'tbody td:nth-of-type(2) a',
        'tbody td:nth-of-type(3)',
      ]
      const [what, changes, who, where] = await watcher.everyPage(at('/admin/audit'), columns)
      expect(missing([...PEOPLE, ...marked('T')], what)).toEqual([])
      for (const mark of ['F', 'B', 'A', 'L', 'R']) expect(missing(marked(mark), changes)).toEqual([])
      expect(missing(PEOPLE, who)).toEqual([])
      expect(missing(marked('I'), where)).toEqual([])
      await watcher.go(at('/admin'))
    })
    const newest = await owner().query<{ name: string | null }>(
      `select u.name from "AuditLog" a left join "User" u on u.id = a."targetId" where a."tenantId" = $1 order by a."createdAt" desc, a.id desc limit 3`,
      [SCHOOL],
    )
    expect(
      missing(
        newest.rows.map(({ name }) => name ?? ''),
        await pair[1].texts('main'),
      ),
    ).toEqual([])
  })

  test('in the audit log leave as a file that no browser shows as a page', async () => {
    const headers = cookieOf(await signIn(SCHOOL, ADMIN))
    const answer = await ask({ host: hostOf('texts'), path: '/api/admin/audit', headers })
    expect(answer.status).toBe(200)
    expect(answer.headers['content-type']).toBe('text/csv; charset=utf-8')
    expect(answer.headers['content-disposition']).toMatch(/^attachment;/)
    expect(answer.headers['x-content-type-options']).toBe('nosniff')
    expect(answer.body).toContain('<img src=x onerror=pwned()>')
    await both(pair, (watcher) => watcher.go(at('/')))
  })

  test('in names, descriptions and permissions of roles stand in their list and on their pages', async () => {
    await asAdmin()
    const marked = (mark: string): string[] => ROLES.map((text, n) => `${mark}${String(n + 1)} ${text}`)
    await both(pair, async (watcher) => {
      await watcher.go(at('/admin/roles'))
      expect((await watcher.texts('tbody th a')).sort()).toEqual(sorted(ROLES))
      expect((await watcher.texts('tbody th p')).sort()).toEqual(sorted(marked('D')))
      expect(missing(marked('U'), await watcher.texts('tbody td:nth-of-type(1)'))).toEqual([])
    })
    await shareOut(pair, some([...ROLES.entries()], 8), async (watcher, [index, name]) => {
      await watcher.go(at(`/admin/roles/${SCHOOL}r${String(index + 1)}`), 'domcontentloaded')
      expect(await watcher.text('main h1')).toBe(shown(name))
      expect(await watcher.text('#delete-role-title')).toContain(shown(name))
      expect(await watcher.text('main')).toContain(shown(`U${String(index + 1)} ${name}`))
      expect(shown(await watcher.page.locator('input[name=name]').inputValue())).toBe(shown(name))
      expect(shown(await watcher.page.locator('textarea[name=description]').inputValue())).toBe(
        shown(`D${String(index + 1)} ${name}`),
      )
    })
    await both(pair, async (watcher) => {
      await watcher.go(at('/admin/people/invite'))
      expect(missing(ROLES, await watcher.texts('main form'))).toEqual([])
    })
  })

  test('in names of guests, of who invited them and of their roles stand in the list of invitations', async () => {
    await asAdmin()
    await both(pair, async (watcher) => {
      const columns = [
        'tbody th span span + span',
        'tbody td:nth-of-type(1)',
        'tbody td:nth-of-type(2) > div',
      ]
      const [names, roles, by] = await watcher.everyPage(at('/admin/people/invitations'), columns)
      expect(names?.sort()).toEqual(sorted(PEOPLE))
      expect(by?.sort()).toEqual(sorted(PEOPLE))
      expect(missing(ROLES, roles)).toEqual([])
    })
  })
})

const WITH_ACCOUNT = [
  ...[
    '/dashboard',
    '/account',
    '/account/security',
    '/courses',
    '/outbox',
    '/admin',
    '/admin/people',
    '/admin/brand',
  ],
  ...[
    '/admin/people/invite',
    '/admin/people/import',
    '/admin/people/invitations',
    '/admin/roles',
    '/admin/roles/new',
  ],
  ...['/admin/settings', '/admin/audit?person=nobody', '/nothing', '/courses/nothing'],
]
const WITHOUT = [
  ...[
    '/',
    '/sign-in',
    '/sign-up',
    '/sign-up?done=sent',
    '/forgot-password',
    '/forgot-password?done=sent',
    '/magic-link',
  ],
  ...[
    '/magic-link?token=x',
    '/reset-password?token=x',
    '/verify?token=x',
    '/invitation?token=x',
    '/change-email?token=x',
  ],
  ...['/sign-in?error=not-invited', '/sign-in?error=full', '/nothing', '/admin'],
]

describe.runIf(CHROMIUM && isDue(2, 3))('hostile names of schools', () => {
  beforeAll(open)
  afterEach(nothingRan)
  afterAll(close)

  test('stand in the header and the title of every page, signed in or not', async () => {
    const [member, stranger] = pair
    await enterAs(member, ADMIN)
    const pages = [
      ...WITH_ACCOUNT.map((path) => [member, path] as const),
      ...WITHOUT.map((path) => [stranger, path] as const),
    ]
    for (const [index, name] of SCHOOL_NAMES.entries()) {
      await owner().query('update "Tenant" set name = $1 where id = $2', [name, SCHOOL])
      const turn = SCHOOL_NAMES.length
      const seen = pages.filter((_, n) => (n + turn * 2 - index) % turn < (DEEP ? 6 : 1))
      for (const [watcher, path] of seen) {
        await watcher.go(at(path), 'domcontentloaded')
        const found = [path, await watcher.text('header a[href="/"]'), shown(await watcher.page.title())]
        const named = expect.stringContaining(shown(name)) as string
        expect(found).toEqual([path, named, named])
      }
    }
  })

  test('and the domains that may join stand where people ask to', async () => {
    await both(pair, async (watcher) => {
      await watcher.go(at('/sign-up'))
      expect(missing(VECTORS, await watcher.texts('main form'))).toEqual([])
    })
    await asAdmin()
    await both(pair, async (watcher) => {
      await watcher.go(at('/admin/settings'))
      expect(missing(VECTORS, [shown(await watcher.page.locator('textarea').inputValue())])).toEqual([])
    })
  })

  test('stand in the platform’s list and log, with what was said of them', async () => {
    await asPlatform()
    const marked = (mark: string): string[] => SCHOOLS.map((text, n) => `${mark}${String(n + 1)} ${text}`)
    await both(pair, async (watcher) => {
      const list = urlOf('localhost', `/platform?q=${CLOSED_SCHOOLS}&sort=name`)
      const [names] = await watcher.everyPage(list, ['tbody th a'])
      expect(names?.sort()).toEqual(sorted(SCHOOLS))
      const columns = [
        'tbody th',
        'tbody td:nth-of-type(1)',
        'tbody td:nth-of-type(2)',
        'tbody td:nth-of-type(5)',
      ]
      const log = urlOf('localhost', `/platform/audit?q=${CLOSED_SCHOOLS}`)
      const [what, schools, why, from] = await watcher.everyPage(log, columns)
      expect(missing([...marked('A'), ...marked('B')], what)).toEqual([])
      expect(missing(SCHOOLS, schools)).toEqual([])
      expect(missing(marked('W'), why)).toEqual([])
      expect(missing(marked('I'), from)).toEqual([])
    })
  })

  test('stand on the page of a closed school, and on its own closed door', async () => {
    await asPlatform()
    await shareOut(pair, some([...SCHOOLS.entries()], 10), async (watcher, [index, name]) => {
      const { id, host } = closedSchool(index)
      await watcher.go(urlOf('localhost', `/platform/schools/${id}`), 'domcontentloaded')
      expect(await watcher.text('main h1')).toContain(shown(name))
      expect(await watcher.text('#resume-school-title')).toContain(shown(name))
      // Once above, once in the history below.
      expect((await watcher.text('main')).split(shown(`W${String(index + 1)} ${name}`)).length).toBe(3)
      await watcher.go(urlOf(host, '/'), 'domcontentloaded')
      expect(await watcher.text('main h1')).toContain(shown(name))
      expect(await watcher.text('body')).not.toContain(`W${String(index + 1)} `)
    })
  })
})
