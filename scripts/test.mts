/**
 * `npm test`: lint, types, import rules, unit and architecture tests; then integration tests on a real PostgreSQL, the
 * launcher's own tests, and the served product (endpoints, tenancy, browser). `--deep` runs the full counts.
 * Closes with one line `N passed, N failed`. Exit code 1 if anything failed.
 */
import { spawn } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs'
import { relative, resolve } from 'node:path'
import { chromiumPath } from './browser/chromium-path.mts'

const ROOT = resolve(import.meta.dirname, '..')
const RESULTS = resolve(ROOT, '.data/test-results')

type Counts = { passed: number; failed: number; skipped: number }

type Report = {
  numPassedTests: number
  numFailedTests: number
  numPendingTests: number
  testResults: {
    name: string
    status: string
    message: string
    assertionResults: { status: string; fullName: string; failureMessages: string[] | null }[]
  }[]
}

/** What failed, said again at the end: a long log is often kept only from its end. */
const failures: string[] = []

const LINES = 12

function remember(what: string, messages: readonly string[]): void {
  const why = messages.join('\n').split('\n').slice(0, LINES)
  failures.push([what, ...why.map((line) => `    ${line}`)].join('\n'))
}

function rememberFailures(report: Report): void {
  for (const { name, status, message, assertionResults } of report.testResults) {
    const file = relative(ROOT, name)
    const failed = assertionResults.filter((one) => one.status === 'failed')
    for (const one of failed) remember(`${file} > ${one.fullName}`, one.failureMessages ?? [])
    if (status === 'failed' && failed.length === 0) remember(file, [message])
  }
}

const deep = process.argv.includes('--deep')
const chromium = chromiumPath()
const env: NodeJS.ProcessEnv = {
  ...process.env,
  NEXT_TELEMETRY_DISABLED: '1',
  ...(deep ? { SMARTLMS_DEEP: '1' } : {}),
  ...(chromium === undefined ? {} : { SMARTLMS_CHROMIUM: chromium }),
}
// The tests bring their own database; a developer's settings must not reach them.
for (const name of ['DATABASE_URL', 'APP_DATABASE_URL', 'PLATFORM_DATABASE_URL', 'NODE_ENV']) delete env[name]

function run(args: readonly string[]): Promise<number> {
  return new Promise((done) => {
    const child = spawn(process.execPath, args, { cwd: ROOT, env, stdio: 'inherit' })
    child.on('error', () => done(1))
    child.on('close', (code) => done(code ?? 1))
  })
}

async function vitest(name: string, projects: readonly string[]): Promise<Counts> {
  const file = resolve(RESULTS, `${name}.json`)
  const code = await run([
    'node_modules/vitest/vitest.mjs',
    'run',
    ...projects.flatMap((project) => ['--project', project]),
    '--reporter=default',
    '--reporter=json',
    `--outputFile.json=${file}`,
  ])
  if (!existsSync(file)) {
    remember(`${name}: vitest ended without a report`, [])
    return { passed: 0, failed: 1, skipped: 0 }
  }
  const report = JSON.parse(readFileSync(file, 'utf8')) as Report
  rememberFailures(report)
  // A run can fail without a failed test: an unhandled error, a hook, a file that doesn't load.
  const failed = code !== 0 && report.numFailedTests === 0 ? 1 : report.numFailedTests
  return { passed: report.numPassedTests, failed, skipped: report.numPendingTests }
}

rmSync(RESULTS, { recursive: true, force: true })
mkdirSync(RESULTS, { recursive: true })
const begin = performance.now()

const total: Counts = { passed: 0, failed: 0, skipped: 0 }
function add(counts: Counts): void {
  total.passed += counts.passed
  total.failed += counts.failed
  total.skipped += counts.skipped
}

const lint = await run(['scripts/check/lint.mts'])
if (lint !== 0) remember('npm run lint', [])
add({ passed: lint === 0 ? 1 : 0, failed: lint === 0 ? 0 : 1, skipped: 0 })
add(await vitest('code', ['unit', 'architecture']))
add(await vitest('database', ['integration']))
add(await vitest('launcher', ['launcher']))
add(await vitest('journeys', ['journeys']))
add(await vitest('served', ['e2e']))

const minutes = ((performance.now() - begin) / 60_000).toFixed(1)
if (chromium === undefined) {
  console.log(
    `No Chromium was found, so the browser tests (tests/e2e/*.browser.test.ts) were left out. See README, "Tests".`,
  )
}
if (failures.length > 0) console.log(`\nWhat failed:\n\n${failures.join('\n\n')}\n`)
console.log(`All of it took ${minutes} minutes${deep ? ', at full counts' : ''}.`)
console.log(
  `${String(total.passed)} passed, ${String(total.failed)} failed${total.skipped > 0 ? `, ${String(total.skipped)} skipped` : ''}`,
)
process.exitCode = total.failed === 0 && total.passed > 0 ? 0 : 1
