import { beforeAll, describe, expect, test } from 'vitest'
import { ask, hostOf } from '#tests/support/http'
import { owner } from '#tests/support/served'
import { CERTIFICATE, giveCertificate } from './certificate'
import { loadWorld, type World } from './rows/world'
import { cookieOf, signIn } from './sign-in'

// The file of a certificate is its holder's alone; its page is for whoever has the code, on its school's host.

const PDF = `/api/certificates/${CERTIFICATE}`
let world: World
let student: Record<string, string>

beforeAll(async () => {
  world = await loadWorld()
  await giveCertificate()
  student = cookieOf(await signIn(world.acme.id, world.acme.studentId))
})

describe('the file of a certificate', () => {
  test('is made for its holder, named safely and kept by no cache', async () => {
    const answer = await ask({ host: hostOf('acme'), path: PDF, headers: student })
    expect(answer.status).toBe(200)
    expect(answer.body.slice(0, 5)).toBe('%PDF-')
    expect(answer.headers).toMatchObject({
      'content-type': 'application/pdf',
      'cache-control': 'private, no-store',
      'x-content-type-options': 'nosniff',
    })
    expect(answer.headers['content-disposition']).toMatch(
      /^attachment; filename="[^"\\/]+\.pdf"; filename\*=UTF-8''\S+\.pdf$/,
    )
  })

  test('is nothing for anybody else', async () => {
    expect((await ask({ host: hostOf('acme'), path: PDF })).status).toBe(401)
    const { acme, globex } = world
    for (const [tenantId, userId] of [
      [acme.id, acme.otherStudentId],
      [acme.id, acme.adminId],
    ] as const) {
      const headers = cookieOf(await signIn(tenantId, userId))
      expect((await ask({ host: hostOf('acme'), path: PDF, headers })).status).toBe(404)
    }
    const headers = cookieOf(await signIn(globex.id, globex.studentId))
    expect((await ask({ host: hostOf('globex'), path: PDF, headers })).status).toBe(404)
  })
})

describe('the page of a certificate', () => {
  const page = (subdomain: string) => ask({ host: hostOf(subdomain), path: `/certificates/${CERTIFICATE}` })

  test('says that it stands, to visitors too, and stays out of search engines', async () => {
    const { status, body } = await page('acme')
    expect(status).toBe(200)
    expect(body).toContain('This certificate is valid')
    expect(body).toMatch(/<meta name="robots" content="noindex[^"]*"/)
  })

  test('isn’t there on another school’s host', async () => {
    expect((await page('globex')).status).toBe(404)
  })

  test('says when it was revoked', async () => {
    const set = (at: string) =>
      owner().query(`update "Certificate" set "revokedAt" = ${at} where code = $1`, [CERTIFICATE])
    await set('now()')
    const { status, body } = await page('acme')
    await set('null')
    expect(status).toBe(200)
    expect(body).toContain('This certificate was revoked')
    expect(body).not.toContain('This certificate is valid')
  })
})
