import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import sharp from 'sharp'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { endOtherSessions } from '#lib/account/end-sessions'
import { removeAvatar, setAvatar } from '#lib/account/set-avatar'
import { PLANS } from '#lib/plans/rules'
import { storageUsed } from '#lib/db/queries/files'
import { withTenant } from '#lib/db/tenant'
import { testDatabase } from '#tests/support/database'
import { makePeople, makeSchool } from '#tests/support/factories'
import { A_TEXT, SETTINGS, type SignedIn, signIn } from './account-support'
import { fingerprint } from './fingerprint'

const folder = await mkdtemp(join(tmpdir(), 'avatars-'))
const { owner } = await testDatabase({ ...SETTINGS, STORAGE_DIR: folder })
afterAll(() => rm(folder, { recursive: true, force: true }))

const picture = (red: number): Promise<Buffer> =>
  sharp({ create: { width: 300, height: 200, channels: 3, background: { r: red, g: 90, b: 120 } } })
    .png()
    .toBuffer()

beforeAll(async () => {
  for (const school of ['north', 'south', 'full']) await makeSchool(owner, school)
  await makePeople(owner, 'north', 'ann', { count: 3 })
  await makePeople(owner, 'full', 'eve', { count: 2 })
})

async function avatarOf(id: string): Promise<string | null> {
  const { rows } = await owner.query<{ avatar: string | null }>('SELECT avatar FROM "User" WHERE id = $1', [
    id,
  ])
  return rows[0]?.avatar ?? null
}

const files = async (school: string): Promise<string[]> =>
  (await readdir(join(folder, school, 'public', 'avatars')).catch(() => [])).sort()

const used = (school: string): Promise<number> => withTenant(school, (db) => storageUsed(db))

async function give(device: SignedIn, tenantId: string, bytes: Buffer) {
  await setAvatar(device.account, { tenantId, bytes })
}

/** Books a school as full as its plan allows, with `left` bytes free. */
async function fill(school: string, left: number): Promise<void> {
  await owner.query(
    `INSERT INTO "UsageCounter" ("tenantId", kind, period, amount) VALUES ($1, 'storage', '', $2)
     ON CONFLICT ("tenantId", kind, period) DO UPDATE SET amount = excluded.amount`,
    [school, PLANS.FREE.storageBytes - left],
  )
}

describe('avatar', () => {
  test('replaces the one before, files and bytes included, and can be taken away', async () => {
    const device = await signIn('north', 'ann0')
    await give(device, 'north', await picture(10))
    const first = await avatarOf('ann0')
    expect(first).toMatch(/^north\/public\/avatars\/[0-9a-f]{32}-256\.webp$/)
    const before = await files('north')
    await give(device, 'north', await picture(200))
    expect(await avatarOf('ann0')).not.toBe(first)
    const after = await files('north')
    expect(after).toHaveLength(before.length)
    expect(after.filter((name) => before.includes(name))).toEqual([])
    await removeAvatar(device.account)
    await removeAvatar(device.account)
    expect(await avatarOf('ann0')).toBeNull()
    expect(await files('north')).toEqual([])
    expect(await used('north')).toBe(0)
  })

  test('beyond the plan is refused whole: column, books and store stay as they were', async () => {
    const device = await signIn('full', 'eve0')
    await fill('full', 100)
    const before = await fingerprint(owner, 'full')
    await expect(give(device, 'full', await picture(10))).rejects.toMatchObject({
      code: 'limit_reached',
    })
    expect(await fingerprint(owner, 'full')).toBe(before)
    expect(await files('full')).toEqual([])
  })

  test('a school at its limit may still replace one', async () => {
    const device = await signIn('full', 'eve1')
    await fill('full', 100_000)
    await give(device, 'full', await picture(10))
    await fill('full', 0)
    await expect(give(device, 'full', await picture(10))).resolves.toBeUndefined()
    expect(await files('full')).toHaveLength(2)
  })

  test('is measured by the plan that the school has when it is booked', async () => {
    const device = await signIn('full', 'eve0')
    const plan = (name: string) =>
      owner.query(`UPDATE "Tenant" SET plan = $1::"Plan" WHERE id = 'full'`, [name])
    await fill('full', 0)
    await plan('PRO')
    await give(device, 'full', await picture(10))
    await removeAvatar(device.account)
    await fill('full', 0)
    await plan('FREE')
    await expect(give(device, 'full', await picture(10))).rejects.toMatchObject({ code: 'limit_reached' })
  })

  test('what is no picture changes nothing', async () => {
    const device = await signIn('north', 'ann1')
    const before = await fingerprint(owner, 'north')
    for (const bytes of [Buffer.from('<svg onload="alert(1)"/>'), Buffer.from('hello'), Buffer.alloc(0)]) {
      await expect(give(device, 'north', bytes)).rejects.toMatchObject({
        code: 'invalid_input',
        fields: { file: A_TEXT },
      })
    }
    expect(await fingerprint(owner, 'north')).toBe(before)
  })

  test('nobody who was signed out meanwhile leaves one, in the books or in the store', async () => {
    const [here, there] = [await signIn('north', 'ann2'), await signIn('north', 'ann2')]
    await endOtherSessions(here.account)
    await expect(give(there, 'north', await picture(10))).rejects.toMatchObject({ code: 'unauthenticated' })
    expect(await avatarOf('ann2')).toBeNull()
    expect(await files('north')).toEqual([])
  })
})
