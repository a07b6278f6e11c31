import { beforeAll, describe, expect, test } from 'vitest'
import { hasPage } from '#lib/tenancy/addresses'
import { endpoints } from '#tests/support/endpoints'
import { ask, hostOf, rootHost } from '#tests/support/http'
import { contentOfTables, owner } from '#tests/support/served'
import { actionRef, callAction, type Called } from './call-action'
import { ACTIONS, PAGES } from './rows/all'
import { type ActionRow, loadWorld, type PageRow, SIGNED, type Signed, type World } from './rows/world'
import { cookieOf, signIn } from './sign-in'

// Every page and every action against everybody who is signed in: the status or the code, and nothing changed.

let world: World
const cookies: Partial<Record<Signed, Record<string, string>>> = {}
const registry = endpoints()

beforeAll(async () => {
  world = await loadWorld()
  const { acme, globex } = world
  const root = await owner().query<{ id: string }>(`select id from "User" where role = 'SUPER_ADMIN' limit 1`)
  cookies.student = cookieOf(await signIn(acme.id, acme.studentId))
  cookies.instructor = cookieOf(await signIn(acme.id, acme.instructorId))
  cookies.admin = cookieOf(await signIn(acme.id, acme.adminId))
  cookies.stranger = cookieOf(await signIn(globex.id, globex.adminId))
  cookies.root = cookieOf(await signIn('platform', root.rows[0]?.id ?? ''))
})

function headersOf(who: Signed): Record<string, string> {
  return cookies[who] ?? {}
}

/** Reading somebody's personal data leaves a line in the audit log, and nothing else. */
function butAudit(content: string): string {
  return content
    .split('\n')
    .filter((line) => !line.startsWith('AuditLog '))
    .join('\n')
}

const hostFor = (row: Pick<PageRow | ActionRow, 'host'>): string =>
  row.host === 'root' ? rootHost() : hostOf('acme')

/** Whoever has no session on the host is nobody there, whatever they are at home. */
const asNobody = (row: Pick<PageRow | ActionRow, 'host'>): readonly Signed[] =>
  row.host === 'root'
    ? ['anonymous', 'student', 'instructor', 'admin', 'stranger']
    : ['anonymous', 'stranger', 'root']

function callers(row: PageRow): readonly (readonly [Signed, number])[] {
  return SIGNED.flatMap((who) => {
    const status = row[who] ?? (asNobody(row).includes(who) ? row.anonymous : undefined)
    return status === undefined ? [] : [[who, status] as const]
  })
}

describe('the tables', () => {
  test('have a row for each page but those that proxy.ts alone can reach', () => {
    const pages = registry.filter(({ kind, builder }) => kind === 'page' && builder !== 'statePage')
    const wanted = pages.map(({ id }) => id).filter((id) => id !== 'school.missing')
    expect([...new Set(PAGES.map(({ id }) => id))].sort()).toEqual(wanted.sort())
  })

  test('have a row for each action but the choice of appearance, which has its own tests', () => {
    const actions = registry.filter(({ kind }) => kind === 'action').map(({ id }) => id)
    expect(ACTIONS.map(({ id }) => id).sort()).toEqual(
      actions.filter((id) => id !== 'preferences.theme').sort(),
    )
  })

  test('name somebody who is refused for every action that is not public', () => {
    const closed = registry.filter(({ kind, access }) => kind === 'action' && access !== 'public')
    const refusing = new Set(
      ACTIONS.filter(({ refused }) => Object.keys(refused).length > 0).map(({ id }) => id),
    )
    expect(closed.map(({ id }) => id).filter((id) => !refusing.has(id))).toEqual([])
  })
})

describe.each(PAGES.map((row) => [`${row.id} on the ${row.host}’s host`, row] as const))(
  '%s',
  (_name, row) => {
    test.each(callers(row))('%s: %i', async (who, status) => {
      const path = row.path(world)
      const before = butAudit(await contentOfTables())
      const answer = await ask({ host: hostFor(row), path, headers: headersOf(who) })
      expect(answer.status).toBe(status)
      if (status === 307 && asNobody(row).includes(who) && who !== 'anonymous') {
        expect(answer.headers.location).toMatch(/^\/sign-in/)
      }
      expect(answer.headers['cache-control'] ?? '').not.toMatch(/public/)
      expect(butAudit(await contentOfTables())).toBe(before)
    })
  },
)

/** Hosts that an address of ours means nothing on, whoever asks. */
const ELSEWHERE = [
  ['an unknown school', () => hostOf('nobody'), 404],
  ['a suspended school', () => hostOf('initech'), 403],
] as const

describe.each(PAGES.map((row) => [row.id, row] as const))('%s, on the host of', (_id, row) => {
  test.each(ELSEWHERE)('%s', async (_name, host, status) => {
    const answer = await ask({ host: host(), path: row.path(world), headers: headersOf('admin') })
    expect(answer.status).toBe(status)
    expect(answer.body).not.toContain('@acme.test')
  })

  test('the other kind shows what that host has at the address, or nothing', async () => {
    const path = row.path(world)
    const host = row.host === 'root' ? hostOf('acme') : rootHost()
    const answer = await ask({ host, path })
    const kind = row.host === 'root' ? 'school' : 'root'
    if (!hasPage(kind, path.split('?')[0] ?? '')) expect(answer.status).toBe(404)
    expect(answer.status).toBeLessThan(500)
  })
})

async function call(row: ActionRow, who: Signed, form: ActionRow['form']): Promise<Called> {
  const found = registry.find(({ id }) => id === row.id)
  const { ref, paths } = actionRef(found?.file ?? '', found?.name ?? '')
  const path = row.host === 'root' ? paths.root : paths.school
  if (path === null) throw new Error(`No page of the ${row.host ?? 'school'}’s host has ${row.id}.`)
  return callAction({ ref, host: hostFor(row), path, form: form(world), headers: headersOf(who) })
}

function everyRefused(row: ActionRow): readonly (readonly [Signed, string])[] {
  const given = Object.entries(row.refused) as [Signed, string][]
  const anonymous = row.refused.anonymous
  const others = asNobody(row).filter((who) => who !== 'anonymous' && row.refused[who] === undefined)
  return [...given, ...(anonymous === undefined ? [] : others.map((who) => [who, anonymous] as const))]
}

describe.each(ACTIONS.map((row) => [row.id, row] as const))('%s', (_id, row) => {
  const refused = everyRefused(row)
  if (refused.length > 0) {
    test.each(refused)('%s: %s', async (who, code) => {
      const before = await contentOfTables()
      const called = await call(row, who, row.form)
      expect(called.code).toBe(code)
      expect(await contentOfTables()).toBe(before)
    })
  }

  const taken = [...(row.broken === undefined ? [] : [row.broken]), ...(row.foreign ?? [])]
  if (taken.length > 0) {
    test.each(taken.map((one, n) => [one.who, one.code, n, one] as const))(
      '%s gets past the permission and meets %s (%i)',
      async (who, code, _n, one) => {
        const before = await contentOfTables()
        expect((await call(row, who, one.form)).code).toBe(code)
        expect(await contentOfTables()).toBe(before)
      },
    )
  }

  test('refuses what no form of it sends', async () => {
    const who = row.broken?.who ?? row.foreign?.[0]?.who ?? 'anonymous'
    for (const extra of ['tenantId', 'role', 'actorId', 'permissions']) {
      const base = row.form(world)
      if (extra in base) continue
      const before = await contentOfTables()
      const called = await call(row, who, () => ({ ...base, [`${extra}x`]: 'ADMIN' }))
      expect(called.code).not.toBe('ok')
      expect(await contentOfTables()).toBe(before)
    }
  })
})
