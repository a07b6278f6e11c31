import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { announce } from '#lib/announcements/announce'
import { withTenant } from '#lib/db/tenant'
import { runOutbox } from '#lib/jobs/run-outbox'
import { bundleWorker } from '#scripts/launcher/worker'
import { type Running, startWorker } from '#scripts/screenshots/throwaway'
import { addressOf, isDeep, testDatabase } from '#tests/support/database'
import { makeCourse, makeEnrollments, makePeople, makeSchool } from '#tests/support/factories'
import { MailServer } from './smtp-server'
import { statementsOf } from './statements'

// What is for many reaches each of them once, whatever happens to the worker; and nobody else waits for it.

const SECRET = 'tests-tests-tests-tests-tests-tests'
const { owner, ownerUrl, appUrl, platformUrl } = await testDatabase({ SMARTLMS_SECRET: SECRET })
const folder = mkdtempSync(join(tmpdir(), 'smartlms-fan-out-'))
const bundle = join(process.cwd(), '.data', 'worker', `fan-out-${process.pid}.cjs`)
const running = new Set<Running>()
let started = 0

const LEARNERS = isDeep ? 10_000 : 4_000
/** Of them, so many want a letter at once. */
const WRITTEN_TO = 40

function worker(smtpUrl: string): Running {
  started += 1
  const one = startWorker(
    {
      ...{ DATABASE_URL: '', APP_DATABASE_URL: appUrl, PLATFORM_DATABASE_URL: platformUrl },
      WORKER_DATABASE_URL: addressOf(new URL(ownerUrl).pathname.slice(1), 'test_worker'),
      ...{ SMARTLMS_SECRET: SECRET, SMTP_URL: smtpUrl, SMARTLMS_ORIGIN: 'https://lms.example' },
      ...{ LOG_LEVEL: 'info', SMARTLMS_ROOT_DOMAIN: 'lms.example', SMARTLMS_DEMO: '' },
      MAIL_FROM: 'SmartLMS <no-reply@lms.example>',
    },
    join(folder, String(started)),
    bundle,
  )
  running.add(one)
  void one.ended.then(() => running.delete(one))
  return one
}

async function count(statement: string, values: readonly unknown[] = []): Promise<number> {
  const { rows } = await owner.query<{ count: number }>(`SELECT count(*)::int AS count FROM ${statement}`, [
    ...values,
  ])
  return rows[0]?.count ?? 0
}

const told = (school = 'north') => count(`"Notification" WHERE "tenantId" = $1`, [school])
const open = () =>
  count(`"Outbox" WHERE "deliveredAt" IS NULL AND kind IN ('notice.announcement', 'mail.notice')`)

async function until(what: string, condition: () => Promise<boolean>, seconds = 40): Promise<void> {
  const deadline = Date.now() + seconds * 1_000
  while (Date.now() < deadline) {
    if (await condition()) return
    await sleep(20)
  }
  const logs = [...running].map((one) => readFileSync(one.logFile, 'utf8').slice(-2_000))
  throw new Error(`In vain: ${what}.\n${logs.join('\n')}`)
}

function say(school: string, courseId: string, teacher: string, key: string) {
  const by = { userId: teacher, everyCourse: false }
  return withTenant(school, (db) =>
    announce(db, { courseId, by, key, title: `About ${key}`, body: 'Words.' }),
  )
}

beforeAll(async () => {
  await bundleWorker(bundle)
  for (const school of ['north', 'south']) {
    await makeSchool(owner, school)
    const [teacher = ''] = await makePeople(owner, school, `${school}t`, { role: 'INSTRUCTOR' })
    for (const course of [`${school}big`, `${school}few`])
      await makeCourse(owner, school, course, { instructorId: teacher, modules: 1, lessons: 1 })
  }
  const people = await makePeople(owner, 'north', 'n', { count: LEARNERS })
  await makeEnrollments(owner, 'north', 'northbig', people)
  await makeEnrollments(owner, 'north', 'northfew', people.slice(0, 10))
  await makeEnrollments(owner, 'south', 'southfew', await makePeople(owner, 'south', 's', { count: 3 }))
  await owner.query(
    `INSERT INTO "NotificationSettings" ("tenantId", "userId", choices)
     SELECT 'north', id, '{"quiet":null,"types":{"COURSE_UPDATE":{"mail":"once"}}}' FROM "User"
     WHERE "tenantId" = 'north' AND id LIKE 'n%' AND role = 'STUDENT' ORDER BY md5(id) LIMIT ${WRITTEN_TO}`,
  )
}, 60_000)

beforeEach(async () => {
  for (const table of ['Notification', 'Outbox', 'Announcement']) await owner.query(`DELETE FROM "${table}"`)
  await owner.query('DELETE FROM graphile_worker._private_jobs')
})
afterEach(async () => {
  await Promise.all([...running].map((one) => one.kill()))
})
afterAll(() => {
  rmSync(folder, { recursive: true, force: true })
  for (const file of [bundle, `${bundle}.map`]) rmSync(file, { force: true })
})

describe('an announcement to thousands', () => {
  test('costs the request that makes it as many statements as one to ten', async () => {
    const few = await statementsOf(() => say('north', 'northfew', 'northt0', 'few'))
    const many = await statementsOf(() => say('north', 'northbig', 'northt0', 'many'))
    expect(many.length).toBe(few.length)
    expect(many.length).toBeLessThanOrEqual(4)
  })

  test('is told to each of them once, and each letter goes out, while workers are killed at any moment', async () => {
    const mail = await MailServer.start()
    await say('north', 'northbig', 'northt0', 'killed')
    const reached: number[] = []
    for (let kill = 0; kill < 5; kill += 1) {
      const one = worker(mail.url)
      const enough = (await told()) + 1
      await until('some', async () => (await told()) >= Math.min(enough, LEARNERS))
      await sleep(Math.random() * 60)
      await one.kill()
      reached.push(await told())
    }
    worker(mail.url)
    await until('all', async () => (await open()) === 0)
    expect(reached[0]).toBeLessThan(LEARNERS)
    expect(await told()).toBe(LEARNERS)
    expect(await count('(SELECT DISTINCT "userId" FROM "Notification") n')).toBe(LEARNERS)
    const letters = await owner.query<{ id: string; email: string }>(
      `SELECT o.id || '@lms.example' AS id, u.email FROM "Outbox" o JOIN "Notification" n ON n.id = o.payload->>'noticeId'
       JOIN "User" u ON u.id = n."userId" AND u."tenantId" = n."tenantId" WHERE o.kind = 'mail.notice'`,
    )
    expect(letters.rows).toHaveLength(WRITTEN_TO)
    // Killed between sending and noting it, a letter goes out again, and says that it is the same.
    expect(new Set(mail.ids)).toEqual(new Set(letters.rows.map(({ id }) => id)))
    const to = new Map(letters.rows.map(({ id, email }) => [id, email]))
    for (const [at, { recipients }] of mail.received.entries())
      expect(recipients).toEqual([to.get(mail.ids[at] ?? '')])
    expect(await count(`"Outbox" WHERE kind = 'mail.notices'`)).toBe(LEARNERS - WRITTEN_TO)
  }, 120_000)

  test('delivered again, from any of its parts, tells nobody twice and makes no job twice', async () => {
    await say('north', 'northbig', 'northt0', 'again')
    const parts = async () =>
      (
        await owner.query<{ id: string }>(
          `SELECT id FROM "Outbox" WHERE kind = 'notice.announcement' ORDER BY "createdAt"`,
        )
      ).rows
    for (let before = -1; before < (await parts()).length;) {
      const all = await parts()
      before = all.length
      for (const { id: outboxId } of all) await runOutbox({ tenantId: 'north', outboxId })
    }
    const whole = (await parts()).length
    expect(whole).toBe(Math.floor(LEARNERS / 1_000) + (LEARNERS % 1_000 === 0 ? 1 : 1))
    await owner.query('UPDATE "Outbox" SET "deliveredAt" = NULL')
    for (const { id: outboxId } of await parts()) await runOutbox({ tenantId: 'north', outboxId })
    expect(await told()).toBe(LEARNERS)
    expect((await parts()).length).toBe(whole)
    expect(await count(`"Outbox" WHERE kind IN ('mail.notice', 'mail.notices')`)).toBe(LEARNERS)
  }, 60_000)

  test('is through within a minute, and its request took no longer than that of one to ten', async () => {
    const mail = await MailServer.start()
    const timed = async (course: string, key: string): Promise<number> => {
      const began = performance.now()
      await say('north', course, 'northt0', key)
      return performance.now() - began
    }
    const few: number[] = []
    const many: number[] = []
    for (let round = 0; round < 10; round += 1) {
      few.push(await timed('northfew', `few${round}`))
      many.push(await timed('northbig', `many${round}`))
    }
    for (const table of ['Outbox', 'Announcement']) await owner.query(`DELETE FROM "${table}"`)
    await owner.query('DELETE FROM graphile_worker._private_jobs')
    const one = worker(mail.url)
    await until('the worker', () => Promise.resolve(readFileSync(one.logFile, 'utf8').includes('is alive')))
    await say('north', 'northbig', 'northt0', 'timed')
    const began = performance.now()
    await until('all', async () => (await told()) === LEARNERS, 60)
    const took = performance.now() - began
    const memory = /VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${one.pid}/status`, 'utf8'))?.[1]
    const median = (list: number[]): string => (list.toSorted((a, b) => a - b)[5] ?? 0).toFixed(1)
    process.stdout.write(
      `an announcement: request to 10 ${median(few)} ms, to ${LEARNERS} ${median(many)} ms (medians of 10); ` +
        `told by the worker in ${Math.round(took)} ms; its memory at most ${Math.round(Number(memory ?? 0) / 1024)} MB\n`,
    )
    expect(took).toBeLessThan(60_000)
  }, 120_000)

  test('lets another school’s news pass', async () => {
    const mail = await MailServer.start()
    // More of them than the worker does at the same time.
    for (let n = 0; n < 8; n += 1) await say('north', 'northbig', 'northt0', `wave${n}`)
    await say('south', 'southfew', 'southt0', 'small')
    worker(mail.url)
    await until('the other school’s', async () => (await told('south')) === 3)
    expect(await told('north')).toBeLessThan(8 * LEARNERS * 0.6)
    await until('the rest', async () => (await told('north')) === 8 * LEARNERS, 90)
  }, 120_000)
})
