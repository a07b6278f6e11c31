import 'server-only'
import { readdirSync } from 'node:fs'
import path from 'node:path'
import { newestMigration } from '#lib/db/platform'

export type Readiness = Readonly<{
  ready: boolean
  database: 'ok' | 'unreachable' | 'slow'
  migrations: 'current' | 'behind' | 'unknown'
}>

/** Milliseconds that the database has to answer. */
const PATIENCE = 500

let expected: string | undefined

function newestExpected(): string {
  expected ??= readdirSync(path.join(process.cwd(), 'prisma/migrations'), { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
    .sort()
    .at(-1)
  return expected ?? ''
}

function timeout(): Promise<'slow'> {
  return new Promise((resolve) => setTimeout(resolve, PATIENCE, 'slow').unref())
}

/**
 * Whether this process should get traffic: the database answers in time and is at least at our newest migration
 * (a newer one is fine: during a rolling deploy the old code runs on the new schema).
 */
export async function readiness(): Promise<Readiness> {
  try {
    const found = await Promise.race([newestMigration(), timeout()])
    if (found === 'slow') return { ready: false, database: 'slow', migrations: 'unknown' }
    const current = found !== null && found >= newestExpected()
    return { ready: current, database: 'ok', migrations: current ? 'current' : 'behind' }
  } catch {
    return { ready: false, database: 'unreachable', migrations: 'unknown' }
  }
}
