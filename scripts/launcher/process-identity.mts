import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'

/**
 * When a process started, as an opaque text. Pid and start time together name a process: a pid alone may have
 * been given to somebody else since, and we would stop a stranger.
 *
 * @returns undefined when there is no such process, or only a zombie of it
 */
export function startOf(pid: number): string | undefined {
  if (process.platform === 'linux') {
    try {
      const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
      // The name in parentheses may hold spaces; fields are counted from behind it. 0: state, 19: start time.
      const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
      return fields[0] === 'Z' || fields[0] === 'X' ? undefined : fields[19]
    } catch {
      return undefined
    }
  }
  const line = ps(pid, 'state=,lstart=')
  return line === '' || line.startsWith('Z') ? undefined : line.replace(/^\S+\s+/, '')
}

export type ProcessName = Readonly<{ pid: number; started: string }>

export function isAlive(name: ProcessName): boolean {
  return startOf(name.pid) === name.started
}

/** @throws Error when the process has ended already */
export function nameOf(pid: number): ProcessName {
  const started = startOf(pid)
  if (started === undefined) throw new Error(`Process ${pid} has ended.`)
  return { pid, started }
}

/** The command line of a process; '' when it can't be read. */
export function commandOf(pid: number): string {
  if (process.platform !== 'linux') return ps(pid, 'command=')
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ')
  } catch {
    return ''
  }
}

function ps(pid: number, format: string): string {
  try {
    return execFileSync('ps', ['-ww', '-o', format, '-p', String(pid)], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    }).trim()
  } catch {
    return ''
  }
}

/** Sends a signal; a process that has ended is none of our trouble. Negative pids name process groups. */
export function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name)
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ESRCH') return
    throw error
  }
}

/** Waits until `ended` says so. @returns false when `milliseconds` passed before */
export async function waitUntil(ended: () => boolean, milliseconds: number, pause = 50): Promise<boolean> {
  const deadline = Date.now() + milliseconds
  while (!ended()) {
    if (Date.now() > deadline) return false
    await sleep(pause)
  }
  return true
}

export function sleep(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds))
}
