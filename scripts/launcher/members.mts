import { readdirSync, rmSync } from 'node:fs'
import { readJson, textIn, writePrivate } from './files.mts'
import { dataPath } from './paths.mts'
import { isAlive, nameOf, signal, waitUntil, type ProcessName } from './process-identity.mts'

/** A running command of this folder, and what it started. One file each in `.data/run`. */
export type Member = ProcessName &
  Readonly<{ command: string; port: number | null; usesDatabase: boolean; children: readonly ProcessName[] }>

const fileOf = (pid: number): string => dataPath('run', `${pid}.json`)

/** Writes down that this process runs `command`, or what has changed about it. */
export function announce(member: Omit<Member, 'pid' | 'started'>): void {
  writePrivate(fileOf(process.pid), JSON.stringify({ ...nameOf(process.pid), ...member }))
}

export function withdraw(): void {
  rmSync(fileOf(process.pid), { force: true })
}

/** The other commands of this folder that are running now. */
export function others(): Member[] {
  return all().filter((member) => member.pid !== process.pid && isAlive(member))
}

/**
 * Stops what commands left running that were killed themselves, such as a web server that still holds its port.
 * Call it under the database lock.
 */
export async function reapOrphans(): Promise<void> {
  for (const member of all()) {
    if (isAlive(member)) continue
    await Promise.all(member.children.filter(isAlive).map(stopGroup))
    rmSync(fileOf(member.pid), { force: true })
  }
}

/** Ends a child and all that it started: politely, and after five seconds without asking. */
async function stopGroup(child: ProcessName): Promise<void> {
  signal(-child.pid, 'SIGTERM')
  if (!(await waitUntil(() => !isAlive(child), 5000))) signal(-child.pid, 'SIGKILL')
}

function all(): Member[] {
  const found: Member[] = []
  for (const name of readdirSync(dataPath('run'))) {
    if (!/^\d+\.json$/.test(name)) continue
    const member = parse(readJson(dataPath('run', name)))
    if (member) found.push(member)
  }
  return found
}

function parse(value: unknown): Member | undefined {
  const name = processName(value)
  if (!name || typeof value !== 'object' || value === null) return undefined
  const children = 'children' in value && Array.isArray(value.children) ? value.children.map(processName) : []
  return {
    ...name,
    command: textIn(value, 'command') ?? 'another command',
    port: 'port' in value && typeof value.port === 'number' ? value.port : null,
    usesDatabase: 'usesDatabase' in value && value.usesDatabase === true,
    children: children.filter((child) => child !== undefined),
  }
}

function processName(value: unknown): ProcessName | undefined {
  const started = textIn(value, 'started')
  if (started === undefined || typeof value !== 'object' || value === null || !('pid' in value))
    return undefined
  return typeof value.pid === 'number' && value.pid > 1 ? { pid: value.pid, started } : undefined
}
