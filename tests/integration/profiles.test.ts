import { beforeAll, describe, expect, test } from 'vitest'
import { loadDashboard } from '#lib/account/load-dashboard'
import { afterProgress } from '#lib/awards/after-progress'
import { changeChoices } from '#lib/awards/change-choices'
import { loadAwards } from '#lib/awards/load-awards'
import { loadOpenProfile, loadOwnProfile } from '#lib/awards/load-profile'
import { loadStreak } from '#lib/awards/load-streak'
import type { Choices } from '#lib/db/queries/choices'
import { withTenant } from '#lib/db/tenant'
import { testDatabase } from '#tests/support/database'
import { makeCourse, makeEnrollments, makePeople, makeSchool } from '#tests/support/factories'
import { fingerprint } from './fingerprint'
import { statementsOf } from './statements'

// Profiles: one's own until one opens them, part by part; streaks and badges can be hidden altogether.

const { owner } = await testDatabase()
const north = <T>(query: Parameters<typeof withTenant<T>>[1]) => withTenant('north', query)
const NOW = new Date('2026-03-11T12:00Z')
const gone = { code: 'not_found' }

let people = 0
/** A learner with a streak, a badge and a certificate, and another one that was taken back. */
async function learner(): Promise<string> {
  people += 1
  const [id = ''] = await makePeople(owner, 'north', `p${people}x`)
  await owner.query(`INSERT INTO "Badge" ("tenantId", "userId", type) VALUES ('north', $1, 'EARLY_BIRD')`, [
    id,
  ])
  await owner.query(
    `INSERT INTO "LearningDay" ("tenantId", "userId", day) SELECT 'north', $1, date '2026-03-09' + n FROM generate_series(0, 2) n`,
    [id],
  )
  await owner.query(
    `INSERT INTO "Certificate" ("tenantId", "userId", "courseId", code, "learnerName", "courseTitle", "instructorName", "completedAt", "revokedAt")
     SELECT 'north', $1, c, rpad($1 || c, 22, 'x'), 'L', 'About ' || c, 'I', now(), CASE WHEN c = 'greek' THEN now() END
     FROM unnest(ARRAY['maths', 'greek']) c`,
    [id],
  )
  return id
}
const choose = (userId: string, changes: Partial<Choices>) =>
  north((db) => changeChoices(db, { userId, changes }))
const shown = (userId: string) => north((db) => loadOpenProfile(db, { userId, now: NOW }))
const own = (userId: string) =>
  north((db) => loadOwnProfile(db, { userId, name: 'Me', avatar: null, timeZone: 'UTC', now: NOW }))

beforeAll(async () => {
  for (const school of ['north', 'south']) await makeSchool(owner, school)
  await makePeople(owner, 'north', 'tea', { role: 'INSTRUCTOR' })
  for (const id of ['maths', 'greek'])
    await makeCourse(owner, 'north', id, { instructorId: 'tea0', modules: 1, lessons: 1 })
})

describe('a profile', () => {
  test('is seen by nobody else until it is opened, and then shows what was chosen and nothing else', async () => {
    const id = await learner()
    await expect(shown(id)).rejects.toMatchObject(gone)
    await choose(id, { badges: true, streak: true, certificates: true })
    await expect(shown(id)).rejects.toMatchObject(gone)
    await choose(id, { open: true, badges: false, streak: false, certificates: false })
    expect(await shown(id)).toMatchObject({
      name: `Person ${id}`,
      badges: null,
      streak: null,
      certificates: null,
    })
    for (const part of ['badges', 'streak', 'certificates'] as const) {
      await choose(id, { badges: false, streak: false, certificates: false, [part]: true })
      const view = await shown(id)
      expect((['badges', 'streak', 'certificates'] as const).filter((one) => view[one] !== null)).toEqual([
        part,
      ])
    }
    await choose(id, { badges: true, streak: true })
    expect(await shown(id)).toMatchObject({
      badges: [{ type: 'EARLY_BIRD' }],
      streak: { now: { days: 3, longest: 3, learned: 3 } },
      // A certificate that was taken back is shown to its holder alone.
      certificates: [{ courseTitle: 'About maths', revoked: false }],
    })
    expect((await own(id)).profile.certificates).toHaveLength(2)
    await choose(id, { open: false })
    await expect(shown(id)).rejects.toMatchObject(gone)
  })

  test('that is closed answers as that of nobody, in the same single statement', async () => {
    const [closed, disabled, deleted] = [await learner(), await learner(), await learner()]
    for (const id of [disabled, deleted]) await choose(id, { open: true, badges: true })
    await owner.query(`UPDATE "User" SET "disabledAt" = now() WHERE id = $1`, [disabled])
    await owner.query(`UPDATE "User" SET "deletedAt" = now() WHERE id = $1`, [deleted])
    const answers = new Set<string>()
    for (const id of ['nobody', closed, disabled, deleted]) {
      const sent = await statementsOf(async () => {
        await shown(id).catch((error: unknown) => answers.add(String(error)))
      })
      expect(sent).toHaveLength(1)
    }
    expect([...answers]).toHaveLength(1)
  })

  test('is nobody’s at another school, and can’t be opened from there', async () => {
    const id = await learner()
    await choose(id, { open: true, badges: true, streak: true, certificates: true })
    const before = await fingerprint(owner, 'north')
    const south = <T>(query: Parameters<typeof withTenant<T>>[1]) => withTenant('south', query)
    await expect(south((db) => loadOpenProfile(db, { userId: id, now: NOW }))).rejects.toMatchObject(gone)
    await expect(
      south((db) => changeChoices(db, { userId: id, changes: { open: true } })),
    ).rejects.toMatchObject(gone)
    expect(await fingerprint(owner, 'north')).toBe(before)
  })

  test('costs four statements, with a thousand days and hundreds of badges as well', async () => {
    const id = await learner()
    await choose(id, { open: true, badges: true, streak: true, certificates: true })
    expect(await statementsOf(() => own(id))).toHaveLength(4)
    expect(await statementsOf(() => shown(id))).toHaveLength(4)
    await owner.query(
      `INSERT INTO "LearningDay" ("tenantId", "userId", day) SELECT 'north', $1, date '2020-01-01' + n FROM generate_series(0, 999) n`,
      [id],
    )
    await owner.query(
      `INSERT INTO "Badge" ("tenantId", "userId", type, about) SELECT 'north', $1, 'COURSE_COMPLETE', 'x' || n FROM generate_series(0, 299) n`,
      [id],
    )
    expect(await statementsOf(() => own(id))).toHaveLength(4)
    expect(await statementsOf(() => shown(id))).toHaveLength(4)
  })
})

describe('a choice', () => {
  test('made at the same moment as another one loses neither: a closed profile doesn’t open again', async () => {
    const id = await learner()
    await choose(id, { open: true, streak: true })
    await Promise.all([choose(id, { open: false }), choose(id, { hidden: true })])
    expect((await own(id)).choices).toMatchObject({ open: false, streak: true, hidden: true })
  })

  test('that changes nothing says so, and one that does says what', async () => {
    const id = await learner()
    expect(await choose(id, { open: false })).toBeNull()
    expect(await choose(id, { open: true })).toMatchObject({ before: { open: false }, after: { open: true } })
    expect(await choose(id, { open: true })).toBeNull()
  })
})

describe('whoever hid streaks and badges', () => {
  test('sees none, shows none, and is told of none; they are there when they are wanted again', async () => {
    const id = await learner()
    await makeEnrollments(owner, 'north', 'maths', [id])
    await choose(id, { open: true, badges: true, streak: true, certificates: true, hidden: true })
    expect(await shown(id)).toMatchObject({ badges: null, streak: null, certificates: [{}] })
    expect((await own(id)).profile).toMatchObject({ badges: null, streak: null, certificates: [{}, {}] })
    expect(await north((db) => loadStreak(db, { userId: id, timeZone: 'UTC', now: NOW }))).toBeNull()
    const page = { userId: id, timeZone: 'UTC', cursor: undefined, now: NOW }
    expect(await north((db) => loadAwards(db, page))).toMatchObject({ hidden: true })
    await owner.query(
      `INSERT INTO "LessonProgress" ("tenantId", "enrollmentId", "userId", "lessonId", completed, "completedAt")
       VALUES ('north', 'mathse' || $1, $1, 'mathsm0l0', true, now())`,
      [id],
    )
    await north((db) =>
      afterProgress(db, {
        userId: id,
        courseId: 'maths',
        completedLessons: 1,
        courseCompleted: false,
        now: NOW,
      }),
    )
    const news = `SELECT 1 FROM "Notification" WHERE "userId" = $1`
    expect((await owner.query(news, [id])).rows).toEqual([])
    await choose(id, { hidden: false })
    expect((await shown(id)).badges?.map(({ type }) => type).sort()).toEqual(['EARLY_BIRD', 'FIRST_LESSON'])
  })
})

test('the first page costs a statement more for a streak, none for whoever learns nothing, and leaves it out when hidden', async () => {
  const [id, idle] = [await learner(), await learner()]
  await makeEnrollments(owner, 'north', 'greek', [id])
  const page = (userId: string) =>
    north((db) =>
      loadDashboard(db, { userId, name: 'Me', timeZone: 'UTC', teaches: true, administers: false, now: NOW }),
    )
  expect(await statementsOf(() => page(id))).toHaveLength(4)
  expect((await page(id)).streak).toMatchObject({ days: 3, today: true })
  expect(await statementsOf(() => page(idle))).toHaveLength(2)
  await choose(id, { hidden: true })
  expect((await page(id)).streak).toBeNull()
})
