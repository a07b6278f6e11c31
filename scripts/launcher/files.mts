import {
  chmodSync,
  closeSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs'
import path from 'node:path'

const LOG_LIMIT = 10 * 1024 * 1024

/** A parsed JSON file; undefined when it is missing or was cut short by a crash. */
export function readJson(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, 'utf8'))
  } catch (error) {
    if (error instanceof SyntaxError) return undefined
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined
    throw error
  }
}

/** Writes a file that only its owner reads. It appears complete or not at all. */
export function writePrivate(file: string, content: string): void {
  mkdirSync(path.dirname(file), { recursive: true })
  const part = `${file}.${process.pid}.part`
  writeFileSync(part, content, { mode: 0o600 })
  chmodSync(part, 0o600)
  renameSync(part, file)
}

/** A string field of something parsed; undefined when it has none. */
export function textIn(value: unknown, key: string): string | undefined {
  if (typeof value !== 'object' || value === null) return undefined
  const found: unknown = Reflect.get(value, key)
  return typeof found === 'string' && found !== '' ? found : undefined
}

/** Opens a log to append to, emptied first when it has grown beyond 10 MB. The caller closes it. */
export function openLog(file: string): number {
  mkdirSync(path.dirname(file), { recursive: true })
  boundLog(file)
  return openSync(file, 'a', 0o600)
}

/** Empties a log beyond 10 MB. Its writers append, so they go on at the start. */
export function boundLog(file: string): void {
  try {
    if (statSync(file).size > LOG_LIMIT) truncateSync(file)
  } catch {
    // No log yet.
  }
}

/** The last lines of a log, written since byte `from`. */
export function logTail(file: string, from: number, lines: number): string[] {
  try {
    const text = readFileSync(file).subarray(from).toString('utf8').trimEnd()
    return text === '' ? [] : text.split('\n').slice(-lines)
  } catch {
    return []
  }
}

export function sizeOf(file: string): number {
  try {
    return statSync(file).size
  } catch {
    return 0
  }
}

/** Closes our end of a log that a child goes on writing to. */
export function closeQuietly(descriptor: number): void {
  try {
    closeSync(descriptor)
  } catch {
    // Closed already.
  }
}
