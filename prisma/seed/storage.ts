import { copyFile, mkdir, stat } from 'node:fs/promises'
import { dirname, join } from 'node:path'

/** Storage key of a file that lessons of a school show. `name` is `<course slug>/<file>`. */
export function assetKey(tenantId: string, name: string): string {
  return `${tenantId}/public/${name}`
}

/** A file on disk and the key under which the store shall hold it. */
export interface StoredFile {
  path: string
  key: string
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
