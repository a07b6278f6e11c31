import { readdirSync, readFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { z } from 'zod'

const ROOT = join(__dirname, '..')

/** A file of the demo world that is wrong. `message` names the file and what is wrong in it. */
export class SeedContentError extends Error {
  override readonly name = 'SeedContentError'

  constructor(path: string, problem: string, options?: ErrorOptions) {
    super(`${relative(ROOT, path)}: ${problem}`, options)
  }
}

/** The problem of anything thrown while reading a file, in one line. */
function problemOf(error: unknown): string {
  if (error instanceof z.ZodError) return z.prettifyError(error).replace(/\s+/g, ' ')
  return error instanceof Error ? error.message : String(error)
}

/** Runs `read` on the text of a file. Whatever it throws becomes a SeedContentError that names the file. */
export function readText<T>(path: string, read: (text: string) => T): T {
  try {
    return read(readFileSync(path, 'utf8'))
  } catch (error) {
    throw new SeedContentError(path, problemOf(error), { cause: error })
  }
}

/** Names of the folders in a folder, sorted. */
export function folders(path: string): string[] {
  const entries = readdirSync(path, { withFileTypes: true })
  return entries
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
    .sort()
}

/** Names of the files in a folder, sorted. */
export function files(path: string): string[] {
  const entries = readdirSync(path, { withFileTypes: true })
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => entry.name)
    .sort()
}
