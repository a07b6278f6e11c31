import { spawnSync } from 'node:child_process'
import { accessSync, chmodSync, constants, readFileSync } from 'node:fs'
import path from 'node:path'
import { defineConfig } from 'prisma/config'

// What the Prisma CLI reads before anything else: `npx prisma …` works with no variable to set and no download.

const root = import.meta.dirname
const env = process.env

/** `.env` fills in what the environment leaves open; it need not exist. */
function loadEnvFile(): void {
  try {
    process.loadEnvFile(path.join(root, '.env'))
  } catch {
    // No such file.
  }
}

/** The URL of the local database that `npm run dev` keeps, or undefined before its first start. */
function localDatabaseUrl(): string | undefined {
  try {
    const text = readFileSync(path.join(root, '.data', 'database.json'), 'utf8')
    const saved: unknown = JSON.parse(text)
    if (typeof saved !== 'object' || saved === null || !('databaseUrl' in saved)) return undefined
    return typeof saved.databaseUrl === 'string' ? saved.databaseUrl : undefined
  } catch {
    return undefined
  }
}

/** Path of the engine's stand-in. An archive unpacked without file modes leaves it unable to start, hence the chmod. */
function schemaEngine(): string {
  const file = path.join(root, 'scripts', 'prisma', 'schema-engine.mjs')
  try {
    accessSync(file, constants.X_OK)
  } catch {
    chmodSync(file, 0o755)
  }
  return file
}

loadEnvFile()
// The native engine is a download; a path the user sets themselves wins.
env['PRISMA_SCHEMA_ENGINE_BINARY'] ??= schemaEngine()
// Without these every command waits for a version check and sends usage data.
env['CHECKPOINT_DISABLE'] ??= '1'
env['PRISMA_HIDE_UPDATE_MESSAGE'] ??= '1'

/** Commands that talk to a database, as the CLI's first words. */
const NEEDS_DATABASE = new Set(['migrate', 'db', 'studio'])

/** Starts the local database for as long as this command runs, unless it runs already. Ends the command if it can't. */
function attachLocalDatabase(): void {
  const script = path.join(root, 'scripts', 'launcher', 'attach.mts')
  // The CLI may run on the machine's own Node; the launcher needs ours.
  const node = path.join(root, 'node_modules', '.bin', 'node')
  const { status } = spawnSync(node, [script, String(process.pid)], {
    stdio: ['ignore', 'ignore', 'inherit'],
  })
  if (status !== 0) process.exit(1)
}

const words = process.argv.slice(2, 4)
if (
  words.some((word) => NEEDS_DATABASE.has(word)) &&
  !process.argv.includes('--help') &&
  !env['DATABASE_URL']
) {
  attachLocalDatabase()
}
// Also what hands the seed its address.
const url = (env['DATABASE_URL'] ||= localDatabaseUrl() ?? '')
const shadowDatabaseUrl = env['SHADOW_DATABASE_URL']

export default defineConfig({
  schema: path.join('prisma', 'schema.prisma'),
  migrations: {
    path: path.join('prisma', 'migrations'),
    // The CLI splits this at spaces and starts it without a shell, so the quotes reach ts-node as they stand.
    seed: 'ts-node --compiler-options {"module":"CommonJS"} prisma/seed.ts',
  },
  ...(url ? { datasource: { url, ...(shadowDatabaseUrl ? { shadowDatabaseUrl } : {}) } } : {}),
})
