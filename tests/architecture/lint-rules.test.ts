import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { ESLint } from 'eslint'
import tseslint from 'typescript-eslint'
import { describe, expect, test } from 'vitest'
import { files, fixture, root, text } from './tree'

/** Fixtures that need types are called this, so that the type checker can be told to expect it. */
const TYPED = 'lib/example.ts'

const eslint = new ESLint({
  cwd: root,
  overrideConfigFile: join(root, 'eslint.config.mjs'),
  overrideConfig: [
    {
      files: [TYPED],
      languageOptions: { parserOptions: { projectService: { allowDefaultProject: [TYPED] } } },
    },
    { files: ['**/*'], ignores: [TYPED], ...tseslint.configs.disableTypeChecked },
  ],
})

/** Names of the rules that refuse `code` when it stands at `filePath` of the repository; plugin prefixes are cut off. */
async function refusedBy(filePath: string, code: string): Promise<string[]> {
  const results = await eslint.lintText(code, { filePath: join(root, filePath) })
  const names = results.flatMap((result) => result.messages).map(({ ruleId, message }) => ruleId ?? message)
  return [...new Set(names.map((name) => name.replace(/^.*\//, '')))]
}

const folders = (...path: string[]): string[] => readdirSync(fixture('lint', ...path)).sort()

const cases = folders().flatMap((rule) => folders(rule).map((name) => [rule, name] as const))

describe('lint', () => {
  test.each(cases)('%s refuses: %s', async (rule, name) => {
    const base = fixture('lint', rule, name)
    const found = await Promise.all(files(base).map((path) => refusedBy(path, text(path, base))))
    expect(found.flat()).toEqual([rule])
  })

  test('a page, route and action that come out of their builders pass', async () => {
    const page = `import { page } from '#lib/auth/page'
const { Page, generateMetadata } = page({})
export { generateMetadata }
export default Page\n`
    const route = `import { route } from '#lib/auth/route'
export const dynamic = 'force-dynamic'
export const GET = route({})\n`
    const action = `'use server'
import { action } from '#lib/auth/action'
export const enroll = action({})\n`
    expect(await refusedBy('app/school/page.tsx', page)).toEqual([])
    expect(await refusedBy('app/api/x/route.ts', route)).toEqual([])
    expect(await refusedBy('app/school/actions.ts', action)).toEqual([])
  })

  test('a file of more than 400 lines is refused', async () => {
    expect(await refusedBy('lib/courses/rules.ts', '// line\n'.repeat(401))).toEqual(['max-lines'])
  })

  test.each([
    ['lib/courses/rules.ts', 61],
    ['components/courses/course-list.tsx', 121],
  ])('in %s a function of %i lines is refused', async (path, lines) => {
    const code = (length: number): string =>
      `export function fill(found: Set<number>): void {\n${'  found.add(1)\n'.repeat(length - 2)}}\n`
    expect(await refusedBy(path, code(lines))).toEqual(['max-lines-per-function'])
    expect(await refusedBy(path, code(lines - 1))).toEqual([])
  })

  test('a function with more than 15 ways through is refused', async () => {
    const body = Array.from({ length: 15 }, (_, index) => `  if (n === ${index}) return ${index}\n`).join('')
    expect(
      await refusedBy(
        'lib/courses/rules.ts',
        `export function f(n: number): number {\n${body}  return n\n}\n`,
      ),
    ).toEqual(['complexity'])
  })
})
