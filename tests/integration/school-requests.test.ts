import { randomUUID } from 'node:crypto'
import fc from 'fast-check'
import { beforeEach, describe, expect, test } from 'vitest'
import { linkToken } from '#lib/adapters/keys/keys'
import { isPassword } from '#lib/adapters/passwords/passwords'
import { PLATFORM_TENANT_ID } from '#lib/db/platform'
import { addressInUse } from '#lib/db/platform/addresses'
import { withRealm } from '#lib/db/tenant'
import { AppError } from '#lib/errors'
import { openSchool, peekSchoolRequest } from '#lib/platform/open-school'
import { requestSchool } from '#lib/platform/request-school'
import { skeletonOf } from '#lib/schools/rules'
import { isDeep, testDatabase } from '#tests/support/database'
import { makeSchool } from '#tests/support/factories'
import { fingerprint } from './fingerprint'

const { owner } = await testDatabase({ SMARTLMS_SECRET: 'for the tests of school requests alone' })
const client = { ip: '192.0.2.7', requestId: 'request-1' }
const PASSWORD = 'quiet umbrella seventeen'

let round = 0
beforeEach(async () => {
  round += 1
  await owner.query(`DELETE FROM "Throttle"`)
})

const form = (subdomain: string, more: Partial<Parameters<typeof requestSchool>[0]> = {}) => ({
  ...{ requestKey: randomUUID(), schoolName: `School ${subdomain}`, subdomain, name: 'Ada Admin' },
  ...{ email: `ada${round}@mail.example`, timeZone: 'Asia/Tokyo', client, locale: 'en' },
  ...more,
})

/** The link of the letter that a request caused. */
async function linkOf(requestKey: string): Promise<string> {
  const { rows } = await owner.query<{ id: string }>(
    `SELECT r.id FROM "SchoolRequest" r JOIN "Outbox" o ON o.payload ->> 'requestId' = r.id
     WHERE split_part(r."requestKey", '/', 1) = $1 AND o.kind = 'mail.school-request' AND o."tenantId" = 'platform'`,
    [requestKey],
  )
  return linkToken('school-request', PLATFORM_TENANT_ID, rows[0]?.id ?? 'none')
}

async function asked(subdomain: string, more: Partial<Parameters<typeof requestSchool>[0]> = {}) {
  const input = form(subdomain, more)
  await requestSchool(input)
  return linkOf(input.requestKey)
}

const opened = (token: string, subdomain: string, password = PASSWORD) =>
  openSchool({ token, subdomain, password, client, locale: 'en' })

/** The code and the field of a refusal. */
async function refusal(work: Promise<unknown>): Promise<unknown> {
  return work.then(
    () => 'accepted',
    (error: unknown) => (error instanceof AppError ? [error.code, ...Object.keys(error.fields)] : error),
  )
}

const count = async (sql: string, values: unknown[] = []): Promise<number> =>
  (await owner.query<{ n: number }>(`SELECT count(*)::int AS n FROM ${sql}`, values)).rows[0]?.n ?? -1

describe('asking for a school', () => {
  test('twenty presses of one form at the same moment make one request and one letter', async () => {
    const input = form('twenty-presses')
    await Promise.all(Array.from({ length: 20 }, () => requestSchool(input)))
    expect(
      await count(`"SchoolRequest" WHERE split_part("requestKey", '/', 1) = $1`, [input.requestKey]),
    ).toBe(1)
    expect(
      await count(
        `"Outbox" WHERE payload ->> 'requestId' = (SELECT id FROM "SchoolRequest" WHERE split_part("requestKey", '/', 1) = $1)`,
        [input.requestKey],
      ),
    ).toBe(1)
    expect(await count(`"Throttle" WHERE kind = 'letter.address' AND failures = 1`)).toBe(1)
    expect(await count(`"Tenant" WHERE subdomain = 'twenty-presses'`)).toBe(0)
  })

  test('the same form with another address or another name takes the place of what it asked for before', async () => {
    const input = form('typing-eror', { email: `adda${round}@mail.example` })
    await requestSchool(input)
    const wrong = await linkOf(input.requestKey)
    const stored = `"SchoolRequest" WHERE split_part("requestKey", '/', 1) = $1`
    for (const fixed of [
      { ...input, email: `ada${round}@mail.example` },
      { ...input, email: `ada${round}@mail.example`, subdomain: 'typing-error' },
    ]) {
      await Promise.all([requestSchool(fixed), requestSchool(fixed)])
      expect(
        await count(`${stored} AND email = $2 AND subdomain = $3`, [
          input.requestKey,
          fixed.email,
          fixed.subdomain,
        ]),
      ).toBe(1)
      expect(await count(stored, [input.requestKey])).toBe(1)
    }
    expect(await peekSchoolRequest(wrong)).toBeNull()
    expect(await peekSchoolRequest(await linkOf(input.requestKey))).toMatchObject({
      subdomain: 'typing-error',
    })
  })

  test('an address that was written to too often gets no more letters, and the answer doesn’t say so', async () => {
    const before = await count(`"Outbox"`)
    for (let n = 0; n < 8; n += 1) await requestSchool(form(`often-${n + 1000}`))
    const letters = (await count(`"Outbox"`)) - before
    expect(letters).toBeGreaterThanOrEqual(3)
    expect(letters).toBeLessThan(8)
    expect(await count(`"SchoolRequest" WHERE subdomain LIKE 'often-%'`)).toBe(letters)
  })

  test('refuses names that no school may have, and says which field is wrong', async () => {
    const before = await count(`"Outbox"`)
    for (const name of ['ab', 'a'.repeat(41), 'www', 'sign-in', 'smart1ms', 'xn--abc', 'no--rth', 'bücher'])
      expect([name, await refusal(requestSchool(form(name)))]).toEqual([name, ['invalid_input', 'subdomain']])
    expect(await count(`"Outbox"`)).toBe(before)
  })

  test('refuses the name of another school and what looks like it, whatever the other school’s status', async () => {
    await makeSchool(owner, 'marlin5')
    await owner.query(`UPDATE "Tenant" SET status = 'INACTIVE' WHERE id = 'marlin5'`)
    for (const name of ['marlin5', 'marlins', 'rnarlin5', 'mar-lin5', 'mar11n5'])
      expect([name, await refusal(requestSchool(form(name)))]).toEqual([name, ['invalid_input', 'subdomain']])
    expect(await refusal(requestSchool(form('marlin6')))).toBe('accepted')
  })

  test('keeps a time zone that the browser made up as UTC', async () => {
    for (const [zone, kept] of [
      ['Asia/Tokyo', 'Asia/Tokyo'],
      ['Moon/Base', 'UTC'],
      ['', 'UTC'],
    ] as const) {
      const input = form(`zone-${kept === 'UTC' ? 'u' : 't'}${zone.length}`, { timeZone: zone })
      await requestSchool(input)
      const { rows } = await owner.query(
        `SELECT "timeZone" FROM "SchoolRequest" WHERE split_part("requestKey", '/', 1) = $1`,
        [input.requestKey],
      )
      expect(rows).toEqual([{ timeZone: kept }])
    }
  })

  test('the database’s skeleton of a name is the rules’ own', async () => {
    const letter = fc.constantFrom('r', 'n', 'm', 'v', 'w', '0', 'o', '1', 'l', 'i', '5', 's', 'a', '-')
    const name = fc.string({ unit: letter, minLength: 1, maxLength: 12 }).map((text) => `a${text}z`)
    await owner.query(`INSERT INTO "Tenant" (id, name, subdomain) VALUES ('mirror', 'Mirror', 'mirror')`)
    await fc.assert(
      fc.asyncProperty(name, name, async (one, two) => {
        await owner.query(`UPDATE "Tenant" SET subdomain = $1 WHERE id = 'mirror'`, [one])
        const found = await withRealm(PLATFORM_TENANT_ID, (db) => addressInUse(db, two))
        const alike = skeletonOf(one) === skeletonOf(two)
        expect(found).toBe(one === two ? 'taken' : alike ? 'alike' : null)
        expect(await withRealm(PLATFORM_TENANT_ID, (db) => addressInUse(db, one))).toBe('taken')
      }),
      { numRuns: isDeep ? 500 : 60 },
    )
    await owner.query(`DELETE FROM "Tenant" WHERE id = 'mirror'`)
  })
})

describe('opening a school', () => {
  test('twenty presses at the same moment make one school, one admin and one row in the log', async () => {
    const token = await asked('twenty-opens')
    await Promise.all(Array.from({ length: 20 }, () => opened(token, 'twenty-opens')))
    const { rows } = await owner.query(
      `SELECT t.name, t.plan, t.status, t."timeZone", u.email, u.name AS person, u.role, u."emailVerified" IS NOT NULL AS verified
       FROM "Tenant" t JOIN "User" u ON u."tenantId" = t.id WHERE t.subdomain = 'twenty-opens'`,
    )
    expect(rows).toEqual([
      {
        ...{ name: 'School twenty-opens', plan: 'FREE', status: 'ACTIVE', timeZone: 'Asia/Tokyo' },
        ...{ email: `ada${round}@mail.example`, person: 'Ada Admin', role: 'ADMIN', verified: true },
      },
    ])
    const log = await owner.query(
      `SELECT a.action, a."actorId", a.after, a.ip, a."requestId" FROM "AuditLog" a JOIN "Tenant" t ON t.id = a."targetId"
       WHERE a."tenantId" = 'platform' AND t.subdomain = 'twenty-opens'`,
    )
    expect(log.rows).toEqual([
      {
        ...{
          action: 'platform.open-school',
          actorId: null,
          after: { subdomain: 'twenty-opens', plan: 'FREE' },
        },
        ...{ ip: client.ip, requestId: client.requestId },
      },
    ])
    const school = await count(
      `"AuditLog" a JOIN "Tenant" t ON t.id = a."tenantId" WHERE t.subdomain = 'twenty-opens' AND a.action = 'school.open'`,
    )
    expect(school).toBe(1)
  })

  test('the password is the one of the first press; a later one with another changes nothing', async () => {
    const token = await asked('first-press')
    await opened(token, 'first-press')
    const { rows } = await owner.query<{ id: string; password: string }>(
      `SELECT t.id, u.password FROM "User" u JOIN "Tenant" t ON t.id = u."tenantId" WHERE t.subdomain = 'first-press'`,
    )
    const [admin] = rows
    expect(await isPassword(admin?.password ?? null, PASSWORD)).toBe(true)
    const before = await fingerprint(owner, admin?.id ?? '')
    await opened(token, 'another-name', 'some other seven words here')
    expect(await fingerprint(owner, admin?.id ?? '')).toBe(before)
    expect(await count(`"Tenant" WHERE subdomain = 'another-name'`)).toBe(0)
    expect(await peekSchoolRequest(token)).toMatchObject({ opened: true, subdomain: 'first-press' })
    expect(await count(`"SchoolRequest" WHERE subdomain = 'first-press' AND password = '!'`)).toBe(1)
  })

  test('of two requests for one name the second is told, and may choose another', async () => {
    const [one, two] = [await asked('wanted-twice'), await asked('wanted-twice')]
    await opened(one, 'wanted-twice')
    expect(await peekSchoolRequest(two)).toMatchObject({ opened: false, fault: 'taken' })
    expect(await refusal(opened(two, 'wanted-twice'))).toEqual(['invalid_input', 'subdomain'])
    expect(await refusal(opened(two, 'vvanted-twice'))).toEqual(['invalid_input', 'subdomain'])
    expect(await refusal(opened(two, 'admin'))).toEqual(['invalid_input', 'subdomain'])
    await opened(two, 'wanted-once')
    expect(await count(`"Tenant" WHERE subdomain IN ('wanted-twice', 'wanted-once')`)).toBe(2)
  })

  test('of many requests for names that look alike, opened at the same moment, one gets a school', async () => {
    const names = [
      'harbour-hill',
      'harbourhill',
      'harb0ur-hill',
      'harbour-h1ll',
      'harbourh-ill',
      'ha-rbour-hi1l',
    ]
    const links: string[] = []
    for (const [n, name] of names.entries())
      links.push(await asked(name, { email: `crowd${n}@mail.example` }))
    const outcomes = await Promise.all(links.map((token, n) => refusal(opened(token, names[n] ?? ''))))
    expect(outcomes.filter((outcome) => outcome === 'accepted')).toHaveLength(1)
    expect(outcomes.filter((outcome) => outcome !== 'accepted')).toEqual(
      Array.from({ length: names.length - 1 }, () => ['invalid_input', 'subdomain']),
    )
    expect(await count(`"Tenant" WHERE subdomain = ANY ($1)`, [names])).toBe(1)
  })

  test('a name that is taken between the look and the act is refused by the database, and nothing is left', async () => {
    const token = await asked('taken-between')
    const rival = await owner.connect()
    await rival.query('BEGIN')
    await rival.query(`INSERT INTO "Tenant" (id, name, subdomain) VALUES ('rival', 'Rival', 'taken-between')`)
    const attempt = refusal(opened(token, 'taken-between'))
    await new Promise((resolve) => setTimeout(resolve, 500))
    await rival.query('COMMIT')
    rival.release()
    expect(await attempt).toEqual(['invalid_input', 'subdomain'])
    expect(await count(`"User" WHERE email = $1`, [`ada${round}@mail.example`])).toBe(0)
    expect(
      await count(
        `"SchoolRequest" WHERE subdomain = 'taken-between' AND password = '!' AND "openedAt" IS NULL`,
      ),
    ).toBe(1)
  })

  test('a link that is too old opens nothing and says nothing of what was asked', async () => {
    const token = await asked('too-late')
    await owner.query(
      `UPDATE "SchoolRequest" SET "expiresAt" = now() - interval '1 second' WHERE subdomain = 'too-late'`,
    )
    expect(await peekSchoolRequest(token)).toBeNull()
    expect(await refusal(opened(token, 'too-late'))).toEqual(['not_found', 'form'])
    expect(await count(`"Tenant" WHERE subdomain = 'too-late'`)).toBe(0)
  })

  test('a link made for a school, or for something else, or changed by a letter, is worth nothing here', async () => {
    const token = await asked('right-link')
    const id = token.slice(0, token.indexOf('.'))
    await makeSchool(owner, 'linkschool')
    const wrong = [
      linkToken('school-request', 'linkschool', id),
      linkToken('invitation', PLATFORM_TENANT_ID, id),
      linkToken('magic-link', PLATFORM_TENANT_ID, id),
      linkToken('school-request', PLATFORM_TENANT_ID, `${id}x`),
      `${id}.${token.slice(id.length + 2)}A`,
      ...['', '.', 'x', `${id}.`, id],
    ]
    for (const link of wrong) {
      expect([link, await peekSchoolRequest(link)]).toEqual([link, null])
      expect([link, await refusal(opened(link, 'right-link'))]).toEqual([link, ['not_found', 'form']])
    }
    expect(await count(`"Tenant" WHERE subdomain = 'right-link'`)).toBe(0)
    expect(await refusal(opened(token, 'right-link'))).toBe('accepted')
  })

  test('a password that anybody would try first is refused, and the request stays open', async () => {
    const token = await asked('easy-password')
    for (const easy of ['password123', 'easy-password', 'Ada Admin 1'])
      expect([easy, await refusal(opened(token, 'easy-password', easy))]).toEqual([
        easy,
        ['invalid_input', 'password'],
      ])
    expect(await peekSchoolRequest(token)).toMatchObject({ opened: false, fault: null })
  })

  test('changes nothing of a person who has the same address in another school', async () => {
    await makeSchool(owner, 'elsewhere')
    await owner.query(
      `INSERT INTO "User" (id, "tenantId", email, name, password) VALUES ('same', 'elsewhere', 'same@mail.example', 'Same', '!')`,
    )
    const before = await fingerprint(owner, 'elsewhere')
    await opened(await asked('second-home', { email: 'same@mail.example' }), 'second-home')
    expect(await fingerprint(owner, 'elsewhere')).toBe(before)
  })
})
