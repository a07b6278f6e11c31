import { describe, expect, test } from 'vitest'
import * as contract from '#lib/account/contract'

/** Every form of one's own account, with values that it takes. */
const FORMS = {
  profileForm: { name: 'Ann', timeZone: 'Europe/Berlin' },
  avatarForm: { file: new File(['x'], 'x.png') },
  nothingForm: {},
  addressForm: { email: 'ann@north.example', current: 'x' },
  passwordForm: { current: 'x', password: 'forty quiet windmills turn' },
  sessionForm: { sessionId: 'abc' },
  startFactorForm: { current: 'x' },
  confirmFactorForm: { code: '123456' },
  removeFactorForm: { current: 'x', code: '123456' },
  recoveryCodesForm: { current: 'x' },
  linkForm: { provider: 'google', current: 'x' },
  unlinkForm: { identityId: 'abc', current: 'x' },
} as const

describe.each(Object.entries(FORMS))('%s', (name, values) => {
  const shape = contract[name as keyof typeof FORMS]

  test('takes its own values, and refuses whose account it is and what they may do', () => {
    expect(shape.safeParse(values).success).toBe(true)
    for (const key of [
      'role',
      'tenantId',
      'userId',
      'password2',
      ...(name === 'addressForm' ? [] : ['email']),
    ]) {
      expect(shape.safeParse({ ...values, [key]: 'x' }).success, key).toBe(false)
    }
  })
})

test('a time zone is one that the machine knows, or none', () => {
  const takes = (timeZone: string) => contract.profileForm.safeParse({ name: 'Ann', timeZone }).success
  expect(['', 'UTC', 'Asia/Tokyo'].map(takes)).toEqual([true, true, true])
  expect(['Mars/Base', 'europe/berlin; drop', '../etc'].map(takes)).toEqual([false, false, false])
})

test('words of an address that nobody knows say nothing, and make no page disappear', () => {
  expect(contract.doneField.parse('profile')).toBe('profile')
  expect(contract.doneField.parse('<script>')).toBeUndefined()
  expect(contract.problemField.parse('disabled')).toBeUndefined()
  expect(contract.providerField.parse(['a', 'b'])).toBeUndefined()
})
