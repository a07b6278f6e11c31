import { describe, expect, it } from 'vitest'
import { claimOf } from '#lib/auth/provider-claim'

const GOOGLE = { id: 'google', issuer: 'https://accounts.google.com' } as const
const MICROSOFT = { id: 'microsoft', issuer: 'https://login.microsoftonline.com/common/v2.0' } as const
const OTHER = { id: 'oidc', issuer: 'https://id.school.example' } as const

type Asked = Parameters<typeof claimOf>[0]

function verified(provider: Asked, email: string, more: Readonly<Record<string, unknown>> = {}): unknown {
  return claimOf(provider, { sub: '1', email, email_verified: true, ...more })?.emailVerified
}

describe('an address that Google says is verified', () => {
  it.each(['ann@gmail.com', 'ann@googlemail.com', 'Ann@GMail.com'])('counts as %s, its own mail', (email) => {
    expect(verified(GOOGLE, email)).toBe(true)
  })

  it('counts at the domain whose directory it keeps', () => {
    expect(verified(GOOGLE, 'ann@acme.example', { hd: 'acme.example' })).toBe(true)
    expect(verified(GOOGLE, 'ann@acme.example', { hd: 'Acme.Example' })).toBe(true)
  })

  it.each([
    ['of a domain that isn’t its own', 'ann@acme.example', {}],
    ['of another domain than the directory’s', 'ann@acme.example', { hd: 'evil.example' }],
    ['of a part of the directory’s domain', 'ann@mail.acme.example', { hd: 'acme.example' }],
    ['whose directory is no text', 'ann@acme.example', { hd: ['acme.example'] }],
    ['whose domain only looks like its own', 'ann@gmail.com.evil.example', {}],
    ['with its domain in front', 'ann@gmail.com@evil.example', {}],
  ])('does not count %s', (_name, email, more) => {
    expect(verified(GOOGLE, email, more)).toBe(false)
  })

  it('does not count once Google says that it isn’t', () => {
    expect(verified(GOOGLE, 'ann@gmail.com', { email_verified: false })).toBe(false)
    expect(verified(GOOGLE, 'ann@gmail.com', { email_verified: 'true' })).toBe(false)
  })

  it('is judged alike where Google is set up as any other provider', () => {
    const issuer = { id: 'oidc', issuer: GOOGLE.issuer } as const
    expect(verified(issuer, 'ann@acme.example')).toBe(false)
    expect(verified(issuer, 'ann@gmail.com')).toBe(true)
  })
})

it('Microsoft’s word about an address never counts', () => {
  expect(verified(MICROSOFT, 'ann@acme.example', { hd: 'acme.example' })).toBe(false)
  expect(verified({ ...MICROSOFT, id: 'oidc' }, 'ann@acme.example')).toBe(false)
})

it('a school’s own provider is believed', () => {
  expect(verified(OTHER, 'ann@acme.example')).toBe(true)
})

it('who isn’t named by an id is nobody', () => {
  expect(claimOf(OTHER, { email: 'ann@acme.example', email_verified: true })).toBeNull()
})
