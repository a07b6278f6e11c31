import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { cruise } from 'dependency-cruiser'
import extractDepcruiseOptions from 'dependency-cruiser/config-utl/extract-depcruise-options'
import { fixture, root } from './tree'

const options = await extractDepcruiseOptions(join(root, '.dependency-cruiser.mjs'))

/** One import that the table forbids. */
export type Violation = { rule: string; from: string; to: string }

/** Every rule of the import table, by name. */
export function ruleNames(): string[] {
  return (options.ruleSet?.forbidden ?? []).map((rule) => rule.name ?? '(nameless)')
}

/**
 * Holds the import table against a folder as if it were the repository.
 * @param baseDir absolute path of the folder
 */
export async function violations(baseDir: string): Promise<Violation[]> {
  const { output } = await cruise(['.'], { ...options, baseDir })
  if (typeof output === 'string') throw new Error(output)
  return output.summary.violations.map(({ rule, from, to }) => ({ rule: rule.name, from, to }))
}

/**
 * The same for a tree under fixtures/imports, which is copied out first: it needs the real package.json
 * and the real packages beside it, or `#lib/…` and `next` would mean nothing there.
 */
export async function violationsOfFixture(name: string): Promise<Violation[]> {
  const place = mkdtempSync(join(tmpdir(), 'import-rules-'))
  try {
    cpSync(fixture('imports', name), place, { recursive: true })
    writeFileSync(join(place, 'package.json'), readFileSync(join(root, 'package.json')))
    symlinkSync(join(root, 'node_modules'), join(place, 'node_modules'))
    return await violations(place)
  } finally {
    rmSync(place, { recursive: true, force: true })
  }
}
