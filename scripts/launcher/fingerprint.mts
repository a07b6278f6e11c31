import { createHash, type Hash } from 'node:crypto'
import { existsSync, lstatSync, readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { ROOT } from './paths.mts'

/**
 * One hash over files and folders of the project, by path and content. Missing ones count as missing.
 *
 * @param sources paths relative to the project
 * @param leaveOut paths that are made from others, or by others
 */
export function fingerprint(
  sources: readonly string[],
  leaveOut: readonly string[] = [],
  extra = '',
): string {
  const hash = createHash('sha256').update(extra)
  for (const source of sources) add(hash, source, leaveOut)
  return hash.digest('hex')
}

function add(hash: Hash, relative: string, leaveOut: readonly string[]): void {
  const file = path.join(ROOT, relative)
  if (leaveOut.includes(relative) || !existsSync(file)) return
  if (lstatSync(file).isDirectory()) {
    for (const name of readdirSync(file).sort()) add(hash, `${relative}/${name}`, leaveOut)
    return
  }
  const content = readFileSync(file)
  hash.update(`\0${relative}\0${content.length}\0`).update(content)
}
