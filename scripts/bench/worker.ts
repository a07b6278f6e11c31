import { randomUUID } from 'node:crypto'
import { Client } from 'pg'
import { announce } from '#lib/announcements/announce'
import { findSchoolBySubdomain } from '#lib/db/platform'
import { closePools } from '#lib/db/pool'
import { withTenant } from '#lib/db/tenant'
import { makeReport } from '#lib/insight/make-report'
import { plainRows } from './plain-data'
import { productRows } from './product-data'
import type { Answer, Job, Result, Sent, Place } from './protocol.mts'

// Runs the product's data layer for scripts/bench.mts: `node -C react-server -r ts-node/register worker.ts URL`,
// with the product's own variables set and URL a connection that row-level security does not hold.

/** Enough for every statement to have its plan and for the engine to have compiled what it runs. */
const WARM_UP = 300

/** Statements that the driver sends while `work` runs. They are taken from the driver itself, so none is missed. */
async function sentDuring(work: () => Promise<unknown>): Promise<Sent[]> {
  const sent: Sent[] = []
  const prototype = Client.prototype as { query: (...input: unknown[]) => unknown }
  const original = prototype.query
  prototype.query = function (this: unknown, ...input: unknown[]) {
    const [query] = input
    if (typeof query === 'object' && query !== null && 'text' in query && 'values' in query) {
      sent.push({ text: String(query.text), values: Array.isArray(query.values) ? query.values : [] })
    }
    return Reflect.apply(original, this, input)
  }
  try {
    await work()
  } finally {
    prototype.query = original
  }
  return sent
}

/** Milliseconds per call, one call after the other. */
async function timed(calls: number, work: () => Promise<unknown>): Promise<number> {
  const started = performance.now()
  for (let call = 0; call < calls; call += 1) await work()
  return (performance.now() - started) / calls
}

async function record(place: Place): Promise<Result> {
  return {
    kind: 'record',
    host: await sentDuring(() => findSchoolBySubdomain(place.subdomain)),
    unit: await sentDuring(() => productRows(place)),
  }
}

async function compare(client: Client, job: Extract<Job, { kind: 'compare' }>): Promise<Result> {
  const { place, sql, rounds, calls } = job
  const product = (): Promise<unknown[]> => productRows(place)
  const plain = (): Promise<unknown[]> => plainRows(client, place, sql)
  const [left, right] = [JSON.stringify(await product()), JSON.stringify(await plain())]
  if (left !== right)
    throw new Error(`The two sides of ${place.page} give different rows: ${left} / ${right}`)
  await timed(WARM_UP, product)
  await timed(WARM_UP, plain)
  const times: { product: number[]; plain: number[] } = { product: [], plain: [] }
  for (let round = 0; round < rounds; round += 1) {
    times.product.push(await timed(calls, product))
    times.plain.push(await timed(calls, plain))
  }
  return { kind: 'compare', ...times }
}

async function announceAll(job: Extract<Job, { kind: 'announce' }>): Promise<Result> {
  const { tenantId, courseId, teacherId, calls } = job
  const titles: string[] = []
  const milliseconds = await timed(calls, () => {
    const key = randomUUID()
    titles.push(key)
    const by = { userId: teacherId, everyCourse: false }
    return withTenant(tenantId, (db) => announce(db, { courseId, by, key, title: key, body: 'Words.' }))
  })
  return { kind: 'announce', milliseconds, titles }
}

async function run(client: Client, job: Job): Promise<Result> {
  switch (job.kind) {
    case 'record':
      return record(job.place)
    case 'compare':
      return compare(client, job)
    case 'time': {
      const all = async (): Promise<void> => {
        await findSchoolBySubdomain(job.place.subdomain)
        await productRows(job.place)
      }
      return { kind: 'time', milliseconds: await timed(job.calls, all) }
    }
    case 'announce':
      return announceAll(job)
    case 'report':
      return { kind: 'report', milliseconds: await timed(1, () => makeReport(job)) }
  }
}

async function main(): Promise<void> {
  const client = new Client({ connectionString: process.argv[2] ?? '' })
  await client.connect()
  process.on('message', (job: Job) => {
    run(client, job).then(
      (result) => process.send?.({ result } satisfies Answer),
      (error: unknown) => process.send?.({ error: String(error) } satisfies Answer),
    )
  })
  // The measuring process is done, or gone.
  process.on('disconnect', () => {
    void Promise.all([client.end(), closePools()]).finally(() => process.exit(0))
  })
  process.send?.({ result: { kind: 'time', milliseconds: 0 } } satisfies Answer)
}

void main()
