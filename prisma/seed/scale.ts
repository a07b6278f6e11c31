import type { Client } from 'pg'
import { parseDocument } from '#lib/content/document'
import { plainText } from '#lib/content/plain-text'
import { daysFrom, type Anchor } from './clock'
import { analyze, standingAnchor, transaction } from './database'
import { seedId } from './ids'
import { DEMO_PASSWORD_HASH } from './password'
import { benchmarkSchools, type BenchmarkSchool } from './scale-shape'
import { batchStatements, lastRowStatement, type Batch } from './scale-sql'
import { SCHOOL_AGE_DAYS } from './schools'

/*
 * Benchmark schools, written by generate_series inside the database. One unit of scale is a school `bench-<n>` of
 * about 100 rows, and about 20,000 rows of `bench-giant`; a giant is full at a million rows, and the next one begins
 * (`bench-giant-2`, …). So 50x is one giant of a million rows beside fifty small schools, and 500x is the database of
 * ten million rows that the budgets speak of, in which the largest school still has one million.
 * People sign in with the demo password: student-0@bench-giant.test and so on.
 */

const UNITS_PER_BATCH = 5

function lessonText(): string {
  const text =
    'A benchmark lesson is as long as a short real one, so that reading it costs what reading a lesson costs. ' +
    'It says the same in every school, because only its length and its shape matter here. '
  const paragraph = { type: 'paragraph', content: [{ type: 'text', text: text.repeat(2).trim() }] }
  const heading = { type: 'heading', attrs: { level: 2 }, content: [{ type: 'text', text: 'A part of it' }] }
  return JSON.stringify({
    type: 'doc',
    content: Array.from({ length: 5 }, () => [heading, paragraph]).flat(),
  })
}

/** Superusers may leave out the checks of references, which are most of the time, and true by construction here. */
async function withoutReferenceChecks(client: Client): Promise<void> {
  await client.query(`select set_config('session_replication_role', 'replica', true)
    where has_parameter_privilege('session_replication_role', 'SET')`)
}

async function addSchool(client: Client, anchor: Anchor, { subdomain }: BenchmarkSchool): Promise<string> {
  const tenantId = seedId('tenant', subdomain)
  const name = subdomain.replace('bench', 'Benchmark').replaceAll('-', ' ')
  await client.query(
    `insert into "Tenant" (id, name, subdomain, plan, "createdAt", "updatedAt")
      values ($1, $2, $3, 'ENTERPRISE', $4, $4) on conflict do nothing`,
    [tenantId, name, subdomain, daysFrom(anchor, -SCHOOL_AGE_DAYS)],
  )
  return tenantId
}

/** Gives how many rows were added; 0 for a batch that an earlier run committed. */
async function addBatch(client: Client, anchor: Anchor, batch: Batch, content: string): Promise<number> {
  const plain = plainText(parseDocument(content))
  const values = [batch.tenantId, batch.subdomain, anchor, DEMO_PASSWORD_HASH, content, plain]
  const found = await client.query(lastRowStatement(batch), values)
  if (found.rowCount !== 0) return 0
  return transaction(client, async () => {
    await client.query(`set local work_mem = '64MB'`)
    await withoutReferenceChecks(client)
    let added = 0
    for (const statement of batchStatements(batch))
      added += (await client.query(statement, values)).rowCount ?? 0
    return added
  })
}

function batchesOf(tenantId: string, school: BenchmarkSchool): Batch[] {
  return Array.from({ length: Math.ceil(school.units / UNITS_PER_BATCH) }, (_, index) => {
    const from = index * UNITS_PER_BATCH
    return { ...school, tenantId, from, to: Math.min(school.units, from + UNITS_PER_BATCH) }
  })
}

/** So that nobody wonders whether it still runs: every batch of a giant, every hundredth small school. */
function progressLine({ subdomain, units, to }: Batch, total: number): string | null {
  const rows = `${total.toLocaleString('en')} rows added`
  if (units > 1) return `  ${subdomain}: unit ${to} of ${units}, ${rows}`
  return subdomain.endsWith('00') ? `  ${subdomain}: ${rows}` : null
}

/** Adds the benchmark schools of a scale that are missing. `say` gets a line for each step of some length. */
export async function scaleUp(client: Client, scale: number, say: (line: string) => void): Promise<void> {
  const anchor = (await standingAnchor(client)) ?? new Date()
  const content = lessonText()
  let total = 0
  const grown: string[] = []
  for (const school of benchmarkSchools(scale)) {
    const tenantId = await addSchool(client, anchor, school)
    const before = total
    for (const batch of batchesOf(tenantId, school)) {
      total += await addBatch(client, anchor, batch, content)
      const line = progressLine(batch, total)
      if (line !== null) say(line)
    }
    if (total > before) grown.push(tenantId)
  }
  await analyze(client)
  // Rows that came without their triggers left no marks. Counted with statistics: without them joins are guesses.
  for (const tenantId of grown) await client.query('select smartlms_recount($1)', [tenantId])
  await analyze(client)
}
