import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { copyFile, mkdir, stat } from 'node:fs/promises'
import { dirname, extname, join } from 'node:path'
import { daysFrom, type Anchor } from './clock'
import { seedId } from './ids'
import type { Rows } from './rows'
import { SCHOOL_AGE_DAYS } from './schools'

/** Storage key of a file that lessons of a school show. `name` is `<course slug>/<file>`. */
export function assetKey(tenantId: string, name: string): string {
  return `${tenantId}/public/${name}`
}

/** A file on disk and the key under which the store shall hold it. */
export interface StoredFile {
  path: string
  key: string
}

const TYPES: Readonly<Record<string, string>> = {
  '.webp': 'image/webp',
  '.mp4': 'video/mp4',
  '.vtt': 'text/vtt',
}

/** What the files weigh, one row each, and the sum of each school: it counts against the plan. */
export function storedFileRows(
  anchor: Anchor,
  files: readonly StoredFile[],
): Pick<Rows, 'StoredFile' | 'UsageCounter'> {
  const createdAt = daysFrom(anchor, -SCHOOL_AGE_DAYS)
  const rows = files.map(({ path, key }) => {
    const content = readFileSync(path)
    return {
      ...{ id: seedId('file', key), tenantId: key.split('/')[0] ?? '', key, kind: 'lesson' },
      ...{ contentType: TYPES[extname(path)] ?? 'application/octet-stream', bytes: content.byteLength },
      ...{ sha256: createHash('sha256').update(content).digest('hex'), uploadedById: null, createdAt },
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
 * Copies files into the store's folder and gives the number of those that were missing. One that is there in the same
 * size stays as it is. Throws what the file system throws, a full disk for one.
 */
export async function storeFiles(folder: string, files: readonly StoredFile[]): Promise<number> {
  let copied = 0
  for (const { path, key } of files) {
    const target = join(folder, key)
    if ((await sizeOf(target)) === (await sizeOf(path))) continue
    await mkdir(dirname(target), { recursive: true })
    await copyFile(path, target)
    copied += 1
  }
  return copied
}
