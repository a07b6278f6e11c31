import { createHash } from 'node:crypto'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { accountFor } from '#scripts/launcher/pg-account'
import { installationFor } from '#scripts/launcher/pg-location'
import { runningServer, startServerProcess, stopServer } from '#scripts/launcher/pg-server'
import {
  environmentOf,
  type Running,
  startWeb,
  startWorker,
  startWorld,
  untilAlive,
  type Web,
  type World,
} from '#scripts/screenshots/throwaway'
import { makeCourse, makeEnrollments, makeExam, makePeople, makeSchool } from '../factories'
import type { Final, Kept } from './checker'

/** The product on a stage of its own: two servers, a worker, a database, and the means to break each of them. */
export class Stage {
  readonly #world: World
  readonly #env: Record<string, string>
  readonly #folder: string
  readonly #webs: (Web | null)[] = [null, null]
  #worker: Running | null = null
  #closing = false
  readonly owner: pg.Pool
  /** What was broken, in words, for the report. */
  readonly broken: string[] = []

  private constructor(world: World, folder: string) {
    this.#world = world
    this.#folder = folder
    this.#env = environmentOf(world)
    this.owner = new pg.Pool({ connectionString: world.ownerUrl, max: 3 })
    this.owner.on('error', () => undefined)
  }

  static async open(folder: string): Promise<Stage> {
    const world = await startWorld({ seeded: false })
    const stage = new Stage(world, folder)
    // What is committed has to be on the disk's side of a crash, as it is in an installation.
    await stage.owner.query('ALTER DATABASE served SET synchronous_commit = on')
    await Promise.all([stage.startWeb(0), stage.startWeb(1)])
    stage.startWorker()
    return stage
  }

  get ports(): number[] {
    return this.#webs.flatMap((web) => (web === null ? [] : [web.port]))
  }

  async startWeb(place: number): Promise<void> {
    const web = await startWeb(this.#env, this.#folder)
    await untilAlive(web)
    if (this.#closing) await web.stop()
    else this.#webs[place] = web
  }

  startWorker(): void {
    this.#worker = startWorker(
      { ...this.#env, WORKER_DATABASE_URL: this.#world.workerUrl, PORT: '1' },
      this.#folder,
    )
  }

  /** A server dies between two of its statements, or between its commit and its answer. */
  async killWeb(place: number): Promise<void> {
    const web = this.#webs[place]
    if (web === null || web === undefined) return
    this.#webs[place] = null
    process.kill(web.pid, 'SIGKILL')
    await web.ended
    this.broken.push('server killed')
    await this.startWeb(place)
  }

  async killWorker(): Promise<void> {
    const worker = this.#worker
    this.#worker = null
    await worker?.kill()
    this.broken.push('worker killed')
    if (!this.#closing) this.startWorker()
  }

  /** As its supervisor would: it ends when its database goes. */
  async reviveWorker(): Promise<void> {
    const worker = this.#worker
    if (worker === null) return
    const ended = await Promise.race([worker.ended.then(() => true), sleep(10).then(() => false)])
    if (ended && !this.#closing) this.startWorker()
  }

  async cutConnections(): Promise<void> {
    await this.owner.query(
      `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name LIKE 'smartlms%' AND random() < 0.7`,
    )
    this.broken.push('connections cut')
  }

  /** The database crashes, and is started again. */
  async crashDatabase(): Promise<void> {
    const { dataDir, port, logFile } = this.#world.server
    const pid = runningServer(dataDir)
    if (pid !== undefined) await stopServer(pid, 'immediate')
    const account = accountFor(dataDir)
    const binDir = join(installationFor(account).folder, 'bin')
    await startServerProcess({ binDir, dataDir, account, port, logFile, settings: {} })
    this.broken.push('database crashed')
  }

  /** A school with people who are signed in and enrolled, and an exam that each may sit once. @returns their cookies */
  async arrange(people: number, questions: number): Promise<string[]> {
    await makeSchool(this.owner, 'acme')
    await makePeople(this.owner, 'acme', 'tea', { role: 'INSTRUCTOR' })
    const learners = await makePeople(this.owner, 'acme', 'ann', { count: people })
    await makeCourse(this.owner, 'acme', 'maths', { instructorId: 'tea0' })
    await makeEnrollments(this.owner, 'acme', 'maths', learners)
    const settings = { attempts: 1, shuffleQuestions: true }
    await makeExam(this.owner, 'acme', 'final', { courseId: 'maths', questions, duration: 60, settings })
    const tokens = learners.map((id) => createHash('sha256').update(`token of ${id}`).digest('base64url'))
    await this.owner.query(
      `INSERT INTO "Session" ("tenantId", "userId", "tokenHash", method, "expiresAt")
       SELECT 'acme', s.who, s.hash, 'password', now() + interval '1 day' FROM unnest($1::text[], $2::text[]) s(who, hash)`,
      [learners, tokens.map((token) => createHash('sha256').update(token).digest('hex'))],
    )
    return tokens.map((token) => `smartlms.session=${token}`)
  }

  /** Sets one deadline for these people's running attempts. @returns it, in milliseconds */
  async setDeadline(userIds: readonly string[], inSeconds: number): Promise<number> {
    const { rows } = await this.owner.query<{ at: Date }>(
      `WITH moment AS (SELECT date_trunc('milliseconds', clock_timestamp() + $2::int * interval '1 second') AS at)
       UPDATE "ExamAttempt" SET "deadlineAt" = m.at FROM moment m
       WHERE "submittedAt" IS NULL AND "userId" = ANY($1) RETURNING "deadlineAt" AS at`,
      [userIds, inSeconds],
    )
    return rows[0]?.at.getTime() ?? 0
  }

  async waiting(): Promise<{ running: number; unmarked: number; late: number }> {
    const { rows } = await this.owner.query<{ running: number; unmarked: number; late: number }>(
      `SELECT count(*) FILTER (WHERE "submittedAt" IS NULL)::int AS running,
         count(*) FILTER (WHERE "submittedAt" IS NOT NULL AND "maxScore" IS NULL)::int AS unmarked,
         count(*) FILTER (WHERE "submittedAt" IS NULL AND "deadlineAt" < now() - interval '5 seconds')::int AS late
       FROM "ExamAttempt"`,
    )
    return rows[0] ?? { running: 0, unmarked: 0, late: 0 }
  }

  async finals(): Promise<Final[]> {
    const { rows } = await this.owner.query<Raw>(FINALS)
    return rows.map(({ startedAt, deadlineAt, submittedAt, ...row }) => ({
      ...row,
      startedAt: startedAt.getTime(),
      deadlineAt: deadlineAt.getTime(),
      submittedAt: submittedAt?.getTime() ?? null,
    }))
  }

  async close(): Promise<void> {
    this.#closing = true
    await Promise.all(this.#webs.flatMap((web) => (web === null ? [] : [web.stop()])))
    await this.#worker?.stop()
    await this.owner.end()
    await this.#world.stop()
  }
}

type Raw = Omit<Final, 'startedAt' | 'deadlineAt' | 'submittedAt' | 'rows' | 'frozen'> & {
  startedAt: Date
  deadlineAt: Date
  submittedAt: Date | null
  rows: Kept[]
  frozen: Kept[]
}

const FINALS = `
  SELECT a.id, a."userId", a."startedAt", a."deadlineAt", a."submittedAt", a."endedBy"::text AS "endedBy", a.counts,
    a.score::float8 AS score, a."maxScore"::float8 AS "maxScore",
    (SELECT coalesce(json_agg(json_build_object('questionId', s."questionId", 'sequence', s.sequence,
        'value', s.value->'value', 'savedAt', extract(epoch FROM s."savedAt") * 1000)), '[]')
      FROM "ExamAnswer" s WHERE s."attemptId" = a.id) AS rows,
    (SELECT coalesce(json_agg(json_build_object('questionId', f.key, 'sequence', f.value->'sequence',
        'value', f.value->'value'->'value', 'savedAt', 0)), '[]')
      FROM jsonb_each(coalesce(a.answers->'answers', '{}')) f) AS frozen,
    (SELECT coalesce(array_agg(m."questionId"), '{}') FROM "ExamMark" m WHERE m."attemptId" = a.id) AS marks,
    (SELECT count(*)::int FROM "AuditLog" l WHERE l."targetId" = a.id AND l.action = 'exam.start') AS starts,
    (SELECT count(*)::int FROM "AuditLog" l WHERE l."targetId" = a.id AND l.action = 'exam.submit') AS submits
  FROM "ExamAttempt" a`
