import { describe, expect, it } from 'vitest'
import { checkVersion } from '#scripts/launcher/check-server'
import { failureInOutput, systemFailure } from '#scripts/launcher/failure'
import { redact } from '#scripts/launcher/redact'

/** The machine's troubles reach the person as such, whatever tool met them first. */
describe('sentences', () => {
  it.each([
    ['initdb', 'could not write to file "pg_wal/xlogtemp.7": No space left on device'],
    ['Next.js', 'failed to write to "page.js.map"\nCaused by:\n- No space left on device (os error 28)'],
    ['Node', 'Error: ENOSPC: no space left on device, write\n    at writeFileSync (node:fs:1)'],
    ['a server', 'ERROR: could not extend file "base/5/16391": wrote only 4096 of 8192 bytes'],
  ])('a full disk is named when %s meets it', (_, output) => {
    expect(failureInOutput(output)?.message).toMatch(/^The disk is full: /)
  })

  it('other output is not explained away', () => {
    expect(failureInOutput('Type error: x is not a function')).toBeUndefined()
  })

  it.each([
    ['ENOSPC', /^The disk is full/],
    ['EACCES', /^No permission to use \/srv\/x: /],
    ['EROFS', /^\/srv\/x is read-only: /],
  ])('%s of our own', (code, sentence) => {
    const error = Object.assign(new Error('failed'), { code, path: '/srv/x' })
    expect(systemFailure(error)?.message).toMatch(sentence)
  })

  it('servers from 15 on are accepted', () => {
    expect(() => checkVersion(150000, 'db:5432')).not.toThrow()
    expect(() => checkVersion(180004, 'db:5432')).not.toThrow()
    expect(() => checkVersion(140013, 'db:5432')).toThrow('PostgreSQL 14,')
    expect(() => checkVersion(90624, 'db:5432')).toThrow('PostgreSQL 9.1')
  })

  it('passwords are taken out of what tools print', () => {
    expect(redact('at postgresql://ann:top%2Fsecret@db:5432/x?a=b now')).toBe(
      'at postgresql://ann:***@db:5432/x?a=b now',
    )
  })
})
