import 'server-only'
import {
  type JobHelpers,
  makeWorkerUtils,
  parseCronItems,
  run,
  type Runner,
  type WorkerUtils,
} from 'graphile-worker'
import { log } from '#lib/observability/log'
import { endExams } from './exams'
import { foldAllMarks } from './insight'
import { freeJobsOfTheDead, openPresence, type Presence } from './presence'
import { queueAddress } from './queue-address'
import { queueLogger } from './queue-log'
import { makeReports } from './reports'
import { GivenUp, type OutboxJob, outboxJob, runOutbox } from './run-outbox'
import { lateBadges, purge, sweepFiles, tidy } from './tidy'

/** Jobs at the same time. They wait for a mail server most of the time. */
const CONCURRENCY = 5

/** Milliseconds between two looks for jobs that became due, or were given back. */
const POLL = 1_000
/** Milliseconds between two looks for workers that died. */
const SWEEP = 5_000
/** Milliseconds between two lines that say that all is well. */
const HEARTBEAT = 60_000
const DAY = 24 * 3_600_000
/** Milliseconds until news of a school that isn't open are looked at again. */
const HELD_FOR = 15 * 60_000

/** What is done once a night; a night that was missed is made up for. */
const NIGHTLY = (
  [
    ['tidy', '17 3 * * *'],
    ['purge', '27 3 * * *'],
    ['sweep-files', '37 3 * * *'],
    ['late-badges', '47 3 * * *'],
  ] as const
).map(([task, match]) => ({ task, match, options: { backfillPeriod: DAY, jobKey: task, maxAttempts: 5 } }))

type Counts = { done: number; failed: number; givenUp: number }

/**
 * Puts news of a school that isn't open back on the queue, in a job of its own, so that waiting costs no tries. No
 * other part of the product has to know of it when the school is opened again.
 */
async function lookAgain(payload: OutboxJob, { addJob, job }: JobHelpers): Promise<void> {
  await addJob('outbox', payload, {
    ...{ runAt: new Date(Date.now() + HELD_FOR), maxAttempts: job.max_attempts },
    ...(job.key === null ? {} : { jobKey: job.key }),
  })
}

/** Runs one job; a fault that would come back the same ends it for good. */
function outboxTask(counts: Counts): (payload: unknown, helpers: JobHelpers) => Promise<void> {
  return async (payload, helpers) => {
    const { job } = helpers
    const started = performance.now()
    const ms = (): number => Math.round(performance.now() - started)
    const parsed = outboxJob.safeParse(payload)
    const about = { ...(parsed.success ? parsed.data : {}), attempt: job.attempts }
    try {
      if (!parsed.success) throw new GivenUp('The job’s payload has another shape.')
      const { kind, result } = await runOutbox(parsed.data)
      if (result === 'held') await lookAgain(parsed.data, helpers)
      counts.done += 1
      log().info({ ...about, kind, result, ms: ms() }, 'outbox')
    } catch (error) {
      const reason = error instanceof Error ? `${error.name}: ${error.message}` : String(error)
      if (error instanceof GivenUp) {
        counts.givenUp += 1
        log().error({ ...about, reason, ms: ms() }, 'outbox: given up')
        // Of a job that runs this takes the tries away, not the job: it stays to be looked at.
        if (job.key !== null) await helpers.query('select graphile_worker.remove_job($1)', [job.key])
      } else {
        counts.failed += 1
        log().warn({ ...about, reason, ms: ms() }, 'outbox: will be tried again')
      }
      throw error
    }
  }
}

function asError(error: unknown): Error {
  return error instanceof Error ? error : new Error(String(error))
}

async function sweep(utils: WorkerUtils): Promise<void> {
  try {
    const freed = await freeJobsOfTheDead(utils)
    if (freed > 0) log().warn({ workers: freed }, 'jobs of dead workers were given back')
  } catch (error) {
    log().warn({ reason: String(error) }, 'dead workers could not be looked for')
  }
}

async function waiting(utils: WorkerUtils): Promise<number | null> {
  try {
    return await utils.withPgClient(async (client) => {
      const { rows } = await client.query<{ count: number }>(
        'select count(*)::int as count from graphile_worker.jobs where run_at <= now() and attempts < max_attempts',
      )
      return rows[0]?.count ?? 0
    })
  } catch {
    return null
  }
}

function startRunner(presence: Presence, counts: Counts): Promise<Runner> {
  return run({
    connectionString: queueAddress(),
    maxPoolSize: CONCURRENCY + 3,
    concurrency: CONCURRENCY,
    pollInterval: POLL,
    noHandleSignals: true,
    logger: queueLogger(),
    taskList: {
      outbox: outboxTask(counts),
      tidy,
      purge,
      'sweep-files': sweepFiles,
      'late-badges': lateBadges,
    },
    parsedCronItems: parseCronItems(NIGHTLY),
    preset: {
      plugins: [
        {
          name: 'SmartlmsPresence',
          version: '1.0.0',
          worker: {
            hooks: {
              // Awaited before the first job is taken, so that no job is ever taken under a name without a lock.
              startWorker: (_ctx, event) => presence.announce(event.worker.workerPool.id),
            },
          },
        },
      ],
    },
  })
}

export type Worker = Readonly<{
  /** Takes no more jobs and waits for those that run. */
  stop: () => Promise<void>
  /** Settles when it can't go on, with the reason. */
  broken: Promise<Error>
}>

/** Starts taking jobs. @throws Error when the database is out of reach */
export async function startWorker(): Promise<Worker> {
  const utils = await makeWorkerUtils({
    connectionString: queueAddress(),
    maxPoolSize: 3,
    logger: queueLogger(),
  })
  const presence = await openPresence(utils)
  await sweep(utils)
  const counts: Counts = { done: 0, failed: 0, givenUp: 0 }
  const runner = await startRunner(presence, counts)
  const stopExams = endExams(utils)
  const stopFolding = foldAllMarks(utils)
  const stopReports = makeReports(utils)
  const beat = async (): Promise<void> =>
    log().info({ ...counts, waiting: await waiting(utils) }, 'the worker is alive')
  const timers = [setInterval(() => void sweep(utils), SWEEP), setInterval(() => void beat(), HEARTBEAT)]
  void beat()
  const stop = async (): Promise<void> => {
    for (const timer of timers) clearInterval(timer)
    await Promise.all([runner.stop(), stopExams(), stopFolding(), stopReports()])
    presence.release()
    await utils.release()
  }
  const ended = runner.promise.then(
    () => new Error('The queue stopped.'),
    (error: unknown) => asError(error),
  )
  return { stop, broken: Promise.race([presence.lost, ended]) }
}
