import { afterAll, beforeAll, expect, test } from 'vitest'
import { hostOf } from '#tests/support/http'
import { owner } from '#tests/support/served'
import { actionRef, type Called, callAction } from './call-action'
import { loadWorld, type World } from './rows/world'
import { cookieOf, signIn } from './sign-in'

// A refused action undoes what it wrote, but not the count of its wrong key.

let world: World
let student: Record<string, string>
let terms: Readonly<{ enrollment: string; enrollmentKey: string | null }> | undefined

beforeAll(async () => {
  world = await loadWorld()
  const { acme, unenrolled } = world
  student = cookieOf(await signIn(acme.id, acme.studentId))
  const before = await owner().query<{ enrollment: string; enrollmentKey: string | null }>(
    'select enrollment::text, "enrollmentKey" from "Course" where "tenantId" = $1 and id = $2',
    [acme.id, unenrolled.courseId],
  )
  terms = before.rows[0]
  await owner().query(
    `update "Course" set enrollment = 'KEY', "enrollmentKey" = 'Blue Whale' where "tenantId" = $1 and id = $2`,
    [acme.id, unenrolled.courseId],
  )
})

afterAll(async () => {
  const { acme, unenrolled } = world
  await owner().query(`delete from "Throttle" where kind like 'enrollment.key%'`)
  await owner().query(
    `update "Course" set enrollment = $3::"EnrollmentMode", "enrollmentKey" = $4 where "tenantId" = $1 and id = $2`,
    [acme.id, unenrolled.courseId, terms?.enrollment, terms?.enrollmentKey],
  )
  await owner().query(
    'delete from "Enrollment" where "tenantId" = $1 and "userId" = $2 and "courseId" = $3',
    [...[acme.id, acme.studentId, unenrolled.courseId]],
  )
})

function enter(key: string): Promise<Called> {
  const { ref } = actionRef('app/actions/learn.ts', 'enrollMe')
  const form = { courseId: world.unenrolled.courseId, key }
  return callAction({ ref, host: hostOf('acme'), path: '/courses/x', form, headers: student })
}

test('the eleventh key in a row waits, also when it is the right one; a quarter of an hour later it opens', async () => {
  for (let n = 0; n < 10; n += 1) expect((await enter(`guess ${String(n)}`)).code).toBe('invalid_input')
  // As if many more had followed: the wait of a second is too short to be caught in.
  await owner().query(`update "Throttle" set failures = 25 where kind = 'enrollment.key'`)
  const refused = await enter('Blue Whale')
  expect(refused.code).toBe('rate_limited')
  expect(refused.text).toMatch(/Too many wrong keys\. Wait 15 minutes/)
  await owner().query(
    `update "Throttle" set "lastAt" = "lastAt" - interval '15 minutes' where kind = 'enrollment.key'`,
  )
  expect((await enter('blue whale')).code).toBe('ok')
  const { rows } = await owner().query(`select from "Throttle" where kind = 'enrollment.key'`)
  expect(rows).toEqual([])
})
