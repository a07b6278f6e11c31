import { beforeAll, expect, test } from 'vitest'
import { ask, hostOf } from '#tests/support/http'
import { owner } from '#tests/support/served'
import { loadWorld, type World } from './rows/world'
import { cookieOf, signIn } from './sign-in'

// Files of numbers: for whoever sees the numbers, and nobody else.

type Who = 'student' | 'instructor' | 'admin' | 'foreigner'

let world: World
let cookies: Readonly<Record<Who, Record<string, string>>>

const get = async (who: Who, path: string) => {
  const { status, headers, body } = await ask({
    host: hostOf('acme'),
    method: 'GET',
    path,
    headers: cookies[who],
  })
  return { status, type: headers['content-type'] ?? '', body }
}

beforeAll(async () => {
  world = await loadWorld()
  const { acme, globex } = world
  const cookie = async (school: string, id: string) => cookieOf(await signIn(school, id))
  cookies = {
    student: await cookie(acme.id, acme.studentId),
    instructor: await cookie(acme.id, acme.instructorId),
    admin: await cookie(acme.id, acme.adminId),
    // Their session is another school’s: here it is nobody’s.
    foreigner: await cookie(globex.id, globex.adminId),
  }
})

test('a course’s are its instructor’s and the administrators’', async () => {
  const [taught, theirs, foreign] = [world.taughtGrade, world.theirGrade, world.globexGrade].map(
    ({ courseId }) => `/api/insight/${courseId}?part=signals`,
  )
  const statuses = async (path = '') =>
    Promise.all(
      (['student', 'instructor', 'admin', 'foreigner'] as const).map(
        async (who) => (await get(who, path)).status,
      ),
    )
  expect(await statuses(taught)).toEqual([403, 200, 200, 401])
  expect(await statuses(theirs)).toEqual([403, 403, 200, 401])
  expect(await statuses(foreign)).toEqual([403, 404, 404, 401])
  const file = await get('instructor', taught ?? '')
  expect(file.type).toContain('text/csv')
  expect(file.body).toContain('name,progress_percent,signal,since')
  const { rows } = await owner().query(
    `select 1 from "AuditLog" where action = 'insight.export' and "actorId" = $1 and "targetId" = $2`,
    [world.acme.instructorId, world.taughtGrade.courseId],
  )
  expect(rows.length).toBeGreaterThan(0)
})

test('a school’s are the administrators’, and only the parts that there are', async () => {
  const weeks = '/api/insight?part=weeks'
  expect((await get('student', weeks)).status).toBe(403)
  expect((await get('instructor', weeks)).status).toBe(403)
  expect((await get('admin', weeks)).body.trim().split('\r\n')).toHaveLength(13)
  expect((await get('admin', '/api/insight?part=people')).status).toBe(422)
  expect((await get('admin', `${weeks}&tenantId=${world.globex.id}`)).status).toBe(422)
  expect((await get('instructor', `/api/insight/${world.taughtGrade.courseId}?part=letters`)).status).toBe(
    422,
  )
})
