import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { afterAll, afterEach, beforeAll, describe, expect, onTestFinished, test } from 'vitest'
import { linkToken } from '#lib/adapters/keys/keys'
import { invite } from '#lib/db/queries/invitations'
import { tell } from '#lib/db/queries/outbox'
import { withRealm, withTenant } from '#lib/db/tenant'
import { bundleWorker } from '#scripts/launcher/worker'
import { type Running, startWorker } from '#scripts/screenshots/throwaway'
import { addressOf, isDeep, testDatabase } from '#tests/support/database'
import { makePeople, makeSchool } from '#tests/support/factories'
import { MailServer, unusedPort } from './smtp-server'

const SECRET = 'tests-tests-tests-tests-tests-tests'
const { owner, ownerUrl, appUrl, platformUrl } = await testDatabase({ SMARTLMS_SECRET: SECRET })
const folder = mkdtempSync(join(tmpdir(), 'smartlms-worker-'))
const bundle = join(process.cwd(), '.data', 'worker', `test-${process.pid}.cjs`)
const running = new Set<Running>()
let started = 0

/** A worker as an installation has it, with a mail server of this test's. */
function worker(smtpUrl: string): Running {
  started += 1
  const one = startWorker(
    {
      ...{ DATABASE_URL: '', APP_DATABASE_URL: appUrl, PLATFORM_DATABASE_URL: platformUrl },
      WORKER_DATABASE_URL: addressOf(new URL(ownerUrl).pathname.slice(1), 'test_worker'),
      ...{
        SMARTLMS_SECRET: SECRET,
        SMTP_URL: smtpUrl,
        SMARTLMS_ORIGIN: 'https://lms.example',
        LOG_LEVEL: 'info',
      },
      ...{
        SMARTLMS_ROOT_DOMAIN: 'lms.example',
        MAIL_FROM: 'SmartLMS <no-reply@lms.example>',
        SMARTLMS_DEMO: '',
      },
    },
    join(folder, String(started)),
    bundle,
  )
  running.add(one)
  void one.ended.then(() => running.delete(one))
  return one
}

function logOf({ logFile }: Running): string {
  return readFileSync(logFile, 'utf8')
}

async function until(what: string, condition: () => boolean | Promise<boolean>, seconds = 20): Promise<void> {
  for (const deadline = Date.now() + seconds * 1_000; Date.now() < deadline;) {
    if (await condition()) return
    await sleep(25)
  }
  const logs = [...running].map((one) => logOf(one).slice(-3_000))
  throw new Error(`In vain: ${what}.\n${logs.join('\n')}`)
}

/** Tells `north` of an invitation to `address`. @returns the Message-ID that its letter has to have */
async function inviteTo(
  address: string,
  name: string | null = null,
): Promise<{ messageId: string; outboxId: string }> {
  const outboxId = await withTenant('north', async (db) => {
    const input = {
      email: address,
      name,
      role: 'STUDENT',
      roleIds: [],
      invitedById: 'boss0',
      hours: 24,
    } as const
    const { id } = await invite(db, input)
    return tell(db, { kind: 'mail.invitation', payload: { invitationId: id } })
  })
  return { messageId: `${outboxId}@lms.example`, outboxId }
}

async function delivered(outboxId: string): Promise<boolean> {
  const { rows } = await owner.query<{ done: boolean }>(
    'SELECT "deliveredAt" IS NOT NULL AS done FROM "Outbox" WHERE id = $1',
    [outboxId],
  )
  return rows[0]?.done === true
}

/** How many of these rows of the outbox are not noted as told. */
async function undelivered(ids: readonly string[]): Promise<number | null> {
  const open = 'SELECT FROM "Outbox" WHERE id = ANY ($1) AND "deliveredAt" IS NULL'
  return (await owner.query(open, [ids])).rowCount
}

beforeAll(async () => {
  await bundleWorker(bundle)
  await makeSchool(owner, 'north')
  await makePeople(owner, 'north', 'boss', { role: 'ADMIN' })
})
afterEach(async () => {
  await Promise.all([...running].map((one) => one.kill()))
})
afterAll(() => {
  rmSync(folder, { recursive: true, force: true })
  for (const file of [bundle, `${bundle}.map`]) rmSync(file, { force: true })
})

describe('a letter', () => {
  test('goes out soon after the change that it tells of, with a link to the school’s own host', async () => {
    const mail = await MailServer.start()
    worker(mail.url)
    const { messageId, outboxId } = await inviteTo('ann@school.example', 'Ann')
    await until('the letter', () => delivered(outboxId))
    expect(mail.ids).toEqual([messageId])
    const [{ mail: letter, recipients } = expect.fail()] = mail.received
    expect(recipients).toEqual(['ann@school.example'])
    expect(letter.from?.value).toEqual([{ name: 'School north', address: 'no-reply@lms.example' }])
    expect(letter.subject).toBe('You are invited to School north')
    const { rows } = await owner.query<{ id: string }>(
      `SELECT id FROM "Invitation" WHERE email = 'ann@school.example'`,
    )
    const token = linkToken('invitation', 'north', rows[0]?.id ?? '')
    expect(letter.text).toContain(`https://north.lms.example/invitation?token=${encodeURIComponent(token)}`)
    const links = [...(letter.text ?? '').matchAll(/https?:\/\/[^/\s]+/g)].map(([host]) => host)
    expect(new Set(links)).toEqual(new Set(['https://north.lms.example']))
  })

  test('is sent once when the worker was killed before it came to it', async () => {
    const mail = await MailServer.start()
    const first = worker(mail.url)
    await until('the first worker', () => logOf(first).includes('is alive'))
    await first.kill()
    const { messageId, outboxId } = await inviteTo('bea@school.example')
    worker(mail.url)
    await until('the letter', () => delivered(outboxId))
    await sleep(1_500)
    expect(mail.ids).toEqual([messageId])
  })

  test('is repeated with the same Message-ID, within seconds, when the worker died between sending and noting it', async () => {
    const mail = await MailServer.start()
    const { messageId, outboxId } = await inviteTo('cem@school.example')
    const holder = new pg.Client({ connectionString: ownerUrl })
    await holder.connect()
    // What the worker reads stays open to it; what it would write waits.
    await holder.query('BEGIN')
    await holder.query('SELECT FROM "Outbox" WHERE id = $1 FOR UPDATE', [outboxId])
    const first = worker(mail.url)
    await until('the first sending', () => mail.received.length === 1)
    await first.kill()
    await holder.query('ROLLBACK')
    await holder.end()
    expect(await delivered(outboxId)).toBe(false)
    const restarted = Date.now()
    worker(mail.url)
    await until('the second sending', () => delivered(outboxId))
    expect(Date.now() - restarted).toBeLessThan(12_000)
    await sleep(1_500)
    expect(mail.ids).toEqual([messageId, messageId])
  })

  test('waits for a mail server that is down', async () => {
    const port = await unusedPort()
    const { messageId, outboxId } = await inviteTo('dee@school.example')
    const one = worker(`smtp://127.0.0.1:${port}`)
    await until('a first try', () => logOf(one).includes(`${outboxId}","attempt":1`))
    expect(await delivered(outboxId)).toBe(false)
    const mail = await MailServer.start({ port })
    await until('the letter', () => delivered(outboxId), 30)
    expect(mail.ids).toEqual([messageId])
  })

  test('to an address that its server doesn’t know is given up at once, and the address stands in no log and no queue', async () => {
    const mail = await MailServer.start({ unknown: (address) => address.startsWith('eve') })
    const { outboxId } = await inviteTo('eve@school.example')
    const one = worker(mail.url)
    const jobs = async () =>
      (
        await owner.query<{ last_error: string | null; over: boolean }>(
          `SELECT last_error, attempts >= max_attempts AND locked_at IS NULL AS over FROM graphile_worker._private_jobs
           WHERE payload->>'outboxId' = $1`,
          [outboxId],
        )
      ).rows
    await until('the end of the job', async () => (await jobs())[0]?.over === true)
    expect((await jobs())[0]?.last_error).toMatch(/refused: EENVELOPE, RCPT TO, 550/)
    expect(await delivered(outboxId)).toBe(false)
    const log = logOf(one)
    expect(log).toContain('given up')
    expect(log).not.toContain('eve@')
  })

  test('about something that is over isn’t sent, and the next one is', async () => {
    const mail = await MailServer.start()
    const over = await inviteTo('fay@school.example')
    await owner.query(`UPDATE "Invitation" SET "revokedAt" = now() WHERE email = 'fay@school.example'`)
    worker(mail.url)
    await until('the note', () => delivered(over.outboxId))
    const next = await inviteTo('gil@school.example')
    await until('the next letter', () => delivered(next.outboxId))
    expect(mail.ids).toEqual([next.messageId])
  })

  test('of a school that isn’t open is held, costs no tries, and goes out once the school is opened again', async () => {
    const mail = await MailServer.start()
    const status = (name: string) =>
      owner.query(`UPDATE "Tenant" SET status = $1::"Status" WHERE id = 'north'`, [name])
    onTestFinished(async () => {
      await status('ACTIVE')
    })
    await status('SUSPENDED')
    const held = await inviteTo('lea@school.example')
    const old = await inviteTo('max@school.example')
    await owner.query(`UPDATE "Outbox" SET "createdAt" = now() - interval '8 days' WHERE id = $1`, [
      old.outboxId,
    ])
    const platform = await withRealm('platform', (db) =>
      tell(db, { kind: 'mail.school-request', payload: { requestId: 'none' } }),
    )
    const jobs = async () =>
      (
        await owner.query<{ id: string; attempts: number; later: boolean }>(
          `SELECT payload->>'outboxId' AS id, attempts, run_at > now() + interval '10 minutes' AS later
           FROM graphile_worker._private_jobs WHERE payload->>'outboxId' = ANY ($1) AND locked_at IS NULL`,
          [[held.outboxId, old.outboxId, platform]],
        )
      ).rows
    const look = () =>
      owner.query('UPDATE graphile_worker._private_jobs SET run_at = now() WHERE key = $1', [
        `outbox:${held.outboxId}`,
      ])
    worker(mail.url)
    await until('the waiting', async () => {
      const left = await jobs()
      return left.length === 1 && left[0]?.later === true
    })
    expect(await jobs()).toEqual([{ id: held.outboxId, attempts: 0, later: true }])
    await until('the platform’s news', () => delivered(platform))
    await status('INACTIVE')
    await look()
    await until('another look', async () => (await jobs())[0]?.later === true)
    expect(mail.received).toEqual([])
    expect(await undelivered([held.outboxId, old.outboxId])).toBe(2)
    await status('ACTIVE')
    await look()
    await until('the letter', () => delivered(held.outboxId))
    expect(mail.ids).toEqual([held.messageId])
    expect(await jobs()).toEqual([])
  })

  test('news that nobody handles, or of another shape, are given up and stop nothing', async () => {
    const mail = await MailServer.start()
    const odd = await withTenant('north', async (db) => [
      await tell(db, { kind: 'course.unheard-of', payload: {} }),
      await tell(db, { kind: 'mail.invitation', payload: { somebody: 'boss0' } }),
    ])
    const next = await inviteTo('hal@school.example')
    worker(mail.url)
    await until('the next letter', () => delivered(next.outboxId))
    const left = async () =>
      (
        await owner.query(
          `SELECT FROM graphile_worker._private_jobs WHERE payload->>'outboxId' = ANY ($1) AND attempts >= max_attempts AND locked_at IS NULL`,
          [odd],
        )
      ).rowCount
    await until('the ends', async () => (await left()) === 2)
    expect(mail.ids).toEqual([next.messageId])
  })
})

describe('two workers', () => {
  test('don’t take each other’s jobs, however long a mail server thinks', async () => {
    const mail = await MailServer.start({ thinking: 8_000 })
    for (let n = 0; n < 2; n += 1) worker(mail.url)
    const sent = await Promise.all(['ida', 'jan'].map((name) => inviteTo(`${name}@school.example`)))
    for (const { outboxId } of sent) await until('the letters', () => delivered(outboxId))
    await sleep(1_000)
    expect(mail.ids.toSorted()).toEqual(sent.map(({ messageId }) => messageId).toSorted())
  })

  test('one goes on with what the other was at when it died', async () => {
    const mail = await MailServer.start({ thinking: 1_500 })
    const first = worker(mail.url)
    const { messageId, outboxId } = await inviteTo('kim@school.example')
    await until('its beginning', () => mail.begun === 1)
    const second = worker(mail.url)
    await until('the other', () => logOf(second).includes('is alive'))
    await first.kill()
    await until('the letter', () => delivered(outboxId), 12)
    expect(new Set(mail.ids)).toEqual(new Set([messageId]))
  })
})

test('a worker that is told to stop finishes what it has begun', async () => {
  const mail = await MailServer.start()
  const sent = await Promise.all(Array.from({ length: 20 }, (_, n) => inviteTo(`stop${n}@school.example`)))
  const one = worker(mail.url)
  await until('some letters', () => mail.received.length >= 3)
  await one.stop()
  expect(await one.ended).toBe(0)
  const ids = mail.ids
  expect(new Set(ids).size).toBe(ids.length)
  const open = () => undelivered(sent.map(({ outboxId }) => outboxId))
  expect(await open()).toBe(sent.length - ids.length)
  worker(mail.url)
  await until('the rest', async () => (await open()) === 0)
  expect(mail.ids.toSorted()).toEqual(sent.map(({ messageId }) => messageId).toSorted())
})

test('of many letters none is lost while workers are killed at any moment, and a repeat says that it is one', async () => {
  const mail = await MailServer.start()
  const count = isDeep ? 1_000 : 200
  const sent = await Promise.all(Array.from({ length: count }, (_, n) => inviteTo(`many${n}@school.example`)))
  const wanted = new Map(sent.map(({ messageId }, n) => [messageId, `many${n}@school.example`]))
  for (let kill = 0; kill < 6; kill += 1) {
    const one = worker(mail.url)
    const enough = mail.received.length + 1 + Math.floor(Math.random() * 30)
    await until('some letters', () => mail.received.length >= enough)
    await sleep(Math.random() * 20)
    await one.kill()
  }
  const ids = sent.map(({ outboxId }) => outboxId)
  expect(await undelivered(ids)).toBeGreaterThan(0)
  worker(mail.url)
  await until('all letters', async () => (await undelivered(ids)) === 0, 60)
  expect(new Set(mail.ids)).toEqual(new Set(wanted.keys()))
  for (const { mail: letter, recipients } of mail.received) {
    expect([wanted.get((letter.messageId ?? '').replace(/^<|>$/g, ''))]).toEqual(recipients)
  }
}, 120_000)
