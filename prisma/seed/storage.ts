import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { copyFile, mkdir, stat, writeFile } from 'node:fs/promises'
import { dirname, extname, join } from 'node:path'
import { daysFrom, type Anchor } from './clock'
import { seedId } from './ids'
import type { Rows } from './rows'
import { SCHOOL_AGE_DAYS } from './schools'

/** Storage key of a file that lessons of a school show. `name` is `<course slug>/<file>`. */
export function assetKey(tenantId: string, name: string): string {
  return `${tenantId}/public/${name}`
}

/** A file, and the key under which the store shall hold it: one on disk, or one that a learner wrote. */
export type StoredFile =
  | Readonly<{ key: string; path: string }>
  | Readonly<{ key: string; content: string; uploadedById: string; createdAt: Date }>

const TYPES: Readonly<Record<string, string>> = {
  '.webp': 'image/webp',
  '.mp4': 'video/mp4',
  '.vtt': 'text/vtt',
  '.csv': 'text/csv; charset=utf-8',
  '.txt': 'text/plain; charset=utf-8',
}

function bytesOf(file: StoredFile): Buffer {
  return 'path' in file ? readFileSync(file.path) : Buffer.from(file.content)
}

/** What the files weigh, one row each, and the sum of each school: it counts against the plan. */
export function storedFileRows(
  anchor: Anchor,
  files: readonly StoredFile[],
): Pick<Rows, 'StoredFile' | 'UsageCounter'> {
  const createdAt = daysFrom(anchor, -SCHOOL_AGE_DAYS)
  const rows = files.map((file) => {
    const { key } = file
    const content = bytesOf(file)
    const by =
      'path' in file
        ? { kind: 'lesson', uploadedById: null, createdAt }
        : { kind: 'submission', uploadedById: file.uploadedById, createdAt: file.createdAt }
    return {
      ...{ id: seedId('file', key), tenantId: key.split('/')[0] ?? '', key, ...by },
      ...{ contentType: TYPES[extname(key)] ?? 'application/octet-stream', bytes: content.byteLength },
      ...{ sha256: createHash('sha256').update(content).digest('hex') },
    }
  })
  const tenants = [...new Set(rows.map(({ tenantId }) => tenantId))]
  const counters = tenants.map((tenantId) => ({
    ...{ id: seedId('usage', tenantId, 'storage'), tenantId, kind: 'storage', period: '' },
    amount: rows.filter((row) => row.tenantId === tenantId).reduce((sum, row) => sum + row.bytes, 0),
  }))
  return { StoredFile: rows, UsageCounter: counters }
}

async function sizeOf(path: string): Promise<number | null> {
  try {
    return (await stat(path)).size
  } catch {
    return null
  }
}

/**
 * Puts files into the store's folder and gives the number of those that were missing. One that is there in the same
 * size stays as it is. Throws what the file system throws, a full disk for one.
 */
export async function storeFiles(folder: string, files: readonly StoredFile[]): Promise<number> {
  let copied = 0
  for (const file of files) {
    const target = join(folder, file.key)
    const bytes = 'path' in file ? await sizeOf(file.path) : Buffer.byteLength(file.content)
    if ((await sizeOf(target)) === bytes) continue
    await mkdir(dirname(target), { recursive: true })
    await ('path' in file ? copyFile(file.path, target) : writeFile(target, file.content))
    copied += 1
  }
  return copied
}
