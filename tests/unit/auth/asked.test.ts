import { afterEach, describe, expect, it, vi } from 'vitest'
import type { SessionRow } from '#lib/db/queries/sessions'

const URLS = ['DATABASE_URL', 'APP_DATABASE_URL', 'PLATFORM_DATABASE_URL'] as const

afterEach(() => vi.unstubAllEnvs())

/** A session of somebody who looks after the platform, and has or lacks a second factor. */
const session = (secondFactor: boolean): SessionRow => ({
  ...{ sessionId: 's1', userId: 'u1', name: 'Op', email: 'op@lms.test', role: 'SUPER_ADMIN', avatar: null },
  ...{ timeZone: null, locale: null, hasPassword: true, secondFactor, permissions: [] },
  ...{ secondFactorAt: secondFactor ? new Date() : null, createdAt: new Date() },
})

/** The guards of an installation, with or without the demo. */
async function guards(demo: '' | '1') {
  vi.resetModules()
  for (const name of URLS) vi.stubEnv(name, `postgresql://${name.toLowerCase()}@127.0.0.1/none`)
  vi.stubEnv('SMARTLMS_DEMO', demo)
  const { actorOf, authorize } = await import('#lib/auth/actor')
  const { anyPerson, can } = await import('#lib/auth/access')
  const { codeOf } = await import('#lib/errors')
  const may = (secondFactor: boolean, access: Parameters<typeof authorize>[0]): string => {
    try {
      authorize(access, actorOf({ tenantId: 'platform', school: null }, session(secondFactor)), null)
      return 'allowed'
    } catch (error) {
      return codeOf(error)
    }
  }
  return { may, manage: can('platform:manage'), setUp: anyPerson('Own sign-in.', { duringSetUp: true }) }
}

describe('whoever looks after the platform', () => {
  it('can do nothing without a second factor but set one up', async () => {
    const { may, manage, setUp } = await guards('')
    expect(may(false, manage)).toBe('second_factor_required')
    expect(may(false, setUp)).toBe('allowed')
    expect(may(true, manage)).toBe('allowed')
  })

  it('isn’t asked in the demo, which anybody may enter', async () => {
    const { may, manage } = await guards('1')
    expect(may(false, manage)).toBe('allowed')
  })
})
