import { beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { countPlaces } from '#lib/db/queries/places'
import { recordAudit } from '#lib/db/queries/audit'
import { getFirstSteps, getSchoolSettings, getUsage, replaceLogo } from '#lib/db/queries/school'
import { findSchoolBySubdomain } from '#lib/db/platform'
import { withTenant } from '#lib/db/tenant'
import { changeBrand } from '#lib/school/change-brand'
import { changeSignIn } from '#lib/school/change-sign-in'
import { testDatabase } from '#tests/support/database'
import { makeCourse, makePeople, makeSchool } from '#tests/support/factories'
import { fingerprint } from './fingerprint'
import { statementsOf } from './statements'

const { owner } = await testDatabase()
const north = <T>(query: Parameters<typeof withTenant<T>>[1]) => withTenant('north', query)

beforeAll(async () => {
  await makeSchool(owner, 'south')
})

beforeEach(async () => {
  await owner.query(`DELETE FROM "Tenant" WHERE id = 'north'`)
  await makeSchool(owner, 'north')
})

async function confirmFactor(userId: string): Promise<void> {
  await owner.query(
    `INSERT INTO "SecondFactor" (id, "tenantId", "userId", secret, "confirmedAt") VALUES ($1 || 'f', 'north', $1, 'sealed', now())`,
    [userId],
  )
}

describe('brand', () => {
  const BRAND = {
    ...{ name: 'Northern College', description: 'On the hill.', accentColor: '#AA3300' },
    ...{ timeZone: 'Europe/Berlin', locale: 'en-GB', readerLocale: 'en' },
  }
  const seen = async () => (await north(getSchoolSettings)).updatedAt

  test('is seen at the next request, and its change says what it was', async () => {
    const at = await seen()
    const changed = await north((db) => changeBrand(db, { ...BRAND, seen: at }))
    expect(changed).toEqual({
      before: {
        name: 'School north',
        description: null,
        accentColor: '#22D3EE',
        timeZone: 'UTC',
        locale: 'en',
      },
      after: {
        name: 'Northern College',
        description: 'On the hill.',
        accentColor: '#AA3300',
        timeZone: 'Europe/Berlin',
        locale: 'en-GB',
      },
    })
    expect(await findSchoolBySubdomain('north')).toMatchObject({
      name: 'Northern College',
      accentColor: '#AA3300',
    })
  })

  test('saved unchanged is no change', async () => {
    const at = await seen()
    await north((db) => changeBrand(db, { ...BRAND, seen: at }))
    const before = await fingerprint(owner, 'north')
    const now = await seen()
    expect(await north((db) => changeBrand(db, { ...BRAND, seen: now }))).toBeNull()
    expect(await fingerprint(owner, 'north')).toBe(before)
  })

  test('is never overwritten by a form that was opened before the last change', async () => {
    const at = await seen()
    await north((db) => changeBrand(db, { ...BRAND, seen: at }))
    const late = north((db) => changeBrand(db, { ...BRAND, name: 'Late', seen: at }))
    await expect(late).rejects.toMatchObject({ code: 'conflict' })
    expect((await north(getSchoolSettings)).name).toBe('Northern College')
  })

  test('takes no zone that nobody knows, and no language that isn’t offered', async () => {
    const at = await seen()
    const before = await fingerprint(owner, 'north')
    for (const [field, value] of [
      ['timeZone', 'Mars/Olympus'],
      ['locale', 'de'],
    ] as const) {
      const change = north((db) => changeBrand(db, { ...BRAND, [field]: value, seen: at }))
      await expect(change).rejects.toMatchObject({
        code: 'invalid_input',
        fields: { [field]: expect.any(String) as string },
      })
    }
    expect(await fingerprint(owner, 'north')).toBe(before)
  })

  test('every zone that is offered is one that the database knows', async () => {
    const zones = ['UTC', ...Intl.supportedValuesOf('timeZone')]
    const { rows } = await owner.query<{ name: string }>(
      `SELECT z.name FROM unnest($1::text[]) AS z(name) WHERE NOT EXISTS (SELECT FROM pg_timezone_names p WHERE p.name = z.name)`,
      [zones],
    )
    expect(rows).toEqual([])
  })

  test('the logo is replaced and removed, and each time the old one is named', async () => {
    expect(await north((db) => replaceLogo(db, 'north/public/logos/a.webp'))).toBeNull()
    expect(await north((db) => replaceLogo(db, 'north/public/logos/b.webp'))).toBe(
      'north/public/logos/a.webp',
    )
    expect(await north((db) => replaceLogo(db, null))).toBe('north/public/logos/b.webp')
  })
})

describe('sign-in settings', () => {
  const WITH = { secondFactor: true, locale: 'en' }
  const WITHOUT = { secondFactor: false, locale: 'en' }
  const base = async () => ({
    ...({ signUp: 'OPEN', mailDomains: '', staffSecondFactor: false, tutor: true, by: WITHOUT } as const),
    seen: (await north(getSchoolSettings)).updatedAt,
  })

  test('switch the tutor off and on for the school, and nobody else’s', async () => {
    const set = async (tutor: boolean) => {
      const input = { ...(await base()), tutor }
      return north((db) => changeSignIn(db, input))
    }
    await set(true)
    expect(await set(false)).toEqual({ before: { tutor: true }, after: { tutor: false } })
    expect(await set(false)).toBeNull()
    expect(await findSchoolBySubdomain('north')).toMatchObject({ tutor: false })
    expect(await findSchoolBySubdomain('south')).toMatchObject({ tutor: true })
    expect(await set(true)).toEqual({ before: { tutor: false }, after: { tutor: true } })
  })

  test('keep the mail domains as they are compared: small letters, each once', async () => {
    const input = { ...(await base()), mailDomains: ' North.example\r\n@north.example\nstaff.north.example ' }
    expect(await north((db) => changeSignIn(db, input))).toEqual({
      before: { signUp: 'INVITED', mailDomains: [] },
      after: { signUp: 'OPEN', mailDomains: ['north.example', 'staff.north.example'] },
    })
    expect(await findSchoolBySubdomain('north')).toMatchObject({
      signUp: 'OPEN',
      mailDomains: ['north.example', 'staff.north.example'],
    })
  })

  test.each([
    'bücher.example',
    'north',
    'a b.example/x',
    '-x.example',
    'x_y.example',
    '1.2.3.4',
    'nоrth.example',
  ])('refuse %j as a mail domain and change nothing', async (mailDomains) => {
    const input = { ...(await base()), mailDomains }
    const before = await fingerprint(owner, 'north')
    await expect(north((db) => changeSignIn(db, input))).rejects.toMatchObject({
      code: 'invalid_input',
      fields: { mailDomains: expect.any(String) as string },
    })
    expect(await fingerprint(owner, 'north')).toBe(before)
  })

  test('nobody asks staff for a second factor without having one', async () => {
    const input = { ...(await base()), staffSecondFactor: true }
    const before = await fingerprint(owner, 'north')
    await expect(north((db) => changeSignIn(db, input))).rejects.toMatchObject({
      code: 'invalid_input',
      fields: { staffSecondFactor: expect.any(String) as string },
    })
    expect(await fingerprint(owner, 'north')).toBe(before)
    await north((db) => changeSignIn(db, { ...input, by: WITH }))
    expect(await findSchoolBySubdomain('north')).toMatchObject({ staffSecondFactor: true })
  })

  test('count the staff who would be asked: neither students nor the disabled nor those who have one', async () => {
    await makePeople(owner, 'north', 'adm', { count: 2, role: 'ADMIN' })
    await makePeople(owner, 'north', 'tea', { count: 3, role: 'INSTRUCTOR' })
    await makePeople(owner, 'north', 'stu', { count: 4 })
    await confirmFactor('adm0')
    await owner.query(
      `INSERT INTO "SecondFactor" (id, "tenantId", "userId", secret) VALUES ('begun', 'north', 'adm1', 'sealed')`,
    )
    await owner.query(`UPDATE "User" SET "disabledAt" = now() WHERE id = 'tea0'`)
    await owner.query(`UPDATE "User" SET "deletedAt" = now() WHERE id = 'tea1'`)
    expect((await north(getSchoolSettings)).staffWithout).toBe(2)
  })

  test('two who save at once don’t overwrite each other', async () => {
    const input = await base()
    const both = ['one.example', 'two.example'].map((mailDomains) =>
      north((db) => changeSignIn(db, { ...input, mailDomains })),
    )
    const results = await Promise.allSettled(both)
    expect(results.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
  })
})

describe('use of the plan', () => {
  async function fill(): Promise<void> {
    await makePeople(owner, 'north', 'stu', { count: 7 })
    await makePeople(owner, 'north', 'tea', { role: 'INSTRUCTOR' })
    await owner.query(`UPDATE "User" SET "deletedAt" = now() WHERE id = 'stu6'`)
    await owner.query(
      `UPDATE "User" SET "lastSeenAt" = now() - interval '2 days' WHERE id IN ('stu0', 'stu1', 'stu6')`,
    )
    await owner.query(`UPDATE "User" SET "lastSeenAt" = now() - interval '20 days' WHERE id = 'stu2'`)
    await owner.query(`UPDATE "User" SET "lastSeenAt" = now() - interval '40 days' WHERE id = 'stu3'`)
    await makeCourse(owner, 'north', 'maths', { instructorId: 'tea0' })
    await makeCourse(owner, 'north', 'draft', { instructorId: 'tea0', status: 'DRAFT' })
    await makeCourse(owner, 'north', 'gone', { instructorId: 'tea0' })
    await owner.query(`UPDATE "Course" SET "deletedAt" = now() WHERE id = 'gone'`)
    const invite = (id: string, more: string) =>
      owner.query(
        `INSERT INTO "Invitation" (id, "tenantId", email, "invitedById", "expiresAt", "acceptedAt", "revokedAt")
         SELECT $1, 'north', $1 || '@x.example', by, expires, accepted, revoked FROM (SELECT ${more}) AS t(by, expires, accepted, revoked)`,
        [id],
      )
    const soon = `now() + interval '1 day'`
    await invite('open1', `'tea0', ${soon}, null::timestamptz, null::timestamptz`)
    await invite('open2', `'tea0', ${soon}, null::timestamptz, null::timestamptz`)
    await invite('late', `'tea0', now() - interval '1 hour', null::timestamptz, null::timestamptz`)
    await invite('taken', `'tea0', ${soon}, now(), null::timestamptz`)
    await invite('back', `'tea0', ${soon}, null::timestamptz, now()`)
    await invite('self', `null, ${soon}, null::timestamptz, null::timestamptz`)
    await owner.query(
      `INSERT INTO "UsageCounter" ("tenantId", kind, period, amount) VALUES ('north', 'storage', '', 5000000000),
        ('north', 'ai-messages', to_char(now() AT TIME ZONE 'UTC', 'YYYY-MM'), 12), ('north', 'ai-messages', '2020-01', 99)`,
    )
  }

  test('equals a recount, and what the limit itself counts', async () => {
    await fill()
    const usage = await north((db) => getUsage(db, 'UTC'))
    expect(usage).toEqual({
      ...{ people: 7, invitations: 2, courses: 2, storageBytes: 5_000_000_000, aiMessages: 12 },
      ...{ activeWeek: 2, activeMonth: 3 },
    })
    expect(usage.people + usage.invitations).toBe(await north((db) => countPlaces(db, 1_000)))
    const { rows } = await owner.query<{ people: number; courses: number }>(
      `SELECT (SELECT count(*)::int FROM "User" WHERE "tenantId" = 'north' AND "deletedAt" IS NULL) AS people,
        (SELECT count(*)::int FROM "Course" WHERE "tenantId" = 'north' AND "deletedAt" IS NULL) AS courses`,
    )
    expect(rows[0]).toEqual({ people: usage.people, courses: usage.courses })
  })

  test('of another school is not counted', async () => {
    await fill()
    expect(await withTenant('south', (db) => getUsage(db, 'UTC'))).toEqual({
      ...{
        people: 0,
        invitations: 0,
        courses: 0,
        storageBytes: 0,
        aiMessages: 0,
        activeWeek: 0,
        activeMonth: 0,
      },
    })
  })

  test('costs one statement', async () => {
    expect(await statementsOf(() => north((db) => getUsage(db, 'UTC')))).toHaveLength(1)
  })
})

test('first steps tick themselves off by what is in the rows, each for itself', async () => {
  await makePeople(owner, 'north', 'adm', { role: 'ADMIN' })
  const steps = () => north((db) => getFirstSteps(db, 'adm0'))
  const open = { branded: false, invited: false, secondFactor: false, signUpDecided: false, published: false }
  expect(await steps()).toEqual(open)
  await makeCourse(owner, 'north', 'draft', { instructorId: 'adm0', status: 'DRAFT' })
  expect(await steps()).toEqual(open)

  await makeCourse(owner, 'north', 'maths', { instructorId: 'adm0' })
  expect(await steps()).toEqual({ ...open, published: true })
  await confirmFactor('adm0')
  expect(await steps()).toMatchObject({ secondFactor: true, signUpDecided: false })
  await north((db) =>
    recordAudit(db, { action: 'school.settings', actorId: 'adm0', targetType: 'Tenant', targetId: 'north' }),
  )
  expect(await steps()).toMatchObject({ signUpDecided: true, branded: false, invited: false })
  await north((db) => replaceLogo(db, 'north/public/logos/a.webp'))
  await makePeople(owner, 'north', 'stu')
  expect(Object.values(await steps())).toEqual([true, true, true, true, true])
})
