import { describe, expect, it } from 'vitest'
import { profileForm } from '#lib/account/contract'
import { parseStrictly } from '#lib/auth/parse'
import { AppError } from '#lib/errors'
import { acceptForm, nameField, nameFault, signUpForm } from '#lib/identity/contract'
import { inviteForm } from '#lib/people/contract'
import { judgeRows } from '#lib/people/judge-rows'
import { permissionsOf } from '#lib/auth/permissions'
import { brandForm } from '#lib/school/contract'
import { schoolRequestForm } from '#lib/schools/contract'

const fits = (name: string): boolean => nameField.safeParse(name).success

describe('a name', () => {
  it.each([
    'Zoë O’Neil-Šubić',
    '王小明',
    'محمد\u200cرضا',
    'क्\u200dष',
    'നന്\u200dദ',
    'Ann 👩\u200d🎓',
    'Mr. Www',
    'Awww. School',
    'J.R.R. Tolkien: a name',
    '7',
  ])('%j is one', (name) => {
    expect([nameFault(name), fits(name)]).toEqual([null, true])
  })

  it.each([
    ...[
      'https://evil.example',
      'Win: http://x',
      'WWW.evil.example',
      'Prize (www.evil.example)',
      'ｗｗｗ．evil.example',
    ],
    ...['http：／／evil.example', 'x://y'],
  ])('%j makes a link in somebody’s mail and is none', (name) => {
    expect([nameFault(name), fits(name)]).toEqual(['link', false])
  })

  it.each([
    ...[
      '\u200dAnn',
      'Ann\u200c',
      '\u200d',
      'a\u202eb',
      'a\u200bb',
      'a\u00adb',
      'a\nb',
      'a\u2028b',
      'a\u0000b',
      'a\ufeffb',
    ],
    ...['\u3164', '\u2800', '\u0301', 'a\ue000', 'a\ud800', 'a\u{e0041}b', 'a \u200d b'],
  ])('%j hides something, or shows nothing, and is none', (name) => {
    expect([nameFault(name), fits(name)]).toEqual(['unseen', false])
  })
})

describe('the rule for names', () => {
  const id = '0b0e8a10-0000-4000-8000-000000000000'
  const seen = '2026-01-01T00:00:00.000Z'
  const school = { accentColor: '#fff', timeZone: 'UTC', locale: 'en', description: '', seen }
  const forms = {
    invitation: (name: string) => parseStrictly(inviteForm, { email: 'a@b.example', name, role: 'STUDENT' }),
    'sign-up': (name: string) => parseStrictly(signUpForm, { email: 'a@b.example', name }),
    joining: (name: string) =>
      parseStrictly(acceptForm, { token: 't', name, password: 'long enough to be one' }),
    profile: (name: string) => parseStrictly(profileForm, { name, timeZone: '' }),
    'school request’s admin': (name: string) =>
      parseStrictly(schoolRequestForm, {
        ...{ requestKey: id, schoolName: 'S', subdomain: 'sss' },
        name,
        email: 'a@b.example',
      }),
    'school request’s school': (schoolName: string) =>
      parseStrictly(schoolRequestForm, {
        ...{ requestKey: id, schoolName, subdomain: 'sss' },
        name: 'N',
        email: 'a@b.example',
      }),
    school: (name: string) => parseStrictly(brandForm, { ...school, name }),
  }

  it.each(Object.entries(forms))('is one for every form: %s says why', (_form, send) => {
    const reason = (name: string): string => {
      try {
        send(name)
        return 'taken'
      } catch (error) {
        return error instanceof AppError ? Object.values(error.fields).join() : String(error)
      }
    }
    expect(reason('Ann\u200cA B')).toBe('taken')
    expect(reason('See www.evil.example')).toMatch(/would become a link/)
    expect(reason('a\u202eb')).toMatch(/can’t be seen/)
  })

  it('is the import’s too', () => {
    const rows = ['www.evil.example', 'a\u202eb', 'Ann'].map((name, line) => ({
      ...{ line, email: `a${String(line)}@b.example`, name, role: '', surplus: false },
    }))
    expect(judgeRows(rows, permissionsOf('ADMIN'), []).rows.map(({ outcome }) => outcome)).toEqual([
      ...['name', 'name', 'new'],
    ])
  })
})
