import { describe, expect, it } from 'vitest'
import { parseConfig } from '#lib/config'
import { codeOf, statusOf, userText, AppError } from '#lib/errors'

const APP = 'postgresql://app:secret@db/smartlms'

describe('configuration', () => {
  it('takes the login roles where they are given', () => {
    const { database } = parseConfig({ APP_DATABASE_URL: APP, PLATFORM_DATABASE_URL: APP })
    expect(database.app).toEqual({ url: APP, assumeRole: null })
  })

  it('falls back to the owner and a switched role, the weaker way', () => {
    const { database } = parseConfig({ DATABASE_URL: APP })
    expect(database.app.assumeRole).toBe('smartlms_app')
    expect(database.platform.assumeRole).toBe('smartlms_platform')
  })

  it('says in one sentence what is missing', () => {
    expect(() => parseConfig({})).toThrow(/^APP_DATABASE_URL is not set/)
  })

  it('names a malformed variable and never shows its value', () => {
    expect(() => parseConfig({ DATABASE_URL: 'mysql://root:secret@db/x' })).toThrow(
      /^DATABASE_URL: (?!.*secret)/,
    )
    expect(() => parseConfig({ DATABASE_URL: APP, SMARTLMS_ROOT_DOMAIN: 'https://x.test' })).toThrow(
      /^SMARTLMS_ROOT_DOMAIN/,
    )
  })

  it('reads trusted proxies as networks, and stops at one that is none', () => {
    const read = (text: string) =>
      parseConfig({ DATABASE_URL: APP, SMARTLMS_TRUSTED_PROXIES: text }).trustedProxies
    expect(read('10.0.0.0/8, ::1,192.0.2.7')).toEqual([
      { address: '10.0.0.0', bits: 8 },
      { address: '::1', bits: 128 },
      { address: '192.0.2.7', bits: 32 },
    ])
    for (const bad of ['10.0.0.0/33', 'example.com', '10.0.0.0/8/8', '10.0.0.0/x', '10.0.0.0/0']) {
      expect(() => read(bad)).toThrow(/^SMARTLMS_TRUSTED_PROXIES/)
    }
  })

  it('takes an empty variable for an unset one', () => {
    expect(parseConfig({ DATABASE_URL: APP, SMARTLMS_DEMO: '' }).demo).toBe(false)
  })
})

describe('errors', () => {
  it('take whatever is not ours for unexpected, and say nothing of its message', () => {
    const code = codeOf(new Error('relation "User" does not exist'))
    expect(code).toBe('unexpected')
    expect(statusOf(code)).toBe(500)
    expect(userText(code)).not.toContain('User')
  })

  it('keep the log’s text apart from the user’s', () => {
    const error = new AppError('conflict', 'lesson c1 was changed by u2')
    expect(error.status).toBe(409)
    expect(userText(error.code)).not.toContain('u2')
  })
})
