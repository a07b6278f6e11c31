/**
 * Format, lint, types, import rules and dead code as one command:
 *   node scripts/check/lint.mts [--fix] [step …]
 * `--fix` repairs first what can be repaired; names of steps (say `types imports`) leave the others out.
 * Prints one line a step, then everything that the failed ones said. Exit code 1 if any failed.
 */
import { spawn } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { FIXES, LANES, missingGenerated, type Step } from './steps.mts'

type Outcome = { readonly step: Step; readonly ok: boolean; readonly output: string }

process.chdir(resolve(import.meta.dirname, '../..'))

function run(step: Step): Promise<Outcome> {
  const begin = performance.now()
  const color = process.stdout.isTTY ? { FORCE_COLOR: '1' } : {}
  return new Promise((done) => {
    const child = spawn(process.execPath, step.command, {
      env: { ...process.env, ...color, NEXT_TELEMETRY_DISABLED: '1' },
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    const said: string[] = []
    const keep = (chunk: Buffer): void => void said.push(chunk.toString())
    child.stdout.on('data', keep)
    child.stderr.on('data', keep)
    const finish = (ok: boolean): void => {
      const seconds = ((performance.now() - begin) / 1000).toFixed(1).padStart(6)
      console.log(`${ok ? 'ok    ' : 'FAILED'} ${step.name.padEnd(16)}${seconds} s`)
      done({ step, ok, output: said.join('') })
    }
    child.on('error', (error) => {
      said.push(error.message)
      finish(false)
    })
    child.on('close', (code) => {
      finish(code === 0)
    })
  })
}

async function inOrder(steps: readonly Step[]): Promise<Outcome[]> {
  const outcomes: Outcome[] = []
  for (const step of steps) outcomes.push(await run(step))
  return outcomes
}

/** Generates what a fresh clone lacks. Next also rewrites tsconfig.json in its own layout; a check changes no file of ours. */
async function prepare(): Promise<Outcome[]> {
  const before = readFileSync('tsconfig.json')
  const outcomes = await inOrder(missingGenerated())
  if (!readFileSync('tsconfig.json').equals(before)) writeFileSync('tsconfig.json', before)
  return outcomes
}

function chosenLanes(names: readonly string[]): Step[][] {
  const known = LANES.flat().map((step) => step.name)
  const unknown = names.filter((name) => !known.includes(name))
  if (unknown.length > 0) {
    console.error(`There is no step called ${unknown.join(', ')}. The steps: ${known.join(', ')}.`)
    process.exit(2)
  }
  return LANES.map((lane) => lane.filter((step) => names.length === 0 || names.includes(step.name)))
}

const names = process.argv.slice(2).filter((argument) => argument !== '--fix')
const lanes = chosenLanes(names)
const begin = performance.now()

const prepared = await prepare()
// A repair that can't repair everything fails, and so does the check after it: one report is enough.
if (process.argv.includes('--fix')) await inOrder(FIXES)
const checked = await Promise.all(lanes.map(inOrder))

const failed = [...prepared, ...checked.flat()].filter((outcome) => !outcome.ok)
for (const { step, output } of failed) console.log(`\n--- ${step.name} ---\n${output.trimEnd()}`)
const seconds = ((performance.now() - begin) / 1000).toFixed(1)
console.log(failed.length === 0 ? `all clean in ${seconds} s` : `\n${failed.length} failed, ${seconds} s`)
process.exitCode = failed.length === 0 ? 0 : 1
