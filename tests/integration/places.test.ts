import { beforeAll, describe, expect, test } from 'vitest'
import { invite } from '#lib/db/queries/invitations'
import { withTenant } from '#lib/db/tenant'
import { codeOf } from '#lib/errors'
import { takePeoplePlaces } from '#lib/plans/take-places'
import { makePeople, makeSchool } from '#tests/support/factories'
import { testDatabase } from '#tests/support/database'

const { owner } = await testDatabase({ DATABASE_POOL_SIZE: '20' })

beforeAll(async () => {
  await makeSchool(owner, 'north')
  await makePeople(owner, 'north', 'admin', { role: 'ADMIN', count: 2 })
  await makePeople(owner, 'north', 'ann', { count: 7 })
})

function inviteOne(n: number, limit: number | null): Promise<string> {
  return withTenant('north', async (db) => {
    await takePeoplePlaces(db, { wanted: 1, limit })
    const guest = {
      email: `guest${String(n)}@north.example`,
      name: null,
      role: 'STUDENT',
      roleIds: [],
    } as const
    await invite(db, { ...guest, invitedById: 'admin0', hours: 24 })
    return 'invited'
  }).catch((error: unknown) => codeOf(error))
}

async function letters(): Promise<unknown[]> {
  const { rows } = await owner.query<{ payload: unknown }>(
    `SELECT payload FROM "Outbox" WHERE kind = 'mail.limit-near' ORDER BY payload->>'userId'`,
  )
  return rows.map((row) => row.payload)
}

describe('a plan’s people', () => {
  test('fifty at once at one below the limit: exactly one gets the place', async () => {
    const outcomes = await Promise.all(Array.from({ length: 50 }, (_, n) => inviteOne(n, 10)))
    expect(outcomes.filter((one) => one === 'invited')).toHaveLength(1)
    expect(
      outcomes.every((one) => ['invited', 'limit_reached', 'conflict', 'unavailable'].includes(one)),
    ).toBe(true)
    const { rows } = await owner.query('SELECT FROM "Invitation"')
    expect(rows).toHaveLength(1)
    expect(await inviteOne(99, 10)).toBe('limit_reached')
  })

  test('administrators are told once, when the limit comes near, and not again', async () => {
    expect(await letters()).toEqual([])
    expect(await inviteOne(100, 14)).toBe('invited')
    expect(await letters()).toEqual([])
    expect(await inviteOne(101, 14)).toBe('invited')
    expect(await inviteOne(102, 14)).toBe('invited')
    expect(await letters()).toEqual([
      { userId: 'admin0', kind: 'people', used: 12, limit: 14 },
      { userId: 'admin1', kind: 'people', used: 12, limit: 14 },
    ])
  })

  test('a revoked invitation, an expired one and a request of one’s own hold no place', async () => {
    await owner.query(`UPDATE "Invitation" SET "revokedAt" = now() WHERE email = 'guest100@north.example'`)
    await owner.query(`UPDATE "Invitation" SET "expiresAt" = now() WHERE email = 'guest101@north.example'`)
    await withTenant('north', (db) =>
      invite(db, {
        email: 'self@north.example',
        name: null,
        role: 'STUDENT',
        roleIds: [],
        invitedById: null,
        hours: 1,
      }),
    )
    expect(await inviteOne(103, 12)).toBe('invited')
    expect(await inviteOne(104, 12)).toBe('limit_reached')
  })

  test('without a limit nothing is counted', async () => {
    expect(await inviteOne(105, null)).toBe('invited')
  })
})
