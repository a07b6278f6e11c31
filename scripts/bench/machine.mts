import { execFileSync } from 'node:child_process'
import { cpus, loadavg, totalmem } from 'node:os'
import { ROOT } from '../launcher/paths.mts'

/** Above this load average nothing that depends on time is judged. */
export const QUIET_LOAD = 1

export type Facts = Readonly<{
  date: string
  commit: string
  cpu: string
  cores: number
  memoryGb: number
  node: string
  /** One minute's load average before anything was started. */
  load: number
}>

function git(...args: string[]): string {
  try {
    return execFileSync('git', args, {
      cwd: ROOT,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    }).trim()
  } catch {
    return ''
  }
}

/** What the figures were measured on. Call it before starting anything: the load is part of it. */
export function facts(): Facts {
  const [load = 0] = loadavg()
  const processors = cpus()
  const commit = git('rev-parse', '--short=10', 'HEAD') || 'unknown'
  const changed = git('status', '--porcelain', '--untracked-files=no', '--', '.', ':!docs') !== ''
  return {
    date: new Date().toISOString().slice(0, 16).replace('T', ' ') + ' UTC',
    commit: changed ? `${commit} with uncommitted changes` : commit,
    cpu: processors[0]?.model.trim() ?? 'unknown',
    cores: processors.length,
    memoryGb: Math.round(totalmem() / 2 ** 30),
    node: process.version,
    load: Math.round(load * 100) / 100,
  }
}

/** `name: value` pairs in the order in which a reader asks for them. */
export function factLines(own: Facts, postgres: string): [string, string][] {
  const judged =
    own.load <= QUIET_LOAD ? 'quiet, so times are judged' : 'busy, so nothing that depends on time is judged'
  return [
    ['Commit', own.commit],
    ['Measured', own.date],
    ['Machine', `${own.cpu}, ${own.cores} cores, ${own.memoryGb} GB`],
    ['Node', own.node],
    ['PostgreSQL', postgres],
    ['Load average before the start', `${own.load.toFixed(2)} (${judged})`],
  ]
}
