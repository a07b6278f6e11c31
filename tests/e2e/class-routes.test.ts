import { beforeAll, describe, expect, test } from 'vitest'
import { ask, hostOf } from '#tests/support/http'
import { owner } from '#tests/support/served'
import { loadWorld, type World } from './rows/world'
import { cookieOf, signIn } from './sign-in'

// Routes of live classes, asked by those who may and those who may not: the matrix asks them as nobody.

let world: World
const cookies: Record<string, Record<string, string>> = {}

const get = (who: string, path: string, headers: Record<string, string> = {}) =>
  ask({ host: hostOf('acme'), path, headers: { ...cookies[who], ...headers } })

const csv = ({ courseId, classId }: Readonly<{ courseId: string; classId: string }>) =>
  `/api/attendance/${courseId}/${classId}`

beforeAll(async () => {
  world = await loadWorld()
  const { acme, globex } = world
  cookies['student'] = cookieOf(await signIn(acme.id, acme.studentId))
  cookies['instructor'] = cookieOf(await signIn(acme.id, acme.instructorId))
  cookies['admin'] = cookieOf(await signIn(acme.id, acme.adminId))
  cookies['stranger'] = cookieOf(await signIn(globex.id, globex.adminId))
})

describe('the file of attendance', () => {
  test('is for those who teach the course, under its own address', async () => {
    const { taughtClass, theirClass, globexClass } = world
    const crossed = { courseId: taughtClass.courseId, classId: theirClass.classId }
    const expected = [
      ['student', taughtClass, 403],
      ['stranger', taughtClass, 401],
      ['instructor', taughtClass, 200],
      ['instructor', theirClass, 403],
      ['admin', theirClass, 200],
      ['instructor', crossed, 404],
      ['admin', crossed, 404],
      ['admin', globexClass, 404],
    ] as const
    for (const [who, which, status] of expected)
      expect([who, which, (await get(who, csv(which))).status]).toEqual([who, which, status])
  })

  test('names the people of the course, and nobody’s address of a meeting', async () => {
    const { body, headers } = await get('instructor', csv(world.taughtClass))
    expect(headers['content-type']).toBe('text/csv; charset=utf-8')
    expect(body.replace('\uFEFF', '')).toMatch(/^name,email,attendance,joined_at,minutes\r?\n/)
    expect(body).not.toContain('https://')
  })
})

describe('the way into a class', () => {
  const join = ({ classId }: Readonly<{ classId: string }>) => `/api/classes/${classId}/join`
  const joined = async (classId: string) =>
    (
      await owner().query(`select 1 from "ClassAttendance" where "classId" = $1 and "userId" = $2`, [
        classId,
        world.acme.studentId,
      ])
    ).rowCount

  /** A class of its own, of the course that the student is enrolled in, so many minutes from now. */
  async function make(minutes: number): Promise<{ classId: string }> {
    const { rows } = await owner().query<{ classId: string }>(
      `insert into "LiveClass" (id, "tenantId", "courseId", title, platform, "meetingUrl", "scheduledAt", duration)
       values ('routes' || substr(md5(random()::text), 1, 16), $1, $2, 'Routes', 'OTHER', 'https://meet.example/routes', now() + $3 * interval '1 minute', 30)
       returning id as "classId"`,
      [world.acme.id, world.sharedClass.courseId, minutes],
    )
    return rows[0] ?? { classId: '' }
  }

  test('says the address to those who may enter, and leads others nowhere', async () => {
    const now = await make(5)
    const { status, headers } = await get('student', join(now))
    expect([status, headers['location']]).toEqual([303, 'https://meet.example/routes'])
    expect(headers['cache-control']).toContain('no-store')
    expect(await joined(now.classId)).toBe(1)
    expect((await get('stranger', join(now))).status).toBe(401)
    expect((await get('student', join(world.closedClass))).status).toBe(404)
    expect((await get('admin', join(world.globexClass))).status).toBe(404)
    await owner().query(`delete from "LiveClass" where id = $1`, [now.classId])
  })

  test('before its time leads back to the class’s page, and keeps nothing', async () => {
    const later = await make(60)
    const { status, headers, whole } = await get('student', join(later))
    expect([status, headers['location']]).toEqual([303, `/classes/${later.classId}`])
    expect(whole).not.toContain('meet.example')
    expect(await joined(later.classId)).toBe(0)
    await owner().query(`delete from "LiveClass" where id = $1`, [later.classId])
  })

  test('counts no fetch ahead of a press, and none of another page’s', async () => {
    const now = await make(5)
    for (const headers of [{ 'sec-purpose': 'prefetch' }, { 'sec-fetch-mode': 'no-cors' }] as const) {
      const answer = await get('student', join(now), headers)
      expect([answer.status, answer.headers['location']]).toEqual([204, undefined])
    }
    expect(await joined(now.classId)).toBe(0)
    await owner().query(`delete from "LiveClass" where id = $1`, [now.classId])
  })
})
