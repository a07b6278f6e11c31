import { existsSync } from 'node:fs'

/** One tool of the check: what it is called on the screen and how it is started. */
export type Step = {
  readonly name: string
  /** Path of the tool's JavaScript, then its arguments. It runs under the Node that runs the check. */
  readonly command: readonly string[]
}

const tool = (path: string): string => `node_modules/${path}`
const PRETTIER = tool('prettier/bin/prettier.cjs')
const ESLINT = tool('eslint/bin/eslint.js')
const NEXT = tool('next/dist/bin/next')
const PRISMA = tool('prisma/build/index.js')

const format: Step = { name: 'format', command: [PRETTIER, '--check', '--log-level', 'warn', '.'] }
const lint: Step = { name: 'lint', command: [ESLINT, '.', '--max-warnings', '0'] }
const types: Step = { name: 'types', command: [tool('typescript/bin/tsc'), '--noEmit', '--pretty', 'false'] }
const imports: Step = {
  name: 'imports',
  command: [
    tool('dependency-cruiser/bin/dependency-cruiser.mjs'),
    ...['--config', '.dependency-cruiser.mjs', '--output-type', 'err-long', '.'],
  ],
}
const deadCode: Step = {
  name: 'dead code',
  command: [tool('knip/bin/knip.js'), '--no-progress', '--no-config-hints'],
}

/**
 * Two lanes for two cores: the linter takes as long as all the others together.
 * Within a lane the steps follow each other.
 */
export const LANES: readonly (readonly Step[])[] = [[lint], [format, types, imports, deadCode]]

/** What `--fix` runs first. The formatter comes last, because the linter's repairs know no line width. */
export const FIXES: readonly Step[] = [
  { name: 'lint --fix', command: [ESLINT, '.', '--fix'] },
  { name: 'format --write', command: [PRETTIER, '--write', '--log-level', 'warn', '.'] },
]

/** What a fresh clone lacks: without it every import of it would look broken. */
export function missingGenerated(): Step[] {
  const steps: Step[] = []
  if (!existsSync('lib/db/generated/client.ts'))
    steps.push({ name: 'prisma generate', command: [PRISMA, 'generate'] })
  if (!existsSync('next-env.d.ts')) steps.push({ name: 'next typegen', command: [NEXT, 'typegen'] })
  return steps
}
