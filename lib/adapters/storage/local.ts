import 'server-only'
import { randomUUID } from 'node:crypto'
import { type FileHandle, mkdir, open, opendir, readdir, rename, rm, stat } from 'node:fs/promises'
import path from 'node:path'
import { AppError } from '#lib/errors'
import { assertKey, assertPrefix, contentTypeOf } from './keys'
import { assertPut, type Data, emptyFile, type ListedObject, type Store } from './store'

/** Bytes read at a time. */
const CHUNK = 65_536

/** Half-written files. No key can name it: segments don't start with a dot. */
const INCOMING = '.incoming'

/** Hours after which a half-written file is one whose process died. */
const ABANDONED_HOURS = 24

function errorCode(error: unknown): string | null {
  return error instanceof Error && 'syscall' in error && 'code' in error && typeof error.code === 'string'
    ? error.code
    : null
}

/** A fault of the disk as ours; anything else (the sender went away) stays what it was. */
function refusal(error: unknown): unknown {
  const code = errorCode(error)
  if (code === null) return error
  return new AppError('unavailable', `The file store refused: ${code}.`, { cause: error })
}

/** Null where there is nothing, also where a file stands in the place of a folder. */
async function orNull<T>(work: Promise<T>): Promise<T | null> {
  try {
    return await work
  } catch (error) {
    if (['ENOENT', 'ENOTDIR'].includes(errorCode(error) ?? '')) return null
    throw refusal(error)
  }
}

/**
 * A stream that opens its file when the first byte is asked for and closes it at the end, on cancel and on error.
 * One that opens at once would keep a descriptor for every answer whose body nobody reads (HEAD, a broken connection).
 */
function lazily(file: string, start: number, end: number): ReadableStream<Uint8Array> {
  let handle: FileHandle | undefined
  let position = start
  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        handle ??= await open(file)
        const wanted = Math.min(CHUNK, end - position + 1)
        const { bytesRead, buffer } = await handle
          .read(Buffer.allocUnsafe(wanted), 0, wanted, position)
          .catch(async (error: unknown) => {
            await handle?.close()
            throw error
          })
        position += bytesRead
        if (bytesRead > 0) controller.enqueue(buffer.subarray(0, bytesRead))
        if (bytesRead === 0 || position > end) {
          await handle.close()
          controller.close()
        }
      },
      async cancel() {
        await handle?.close()
      },
    },
    { highWaterMark: 0 },
  )
}

/** A folder's entries reach the disk; where a system can't do that (Windows), the rename alone has to do. */
async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder).catch(() => null)
  await handle?.sync().catch(() => undefined)
  await handle?.close()
}

async function writeOut(file: string, data: Data): Promise<void> {
  const handle = await open(file, 'wx', 0o600)
  try {
    let written = 0
    for await (const chunk of data instanceof Uint8Array ? [data] : data) {
      await handle.writeFile(chunk)
      written += chunk.byteLength
    }
    if (written === 0) throw emptyFile()
    await handle.sync()
  } finally {
    await handle.close()
  }
}

/** Whole or not at all: whoever opens the key meanwhile sees the old file or none. */
async function put(folder: string, key: string, data: Data): Promise<void> {
  const target = path.join(folder, key)
  const incoming = path.join(folder, INCOMING, randomUUID())
  try {
    await mkdir(path.dirname(incoming), { recursive: true })
    await writeOut(incoming, data)
    await mkdir(path.dirname(target), { recursive: true })
    await rename(incoming, target)
    await syncFolder(path.dirname(target))
  } catch (error) {
    await rm(incoming, { force: true }).catch(() => undefined)
    throw refusal(error)
  }
}

async function* filesIn(folder: string, prefix: string): AsyncGenerator<ListedObject> {
  const directory = await orNull(opendir(path.join(folder, prefix)))
  if (directory === null) return
  for await (const entry of directory) {
    const key = `${prefix}${entry.name}`
    if (entry.isDirectory()) yield* filesIn(folder, `${key}/`)
    const found = entry.isFile() ? await orNull(stat(path.join(folder, key))) : null
    if (found !== null) yield { key, modifiedAt: found.mtime }
  }
}

/** Removes what processes that died had half written. */
async function removeAbandoned(folder: string): Promise<void> {
  const before = Date.now() - ABANDONED_HOURS * 3_600_000
  for (const name of await readdir(path.join(folder, INCOMING)).catch(() => [])) {
    const file = path.join(folder, INCOMING, name)
    const found = await stat(file).catch(() => null)
    if (found !== null && found.mtimeMs < before) await rm(file, { force: true }).catch(() => undefined)
  }
}

/** Files on this machine's disk. `folder` is absolute or relative to where the process runs. */
export function localStore(folder: string): Store {
  const root = path.resolve(folder)
  let tidied: Promise<void> | undefined
  return {
    put: async (key, data, { contentType }) => {
      assertPut(key, contentType)
      tidied ??= removeAbandoned(root)
      await tidied
      await put(root, key, data)
    },
    open: async (key) => {
      assertKey(key)
      const file = path.join(root, key)
      const found = await orNull(stat(file))
      if (found === null || !found.isFile() || found.size === 0) return null
      return {
        size: found.size,
        contentType: contentTypeOf(key),
        read: (start, end) => lazily(file, start, end),
      }
    },
    remove: async (key) => {
      assertKey(key)
      await orNull(rm(path.join(root, key)))
    },
    list: (prefix) => {
      assertPrefix(prefix)
      return filesIn(root, prefix)
    },
  }
}
