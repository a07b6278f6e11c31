import { afterAll, beforeAll, expect, test } from 'vitest'
import { ask, hostOf } from '#tests/support/http'
import { owner } from '#tests/support/served'
import { actionRef, type Called, callAction } from './call-action'
import { CERTIFICATE } from './certificate'
import { loadWorld, type World } from './rows/world'
import { cookieOf, signIn } from './sign-in'

// A certificate that was revoked on the page of a course’s people says so to everybody, and can be made to stand again.

let world: World
let courseId: string
let teacher: Record<string, string>
let holder: Record<string, string>

beforeAll(async () => {
  world = await loadWorld()
  const { acme } = world
  const { rows } = await owner().query<{ course: string; teacher: string }>(
    `select c.id as course, c."instructorId" as teacher from "Certificate" x
       join "Course" c on c."tenantId" = x."tenantId" and c.id = x."courseId" where x."tenantId" = $1 and x.code = $2`,
    [acme.id, CERTIFICATE],
  )
  courseId = rows[0]?.course ?? ''
  teacher = cookieOf(await signIn(acme.id, rows[0]?.teacher ?? ''))
  holder = cookieOf(await signIn(acme.id, acme.studentId))
})

afterAll(() => owner().query('update "Certificate" set "revokedAt" = null where code = $1', [CERTIFICATE]))

const host = () => hostOf('acme')
const reason = 'Handed in somebody else’s work.'

function judge(name: 'revokeCertificate' | 'restoreCertificate'): Promise<Called> {
  const { ref } = actionRef('app/actions/awards.ts', name)
  const form = { courseId, userId: world.acme.studentId, reason }
  return callAction({ ref, host: host(), path: '/teach/courses/x/people', form, headers: teacher })
}

async function logged(action: string): Promise<unknown[]> {
  const { rows } = await owner().query<{ after: unknown }>(
    `select after from "AuditLog" where "tenantId" = $1 and action = $2 and "targetId" = $3 order by "createdAt"`,
    [world.acme.id, action, world.acme.studentId],
  )
  return rows.map(({ after }) => after)
}

const people = () => ask({ host: host(), path: `/teach/courses/${courseId}/people`, headers: teacher })
const shown = () => ask({ host: host(), path: `/certificates/${CERTIFICATE}` })
const file = () => ask({ host: host(), path: `/api/certificates/${CERTIFICATE}`, headers: holder })

test('it says so on its page and has no file until it stands again; the log keeps why', async () => {
  expect((await people()).body).toContain(`certificate-${world.acme.studentId}`)
  expect((await file()).status).toBe(200)
  const before = (await logged('course.revoke-certificate')).length

  expect((await judge('revokeCertificate')).code).toBe('ok')
  // A second press is no second entry.
  expect((await judge('revokeCertificate')).code).toBe('ok')
  const entries = await logged('course.revoke-certificate')
  expect(entries.slice(before)).toEqual([{ revoked: true, courseId, reason }])
  expect((await shown()).body).toContain('This certificate was revoked')
  expect((await shown()).body).not.toContain(reason)
  expect((await file()).status).toBe(404)

  expect((await judge('restoreCertificate')).code).toBe('ok')
  expect((await logged('course.restore-certificate')).at(-1)).toEqual({ revoked: false, courseId, reason })
  expect((await shown()).body).toContain('This certificate is valid')
  expect((await file()).status).toBe(200)
})

test('whoever enrolls people and doesn’t edit the course isn’t shown its certificates', async () => {
  const { acme } = world
  const { rows } = await owner().query<{ id: string }>(
    `insert into "Role" ("tenantId", name, permissions) values ($1, 'Only enrolls', '["enrollment:manage"]') returning id`,
    [acme.id],
  )
  const roleId = rows[0]?.id ?? ''
  await owner().query('insert into "RoleAssignment" ("tenantId", "userId", "roleId") values ($1, $2, $3)', [
    ...[acme.id, acme.otherStudentId, roleId],
  ])
  const headers = cookieOf(await signIn(acme.id, acme.otherStudentId))
  const answer = await ask({ host: host(), path: `/teach/courses/${courseId}/people`, headers })
  await owner().query('delete from "RoleAssignment" where "roleId" = $1', [roleId])
  await owner().query('delete from "Role" where id = $1', [roleId])
  expect(answer.status).toBe(200)
  expect(answer.body).toContain('Enroll somebody')
  expect(answer.body).not.toContain('certificates-title')
})
