import { join } from 'node:path'
import ts from 'typescript'
import { describe, expect, test } from 'vitest'
import { files, root, text } from './tree'

/** `// @ts-expect-error TS2345: why` */
const EXPECTATION = /^\s*\/\/ @ts-expect-error (?:(TS\d+): )?.+$/

const paths = files(join(root, 'tests/types')).map((name) => join(root, 'tests/types', name))

function expected(path: string): string[] {
  return text(path, '')
    .split('\n')
    .flatMap((line, index) => {
      const code = EXPECTATION.exec(line)
      return code === null ? [] : [`line ${index + 2} ${code[1] ?? 'without a code'}`]
    })
}

/** What the compiler says about the files once their expectations are taken out. */
function compile(): Map<string, string[]> {
  const config = ts.getParsedCommandLineOfConfigFile(
    join(root, 'tsconfig.json'),
    { noEmit: true, incremental: false },
    {
      ...ts.sys,
      onUnRecoverableConfigFileDiagnostic: (diagnostic) => {
        throw new Error(ts.flattenDiagnosticMessageText(diagnostic.messageText, '\n'))
      },
    },
  )
  if (config === undefined) throw new Error('tsconfig.json could not be read')
  const host = ts.createCompilerHost(config.options)
  const read = host.readFile.bind(host)
  host.readFile = (name) => {
    const found = read(name)
    return paths.includes(name) ? found?.replaceAll('@ts-expect-error', 'it fails:') : found
  }
  const ambient = config.fileNames.filter((name) => name.endsWith('.d.ts'))
  const program = ts.createProgram([...paths, ...ambient], config.options, host)
  return new Map(paths.map((path) => [path, complaints(program, path)]))
}

function complaints(program: ts.Program, path: string): string[] {
  const source = program.getSourceFile(path)
  if (source === undefined) throw new Error(`${path} is not in the program`)
  const found = [...program.getSyntacticDiagnostics(source), ...program.getSemanticDiagnostics(source)]
  return found.map(
    ({ start = 0, code }) => `line ${source.getLineAndCharacterOfPosition(start).line + 1} TS${code}`,
  )
}

describe('compile-fail cases', () => {
  test('there are some, and each file has at least one', () => {
    expect(paths.length).toBeGreaterThan(0)
    expect(paths.filter((path) => expected(path).length === 0)).toEqual([])
  })

  const said = compile()

  // `@ts-expect-error` alone would also be content with a typo or a file that has moved.
  test.each(paths.map((path) => path.slice(root.length + 1)))(
    '%s: every case fails for the reason it gives',
    (path) => {
      expect(said.get(join(root, path))).toEqual(expected(join(root, path)))
    },
  )
})
