import { beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { AppError } from '#lib/errors'
import { enterCourse } from '#lib/learning/enter-course'
import { testDatabase } from '#tests/support/database'
import { makeCourse, makePeople, makeSchool } from '#tests/support/factories'
import { SETTINGS, unitOf } from './identity-support'
import { codeOf } from './people-support'

// The key of a course can't be found by trying: wrong ones are counted, whatever becomes of the try.

const { owner } = await testDatabase({ ...SETTINGS, DATABASE_POOL_SIZE: '20' })

let logged: string[] = []

const enter = (key: string | null, courseId = 'keyed', userId = 'ann0', school = 'north') =>
  enterCourse(unitOf(school), {
    ...{ userId, courseId, key, locale: 'en' },
    record: async () => {
      logged.push(courseId)
    },
  })

/** Codes of so many wrong keys, one after another. */
async function wrong(times: number, courseId?: string, userId?: string): Promise<string[]> {
  const codes: string[] = []
  for (let n = 0; n < times; n += 1) codes.push(await codeOf(enter(`guess ${String(n)}`, courseId, userId)))
  return codes
}

/** As if the last try of everybody had been so long ago. */
async function wait(seconds: number): Promise<void> {
  await owner.query(`UPDATE "Throttle" SET "lastAt" = "lastAt" - make_interval(secs => $1)`, [seconds])
}

async function counted(): Promise<{ tenantId: string; failures: number }[]> {
  const { rows } = await owner.query<{ tenantId: string; failures: number }>(
    `SELECT "tenantId", failures FROM "Throttle" WHERE kind = 'enrollment.key' ORDER BY failures`,
  )
  return rows
}

const TEN = Array.from({ length: 10 }, () => 'invalid_input')

beforeAll(async () => {
  for (const school of ['north', 'south']) await makeSchool(owner, school)
  await makePeople(owner, 'north', 'tea', { role: 'INSTRUCTOR' })
  await makePeople(owner, 'south', 'sam', { role: 'INSTRUCTOR' })
  await makePeople(owner, 'north', 'ann', { count: 3 })
  await makePeople(owner, 'south', 'bob')
  for (const id of ['keyed', 'other', 'open', 'draft', 'full'])
    await makeCourse(owner, 'north', id, {
      ...{ instructorId: 'tea0', status: id === 'draft' ? 'DRAFT' : 'PUBLISHED', modules: 1, lessons: 1 },
    })
  await makeCourse(owner, 'south', 'abroad', { instructorId: 'sam0', modules: 1, lessons: 1 })
  await owner.query(
    `UPDATE "Course" SET enrollment = 'KEY', "enrollmentKey" = 'Blue Whale' WHERE id <> 'open'`,
  )
  await owner.query(`UPDATE "Course" SET capacity = 1 WHERE id = 'full'`)
  await enter('Blue Whale', 'full', 'ann2')
})

beforeEach(async () => {
  await owner.query(`DELETE FROM "Throttle"`)
  await owner.query(`DELETE FROM "Enrollment" WHERE "courseId" <> 'full'`)
  logged = []
})

describe('wrong keys', () => {
  test('are free ten times; then each makes the next one wait, the right key too, for a quarter of an hour at most', async () => {
    expect(await wrong(10)).toEqual(TEN)
    expect(await codeOf(enter('Blue Whale'))).toBe('rate_limited')
    // A refused try is none: waiting isn't made longer by it.
    expect(await counted()).toMatchObject([{ failures: 10 }])
    const waits: number[] = []
    for (let n = 0; n < 12; n += 1) {
      const seconds = Math.min(900, 2 ** n)
      await wait(seconds - 0.5)
      expect(await codeOf(enter('Blue Whale'))).toBe('rate_limited')
      await wait(0.5)
      expect(await wrong(1)).toEqual(['invalid_input'])
      waits.push(seconds)
    }
    expect(waits.at(-1)).toBe(900)
    await wait(900)
    expect(await enter(' blue WHALE ')).toEqual({ created: true })
    expect(logged).toEqual(['keyed'])
  })

  test('say beside the key how long to wait', async () => {
    const said = async () => {
      const error: unknown = await enter('no').catch((thrown: unknown) => thrown)
      return error instanceof AppError ? error.fields : null
    }
    await wrong(10)
    expect(await said()).toEqual({ key: 'Too many wrong keys. Wait 1 second, then try again.' })
    await owner.query(`UPDATE "Throttle" SET failures = 30`)
    expect(await said()).toEqual({
      key: 'Too many wrong keys. Wait 15 minutes, then try again, or ask your teacher for the key.',
    })
  })

  test('count as a hundred when a hundred come at once', async () => {
    const codes = await Promise.all(
      Array.from({ length: 100 }, (_, n) => codeOf(enter(`guess ${String(n)}`))),
    )
    expect(codes.filter((code) => code === 'invalid_input').length).toBeLessThanOrEqual(11)
    // A slow machine has no connection for some of them: those are told to come back, and were not compared.
    expect([...new Set(codes)].filter((code) => code !== 'unavailable')).toEqual(
      expect.arrayContaining(['invalid_input', 'rate_limited']),
    )
    expect(codes.filter((code) => !['invalid_input', 'rate_limited', 'unavailable'].includes(code))).toEqual(
      [],
    )
  })

  test('keep nobody else out, nor oneself from another course', async () => {
    await wrong(11)
    expect(await enter('Blue Whale', 'keyed', 'ann1')).toEqual({ created: true })
    expect(await enter('Blue Whale', 'other')).toEqual({ created: true })
    expect(await codeOf(enter('Blue Whale'))).toBe('rate_limited')
  })

  test('are forgotten by the right one', async () => {
    expect(await wrong(9)).toHaveLength(9)
    expect(await enter('Blue Whale')).toEqual({ created: true })
    expect(await counted()).toEqual([])
    // Whoever is in stays in, whatever they type, and it is no try.
    expect(await enter('wrong')).toEqual({ created: false })
    expect(await counted()).toEqual([])
    expect(logged).toEqual(['keyed'])
  })
})

describe('keys that many accounts try at one course', () => {
  /** Makes a line as it is after thousands of wrong keys, its next turn in so many seconds. */
  async function crowd(seconds: number): Promise<void> {
    await owner.query(
      `UPDATE "Throttle" SET failures = 1000, "lastAt" = now() + make_interval(secs => $1) WHERE kind = 'enrollment.keys'`,
      [seconds],
    )
  }
  const lines = async () => {
    const { rows } = await owner.query<{ failures: number }>(
      `SELECT failures FROM "Throttle" WHERE kind = 'enrollment.keys' ORDER BY failures`,
    )
    return rows.map(({ failures }) => failures)
  }

  test('are counted together, in one line who has hardly tried, in another who tries again and again', async () => {
    await wrong(5, 'keyed', 'ann0')
    await wrong(2, 'keyed', 'ann1')
    expect(await lines()).toEqual([3, 4])
    // The right one is none of them.
    expect(await enter('Blue Whale', 'keyed', 'ann1')).toEqual({ created: true })
    expect(await lines()).toEqual([3, 4])
  })

  test('are compared one after another beyond a hundred, a right one too, which opens', async () => {
    await wrong(1, 'keyed', 'ann0')
    await crowd(0)
    const from = performance.now()
    const both = [wrong(1, 'keyed', 'ann0'), enter('Blue Whale', 'keyed', 'ann1')] as const
    expect(await both[1]).toEqual({ created: true })
    expect(await both[0]).toEqual(['invalid_input'])
    expect(performance.now() - from).toBeGreaterThan(3_500)
  })

  test('make nobody wait who comes to a long line of those who guess, or to another course', async () => {
    await wrong(3, 'keyed', 'ann0')
    await owner.query(`DELETE FROM "Throttle" WHERE kind = 'enrollment.keys' AND failures = 2`)
    await crowd(30)
    expect(await codeOf(enter('Blue Whale'))).toBe('rate_limited')
    const from = performance.now()
    expect(await enter('Blue Whale', 'keyed', 'ann1')).toEqual({ created: true })
    expect(await enter('Blue Whale', 'other', 'ann0')).toEqual({ created: true })
    expect(performance.now() - from).toBeLessThan(3_000)
  })

  test('say so where the line is long, count nothing then, and let the right one in later', async () => {
    await wrong(1, 'keyed', 'ann0')
    await crowd(30)
    const error: unknown = await enter('Blue Whale', 'keyed', 'ann1').catch((thrown: unknown) => thrown)
    expect(error instanceof AppError ? error.fields['key'] : null).toMatch(
      /^Many keys are being tried for this course .* Wait (19|20) seconds/,
    )
    expect(await counted()).toMatchObject([{ failures: 1 }])
    await wait(21)
    expect(await enter('Blue Whale', 'keyed', 'ann1')).toEqual({ created: true })
  }, 20_000)
})

describe('no try of a key', () => {
  test('is a press of the button without one', async () => {
    for (let n = 0; n < 12; n += 1) expect(await codeOf(enter(n % 2 === 0 ? '' : null))).toBe('invalid_input')
    expect(await counted()).toEqual([])
  })

  test('is one at a course that asks for none, isn’t there, or is another school’s', async () => {
    expect(await enter('anything', 'open')).toEqual({ created: true })
    for (const courseId of ['draft', 'abroad', 'nothing'])
      expect(await codeOf(enter('Blue Whale', courseId))).toBe('not_found')
    expect(await codeOf(enter('Blue Whale', 'keyed', 'bob0', 'south'))).toBe('not_found')
    expect(await counted()).toEqual([])
  })

  test('is the right one of a course that is full', async () => {
    for (let n = 0; n < 12; n += 1) expect(await codeOf(enter('Blue Whale', 'full'))).toBe('limit_reached')
    expect(await counted()).toEqual([])
  })
})

test('what was counted lies in its own school, without anybody’s id', async () => {
  await wrong(3)
  await codeOf(enter('guess', 'abroad', 'bob0', 'south'))
  expect(await counted()).toEqual([
    { tenantId: 'south', failures: 1 },
    { tenantId: 'north', failures: 3 },
  ])
  const { rows } = await owner.query<{ key: string }>(`SELECT key FROM "Throttle"`)
  for (const { key } of rows) expect(key).not.toMatch(/ann0|bob0|keyed|abroad/)
})
