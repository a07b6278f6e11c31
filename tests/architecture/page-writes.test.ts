import { relative, resolve } from 'node:path'
import ts from 'typescript'
import { beforeAll, expect, test } from 'vitest'

// A page's load can't write unless the page says so: PostgreSQL refuses it. Here, what a load can reach is followed
// through the code, so that a write behind a rare condition is found before a reader meets it.

const ROOT = resolve(import.meta.dirname, '../..')
const WRITING_SQL =
  /\binsert\s+into\b|\bupdate\s+"|\bdelete\s+from\b|\bfor\s+(?:no\s+key\s+)?update\b|\bfor\s+(?:key\s+)?share\b|\bnextval\(/i
const WRITING_ORM = /^(?:create|createMany|createManyAndReturn|update|updateMany|upsert|delete|deleteMany)$/

let program: ts.Program
let checker: ts.TypeChecker

beforeAll(() => {
  const file = resolve(ROOT, 'tsconfig.build.json')
  const read = ts.getParsedCommandLineOfConfigFile(
    file,
    {},
    {
      ...ts.sys,
      onUnRecoverableConfigFileDiagnostic: () => undefined,
    },
  )
  if (read === undefined) throw new Error('There is no tsconfig.build.json.')
  program = ts.createProgram(read.fileNames, read.options)
  checker = program.getTypeChecker()
})

function isOurs(node: ts.Node): boolean {
  const path = relative(ROOT, node.getSourceFile().fileName)
  return /^(?:app|lib)\//.test(path) && !path.startsWith('lib/db/generated/')
}

/** The functions and constants of ours that a name stands for. */
function declarationsOf(name: ts.Identifier): ts.Node[] {
  const symbol = checker.getSymbolAtLocation(name)
  if (symbol === undefined) return []
  const target = symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol
  return (target.declarations ?? []).filter(
    (found) =>
      isOurs(found) &&
      (ts.isFunctionDeclaration(found) ||
        ts.isMethodDeclaration(found) ||
        (ts.isVariableDeclaration(found) && found.initializer !== undefined)),
  )
}

/** A template's own words, without what is put in. */
function ownText(template: ts.TemplateLiteral): string {
  if (ts.isNoSubstitutionTemplateLiteral(template)) return template.text
  return [template.head.text, ...template.templateSpans.map(({ literal }) => literal.text)].join(' ')
}

function isWrite(node: ts.Node): boolean {
  if (ts.isTaggedTemplateExpression(node) && node.tag.getText() === 'sql') {
    // A lock that an argument asks for: whoever asks in a page fails each time, not now and then.
    if (ts.isConditionalExpression(node.parent)) return false
    return WRITING_SQL.test(ownText(node.template))
  }
  if (!ts.isCallExpression(node) || !ts.isPropertyAccessExpression(node.expression)) return false
  if (!WRITING_ORM.test(node.expression.name.text)) return false
  const declared = checker.getSymbolAtLocation(node.expression.name)?.declarations?.[0]
  return declared?.getSourceFile().fileName.includes('/lib/db/generated/') === true
}

/** The first way from a piece of code to a statement that writes, as the names of its functions; null for none. */
function wayToWrite(from: ts.Node, seen: Set<ts.Node>): string[] | null {
  let way: string[] | null = null
  const visit = (node: ts.Node): void => {
    if (way !== null || ts.isTypeNode(node)) return
    if (isWrite(node)) {
      way = [node.getText().replace(/\s+/g, ' ').slice(0, 60)]
      return
    }
    if (ts.isIdentifier(node)) {
      for (const declaration of declarationsOf(node)) {
        if (seen.has(declaration)) continue
        seen.add(declaration)
        const rest = wayToWrite(declaration, seen)
        if (rest !== null) way = [node.text, ...rest]
        if (way !== null) return
      }
    }
    ts.forEachChild(node, visit)
  }
  ts.forEachChild(from, visit)
  return way
}

type Found = Readonly<{ file: string; writes: boolean; way: string[] | null }>

function pagesIn(source: ts.SourceFile): Found[] {
  const found: Found[] = []
  const visit = (node: ts.Node): void => {
    const [definition] =
      ts.isCallExpression(node) && node.expression.getText() === 'page' ? node.arguments : []
    if (definition !== undefined && ts.isObjectLiteralExpression(definition)) {
      const named = (name: string) => definition.properties.find((one) => one.name?.getText() === name)
      const load = named('load')
      found.push({
        file: relative(ROOT, source.fileName),
        writes: named('writes') !== undefined,
        way: load === undefined ? null : wayToWrite(load, new Set()),
      })
    }
    ts.forEachChild(node, visit)
  }
  visit(source)
  return found
}

test('a page whose load can write says so, and no other does', () => {
  const pages = program
    .getSourceFiles()
    .filter(({ fileName }) => /\/app\/school\/.*\/page\.tsx$/.test(fileName))
    .flatMap(pagesIn)
  expect(pages.length).toBeGreaterThan(50)
  const wrong = pages.filter(({ writes, way }) => writes !== (way !== null))
  expect(
    wrong.map(({ file, way }) => `${file}: ${way === null ? 'writes nothing' : way.join(' > ')}`),
  ).toEqual([])
})
