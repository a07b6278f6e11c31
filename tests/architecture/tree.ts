import { readdirSync, readFileSync } from 'node:fs'
import { join, relative, resolve, sep } from 'node:path'

/** Absolute path of the repository. */
export const root = resolve(import.meta.dirname, '../..')

/** Absolute path below tests/architecture/fixtures. */
export function fixture(...parts: string[]): string {
  return join(root, 'tests/architecture/fixtures', ...parts)
}

const WRITTEN_BY_TOOLS =
  /(^|\/)(node_modules|\.next|\.data|\.git|coverage|test-results)\/|^lib\/db\/generated\/|^next-env\.d\.ts$/
const BROKEN_ON_PURPOSE = /^tests\/architecture\/fixtures\//

/**
 * Files of a folder as paths relative to it, with forward slashes and in alphabetical order.
 * What tools write is left out, and so are the fixtures of this folder.
 * @param base absolute path, the repository unless told
 */
export function files(base: string = root): string[] {
  const found: string[] = []
  const visit = (folder: string): void => {
    for (const entry of readdirSync(folder, { withFileTypes: true })) {
      const path = relative(base, join(folder, entry.name)).split(sep).join('/')
      const asFolder = entry.isDirectory() ? `${path}/` : path
      if (WRITTEN_BY_TOOLS.test(asFolder) || BROKEN_ON_PURPOSE.test(asFolder)) continue
      if (entry.isDirectory()) visit(join(folder, entry.name))
      else if (entry.isFile()) found.push(path)
    }
  }
  visit(base)
  return found.sort()
}

/** Text of one file, named as `files` names it. */
export function text(path: string, base: string = root): string {
  return readFileSync(join(base, path), 'utf8')
}

/** TypeScript and JavaScript that people write. */
export function isCode(path: string): boolean {
  return /\.(ts|tsx|mts|cts|js|jsx|mjs|cjs)$/.test(path)
}
