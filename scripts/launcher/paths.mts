import { chmodSync, existsSync, mkdirSync } from 'node:fs'
import path from 'node:path'

/** The project's folder. */
export const ROOT = path.resolve(import.meta.dirname, '..', '..')

/** Path inside `.data`, where everything lives that a run leaves behind and that is not built from sources. */
export function dataPath(...parts: string[]): string {
  return path.join(ROOT, '.data', ...parts)
}

/**
 * Makes `.data` and its folders. The parent can be entered by others: as root the database runs as another user
 * and its files lie below; what is secret in there is 0600 itself.
 */
export function makeDataFolders(): void {
  for (const folder of [dataPath(), dataPath('run'), dataPath('logs')]) {
    if (existsSync(folder)) continue
    mkdirSync(folder, { recursive: true })
    chmodSync(folder, folder === dataPath() ? 0o711 : 0o700)
  }
}
