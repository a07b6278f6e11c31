import { mkdirSync, rmSync } from 'node:fs'
import path from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { dataPath } from './paths.mts'
import { sleep } from './process-identity.mts'

const BUSY = 5
const NOT_A_DATABASE = 26

/**
 * Runs `work` while no other process of this folder runs work under the same name.
 *
 * The lock is the one SQLite takes on a file: the kernel lets go of it when the process ends, however it ends, so
 * there is no stale lock to recognise and no race to break one.
 *
 * @param onWait called once when another process holds the lock for longer than a second
 */
export async function withLock<T>(
  name: 'database' | 'prepare' | 'build',
  work: () => Promise<T>,
  onWait = () => {},
): Promise<T> {
  const file = dataPath('run', `${name}.lock`)
  const release = await take(file, onWait)
  try {
    return await work()
  } finally {
    release()
  }
}

async function take(file: string, onWait: () => void): Promise<() => void> {
  const started = Date.now()
  let told = false
  for (;;) {
    const lock = tryTake(file)
    if (lock) return () => lock.close()
    if (!told && Date.now() - started > 1000) {
      told = true
      onWait()
    }
    await sleep(100)
  }
}

function tryTake(file: string): DatabaseSync | undefined {
  mkdirSync(path.dirname(file), { recursive: true, mode: 0o700 })
  const lock = new DatabaseSync(file, { timeout: 0 })
  try {
    lock.exec('BEGIN EXCLUSIVE')
    return lock
  } catch (error) {
    lock.close()
    const reason: unknown = error instanceof Error && 'errcode' in error ? error.errcode : undefined
    if (reason === NOT_A_DATABASE) rmSync(file, { force: true })
    else if (reason !== BUSY) throw error
    return undefined
  }
}
