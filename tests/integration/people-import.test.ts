import { beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { importPeople } from '#lib/people/import-people'
import { previewImport } from '#lib/people/preview-import'
import { testDatabase } from '#tests/support/database'
import { makePeople, makeSchool } from '#tests/support/factories'
import { fingerprint } from './fingerprint'
import { as, codeOf, fieldsOf, giveRole, makeRole, told } from './people-support'
import { statementsOf } from './statements'

const { owner } = await testDatabase()
const SCHOOL = 'north'
const CLIENT = { ip: '192.0.2.7', requestId: null }

const preview = (text: string, limit: number | null = null, actor = 'boss0') =>
  as(SCHOOL, actor, (db, by) => previewImport(db, by, { text, file: null, limit }))
const apply = (text: string, limit: number | null = null, actor = 'boss0') =>
  as(SCHOOL, actor, (db, by) => importPeople(db, by, { text, limit, client: CLIENT }))
const upload = (bytes: Uint8Array<ArrayBuffer> | string) =>
  as(SCHOOL, 'boss0', (db, by) =>
    previewImport(db, by, { text: '', file: new File([bytes], 'people.csv'), limit: null }),
  )
const outcomes = async (text: string, actor = 'boss0') =>
  (await preview(text, null, actor)).rows.map((row) => row.outcome)
const invited = async () => {
  const found = await owner.query<{ email: string; name: string | null; role: string }>(
    `SELECT email, name, role FROM "Invitation" WHERE "tenantId" = $1 ORDER BY email`,
    [SCHOOL],
  )
  return found.rows
}
const many = (count: number) =>
  Array.from({ length: count }, (_, n) => `p${String(n)}@north.example,Person ${String(n)}`)

beforeAll(async () => {
  await makeSchool(owner, SCHOOL)
  await owner.query(`UPDATE "Tenant" SET plan = 'ENTERPRISE' WHERE id = 'north'`)
  await makeSchool(owner, 'south')
  await makePeople(owner, SCHOOL, 'boss', { role: 'ADMIN' })
  await makePeople(owner, SCHOOL, 'desk', { role: 'INSTRUCTOR' })
  await makePeople(owner, SCHOOL, 'ann', { count: 3 })
  await makePeople(owner, 'south', 'sam')
  await makeRole(owner, SCHOOL, 'office', ['user:invite'])
  await giveRole(owner, SCHOOL, 'desk0', 'office')
})

beforeEach(async () => {
  await owner.query(`DELETE FROM "Invitation"`)
  await owner.query(`DELETE FROM "Outbox"`)
})

describe('a preview', () => {
  test('says row by row what would happen, and changes nothing', async () => {
    await apply('in@north.example')
    const before = await fingerprint(owner, SCHOOL)
    const report = await preview(
      [
        'email;name;role',
        'new@north.example;New One;Teacher',
        'ANN0@north.example;;',
        'in@north.example;;',
        'sam0@south.example;;',
        'no address;;',
        'b@north.example;"two\nlines";',
        'c@north.example;;owner',
        'NEW@north.example;Again;',
        'd@north.example;;;surplus',
      ].join('\n'),
    )
    expect(report.rows.map((row) => [row.line, row.outcome])).toEqual([
      [2, 'new'],
      [3, 'member'],
      [4, 'invited'],
      [5, 'new'],
      [6, 'address'],
      [8, 'name'],
      [9, 'role'],
      [10, 'repeated'],
      [11, 'columns'],
    ])
    expect(await fingerprint(owner, SCHOOL)).toBe(before)
  })

  test('says who would be beyond the reader, and doesn’t believe itself when it comes to it', async () => {
    expect(await outcomes('a@y.example,,admin\nb@y.example,,instructor', 'desk0')).toEqual(['beyond', 'new'])
    expect(await apply('a@y.example,,admin\nb@y.example,,instructor', null, 'desk0')).toMatchObject({
      invited: 1,
      passedOver: 1,
    })
    expect(await invited()).toEqual([{ email: 'b@y.example', name: null, role: 'INSTRUCTOR' }])
    expect(await outcomes('a@y.example,,super_admin\nb@y.example,,SUPER_ADMIN')).toEqual(['role', 'role'])
  })

  test('hands on what can be sent as it is', async () => {
    const hostile = '"=HYPERLINK(""http://x"")","-1+1, O""Neil"'
    const { text, rows } = await preview(`email,name\nq@north.example,"=1+1, ""O'Neil"""\n${hostile}`)
    expect(rows.map((row) => row.outcome)).toEqual(['new', 'address'])
    expect(await apply(text)).toMatchObject({ invited: 1, passedOver: 0 })
    expect(await invited()).toEqual([{ email: 'q@north.example', name: `=1+1, "O'Neil"`, role: 'STUDENT' }])
  })

  test('says by how many places a list is too long; nobody of it is invited then', async () => {
    const text = many(4).join('\n')
    expect((await preview(text, 8)).over).toBe(1)
    expect(await codeOf(apply(text, 8))).toBe('limit_reached')
    expect(await invited()).toEqual([])
    expect(await apply(text, 9)).toMatchObject({ invited: 4, passedOver: 0 })
  })
})

describe('a file', () => {
  test.each([
    ['a mark of UTF-8 and Windows’ line ends', '\uFEFFE-mail,Name\r\nx@y.example,Zoë\r\n'],
    ['semicolons and quotes', '"x@y.example";"Zoë"'],
    ['tabs', 'name\temail\nZoë\tx@y.example'],
    ['empty lines and spaces', '\n  x@y.example , Zoë \n\n,,\n'],
    ['old line ends', 'email,name\rx@y.example,Zoë\r'],
  ])('with %s is read', async (_what, text) => {
    expect((await upload(text)).rows).toMatchObject([{ email: 'x@y.example', name: 'Zoë', outcome: 'new' }])
  })

  test.each([
    ['that is no UTF-8', new Uint8Array([0x78, 0xff, 0xfe, 0x40]), /UTF-8/],
    ['of UTF-16', new Uint8Array([0xff, 0xfe, 0x78, 0x00]), /UTF-8/],
    ['with a quote that never ends', 'x@y.example,"Zoë', /quotation/],
    ['with a heading alone', 'email,name,role\n', /no row/],
    ['without an address', 'Zoë,x@y.example\nAda,y@y.example', /first column/],
    ['of 5,001 rows', many(5_001).join('\n'), /5,000/],
    ['of 5,001 rows and a heading', `email,name\n${many(5_001).join('\n')}`, /5,000/],
  ])('%s is refused as a whole, in words', async (_what, content, words) => {
    const before = await fingerprint(owner, SCHOOL)
    expect((await fieldsOf(upload(content)))['file']).toMatch(words)
    if (typeof content === 'string') expect(await codeOf(apply(content))).toBe('invalid_input')
    expect(await fingerprint(owner, SCHOOL)).toBe(before)
  })

  test('with null bytes, markup and formulas is text like any other', async () => {
    const rows = [
      'a@y.example,<script>alert(1)</script>',
      'b@y.example,a\u0000b',
      `c@y.example,'); DROP TABLE "User"; --`,
    ]
    expect(await outcomes(rows.join('\n'))).toEqual(['new', 'name', 'new'])
    expect(await apply(rows.join('\n'))).toMatchObject({ invited: 2, passedOver: 1 })
  })
})

describe('an import', () => {
  test('of the same file again changes nothing and sends nothing', async () => {
    const text = `email,name,role\nann0@north.example,,\n${many(3).join('\n')}\n${many(1).join('\n')}`
    expect(await apply(text)).toMatchObject({ invited: 3, passedOver: 2 })
    expect(await told(owner, SCHOOL)).toHaveLength(3)
    const before = await fingerprint(owner, SCHOOL)
    expect(await apply(text)).toMatchObject({ invited: 0, passedOver: 5 })
    expect(await fingerprint(owner, SCHOOL)).toBe(before)
  })

  test('done twice at the same moment invites each once', async () => {
    const text = many(200).join('\n')
    const [one, two] = await Promise.all([apply(text), apply(text)])
    expect(one.invited + two.invited).toBe(200)
    expect(await told(owner, SCHOOL)).toHaveLength(200)
  })

  test('renews invitations that had run out, with what this list says', async () => {
    await apply('x@y.example,Old,admin')
    await owner.query(
      `UPDATE "Invitation" SET "sentAt" = now() - interval '15 days', "expiresAt" = now() - interval '1 day'`,
    )
    expect(await apply('x@y.example,,student')).toMatchObject({ invited: 1, passedOver: 0 })
    expect(await invited()).toEqual([{ email: 'x@y.example', name: 'Old', role: 'STUDENT' }])
  })

  test('passes over whom the school has written to a few minutes ago, and says so', async () => {
    await apply('x@y.example')
    await owner.query(`UPDATE "Invitation" SET "revokedAt" = now()`)
    expect(await outcomes('x@y.example\ny@y.example')).toEqual(['recent', 'new'])
    expect(await apply('x@y.example\ny@y.example')).toMatchObject({ invited: 1, passedOver: 1 })
    expect(await told(owner, SCHOOL)).toHaveLength(2)
  })

  test('of more letters than the school has left for the day invites nobody', async () => {
    await owner.query(`UPDATE "Tenant" SET plan = 'FREE' WHERE id = 'north'`)
    await apply(many(198).join('\n'))
    expect(await codeOf(apply('x@y.example\ny@y.example\nz@y.example'))).toBe('rate_limited')
    expect(await invited()).toHaveLength(198)
    expect(await apply('x@y.example\ny@y.example')).toMatchObject({ invited: 2 })
    await owner.query(`UPDATE "Tenant" SET plan = 'ENTERPRISE' WHERE id = 'north'`)
  })

  test('stands in the log with how many of each role, and names everybody who is promised more than learning', async () => {
    await owner.query('DELETE FROM "AuditLog"')
    const done = await apply('a@y.example\nb@y.example,,teacher\nc@y.example,,admin\nd@y.example')
    expect(done.roles).toEqual({ STUDENT: 2, INSTRUCTOR: 1, ADMIN: 1 })
    const { rows } = await owner.query(
      `SELECT a.action, a."actorId", a.after, a.ip, i.email FROM "AuditLog" a JOIN "Invitation" i ON i.id = a."targetId"
       WHERE a."tenantId" = 'north' AND a."targetType" = 'Invitation' ORDER BY i.email`,
    )
    const row = (email: string, role: string) => ({
      ...{ action: 'people.invite', actorId: 'boss0', ip: CLIENT.ip, email, after: { email, role } },
    })
    expect(rows).toEqual([row('b@y.example', 'INSTRUCTOR'), row('c@y.example', 'ADMIN')])
  })

  test('takes as many statements for a thousand rows as for ten, and five thousand at once', async () => {
    const ten = await statementsOf(() => apply(many(10).join('\n'), 10_000))
    await owner.query(`DELETE FROM "Invitation"`)
    const thousand = await statementsOf(() => apply(many(1_000).join('\n'), 10_000))
    expect(thousand).toHaveLength(ten.length)
    await owner.query(`DELETE FROM "Invitation"`)
    // A statement may take five seconds (lib/db/unit.ts): one that grew with the square of the rows would not be done.
    expect(await apply(many(5_000).join('\n'), 10_000)).toMatchObject({ invited: 5_000, passedOver: 0 })
    const letters = new Set((await told(owner, SCHOOL)).map((one) => JSON.stringify(one.payload)))
    expect(letters.size).toBe(6_010)
  })
})
