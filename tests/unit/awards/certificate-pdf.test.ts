import { describe, expect, test } from 'vitest'
import { certificatePdf } from '#lib/awards/pdf/certificate'
import { textOf } from './read-pdf'

const certificate = {
  ...{ code: 'x'.repeat(22), learnerName: 'Ada Lovelace', courseTitle: 'Office affairs: SQL' },
  ...{ instructorName: 'Grace Hopper', completedAt: new Date('2026-03-02T23:30Z') },
  ...{ issuedAt: new Date('2026-03-02T23:30Z'), revokedAt: null },
}
const look = {
  schoolName: 'Acme Academy',
  accentColor: '#0F766E',
  locale: 'en-GB',
  timeZone: 'Europe/Berlin',
}
const ADDRESS = `https://acme.smartlms.example/certificates/${certificate.code}`
const PARTLY = 'Some letters can’t be written in this file.'

const make = (more: Partial<typeof certificate> = {}, as = look) =>
  certificatePdf({ ...certificate, ...more }, as, ADDRESS)

describe('the PDF of a certificate', () => {
  test('is one page on its side that says who completed what, when in the school’s zone, and where to check it', async () => {
    const pdf = await make()
    const source = Buffer.from(pdf).toString('latin1')
    expect(source.match(/\/MediaBox \[[^\]]*\]/g)).toEqual(['/MediaBox [0 0 841.89 595.28]'])
    expect(source).toMatch(/\/Lang \(en\)/)
    const text = textOf(pdf)
    for (const part of ['Acme Academy', 'Ada Lovelace', 'Office affairs: SQL', 'taught by Grace Hopper']) {
      expect(text).toContain(part)
    }
    expect(text).toContain('3 March 2026')
    expect(text.replaceAll('|', '')).toContain(ADDRESS)
    expect(text).not.toContain('\u{fffd}')
    expect(text).not.toContain(PARTLY)
  })

  test('embeds its letters, so that it looks the same everywhere', async () => {
    const source = Buffer.from(await make()).toString('latin1')
    expect(source).toContain('/FontFile2')
    expect(source).not.toContain('/Helvetica')
  })

  test.each([
    'Łukasz Żółć',
    'Nguyễn Thị Ánh',
    'Иван Петрович Щёголев',
    'Γιώργος Παπαδόπουλος',
    'Zoë Müller-Đặng и Γιάννης',
    'O’Neill “Bob” Ñandú',
  ])('writes %s', async (learnerName) => {
    const pdf = await make({ learnerName })
    expect(textOf(pdf).replaceAll('|', '')).toContain(learnerName)
    expect(textOf(pdf)).not.toContain(PARTLY)
  })

  test.each([
    ['李小龍', '(in letters that this file can’t write: see the address below)'],
    ['محمد', '(in letters that this file can’t write: see the address below)'],
    ['Bruce Lee 李小龍', 'Bruce Lee'],
  ])('says of %s that it can’t write it, and keeps what it can', async (learnerName, shown) => {
    const pdf = await make({ learnerName })
    expect(textOf(pdf)).toContain(shown)
    expect(textOf(pdf)).toContain(PARTLY)
    // The name stands in the file all the same, for who reads it aloud or searches it.
    const utf16 = Buffer.from(learnerName, 'utf16le').swap16().toString('latin1')
    expect(
      Buffer.from(pdf)
        .toString('latin1')
        .replaceAll(/\\([\\()])/g, '$1'),
    ).toContain(utf16)
  })

  test('takes names of any length, and one without a space', async () => {
    const long = 'Wolfeschlegelsteinhausenbergerdorff'.repeat(5)
    const pdf = await make({ learnerName: long, courseTitle: 'A very long title of a course '.repeat(6) })
    expect(textOf(pdf).replaceAll('|', '')).toContain(long)
    expect(
      Buffer.from(pdf)
        .toString('latin1')
        .match(/\/Type \/Page\b/g),
    ).toHaveLength(1)
  })
})
