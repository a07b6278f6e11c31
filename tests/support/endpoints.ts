import { readdirSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import ts from 'typescript'

/** One thing that Next serves, as its own source declares it. */
export type Endpoint = Readonly<{
  /** What its builder was given: in the log, in the tenancy matrix. */
  id: string
  kind: 'page' | 'route' | 'action'
  builder: string
  /** `public`, `person` for whoever is signed in, or the permission it asks for. */
  access: string
  /** Address on its host, with Next's brackets for what varies; empty for an action, which has none. */
  pattern: string
  methods: readonly string[]
  file: string
  /** Name of what its file exports; empty for a page. */
  name: string
}>

const KINDS: Readonly<Record<string, Endpoint['kind']>> = {
  page: 'page',
  sitePage: 'page',
  statePage: 'page',
  route: 'route',
  schoolRoute: 'route',
  hostRoute: 'route',
  realmRoute: 'route',
  streamRoute: 'route',
  action: 'action',
  hostAction: 'action',
  realmAction: 'action',
  platformAction: 'action',
}

const ROOT = resolve(import.meta.dirname, '../..')

/** `app/school/[subdomain]/courses/page.tsx` → `/courses`: what a browser asks the school's host for. */
function patternOf(file: string): string {
  const parts = file
    .replace(/^app\//, '')
    .split('/')
    .slice(0, -1)
  const shown = parts.filter((part) => !part.startsWith('('))
  const own = shown[0] === 'school' ? shown.slice(2) : shown
  return `/${own.join('/')}`
}

function property(object: ts.ObjectLiteralExpression, name: string): ts.Expression | undefined {
  for (const entry of object.properties) {
    if (ts.isPropertyAssignment(entry) && entry.name.getText() === name) return entry.initializer
  }
  return undefined
}

/** What a name stands for that the same file gives it; the expression itself when it is no name. */
function resolved(expression: ts.Expression | undefined): ts.Expression | undefined {
  if (expression === undefined || !ts.isIdentifier(expression)) return expression
  let found: ts.Expression | undefined
  for (const statement of expression.getSourceFile().statements) {
    if (!ts.isVariableStatement(statement)) continue
    const named = statement.declarationList.declarations.find(
      ({ name }) => name.getText() === expression.text,
    )
    found ??= named?.initializer
  }
  return found
}

function accessOf(given: ts.Expression | undefined): string {
  const expression = resolved(given)
  if (expression === undefined || !ts.isCallExpression(expression)) return 'unknown'
  if (expression.expression.getText() === 'publicAccess') return 'public'
  if (expression.expression.getText() === 'anyPerson') return 'person'
  const permission = expression.arguments[0]
  return permission !== undefined && ts.isStringLiteral(permission) ? permission.text : 'unknown'
}

function exportedName(call: ts.CallExpression): string {
  const { parent } = call
  return ts.isVariableDeclaration(parent) && ts.isIdentifier(parent.name) ? parent.name.text : ''
}

function endpointOf(call: ts.CallExpression, file: string): Endpoint | null {
  const builder = call.expression.getText()
  const kind = KINDS[builder]
  const definition = call.arguments[0]
  if (kind === undefined || definition === undefined || !ts.isObjectLiteralExpression(definition)) return null
  const id = property(definition, 'id')
  if (id === undefined || !ts.isStringLiteral(id))
    throw new Error(`${file}: an endpoint’s id is no plain text.`)
  return {
    id: id.text,
    kind,
    builder,
    access: accessOf(property(definition, 'access')),
    pattern: kind === 'action' ? '' : patternOf(file),
    methods: kind === 'page' ? ['GET'] : kind === 'action' ? ['POST'] : [exportedName(call)],
    file,
    name: exportedName(call),
  }
}

function readEndpoints(file: string): Endpoint[] {
  const source = ts.createSourceFile(
    file,
    readFileSync(join(ROOT, file), 'utf8'),
    ts.ScriptTarget.Latest,
    true,
  )
  const found: Endpoint[] = []
  const visit = (node: ts.Node): void => {
    if (ts.isCallExpression(node)) {
      const endpoint = endpointOf(node, file)
      if (endpoint !== null) found.push(endpoint)
    }
    ts.forEachChild(node, visit)
  }
  visit(source)
  return found
}

function served(): string[] {
  return readdirSync(join(ROOT, 'app'), { recursive: true, encoding: 'utf8' })
    .map((path) => `app/${path}`)
    .filter((path) => /(^|\/)(page|route)\.tsx?$/.test(path) || /^app\/actions\/.*\.ts$/.test(path))
    .sort()
}

/**
 * Everything that app/ serves, by reading its source: a page, route or action that no builder made has no endpoint.
 * @throws Error for a file without one, and for two with the same id
 */
export function endpoints(): Endpoint[] {
  const all = served().flatMap((file) => {
    const found = readEndpoints(file)
    if (found.length === 0) throw new Error(`${file} is served without a builder.`)
    return found
  })
  const ids = new Set(all.map(({ id }) => id))
  if (ids.size !== all.length) throw new Error('Two endpoints have the same id.')
  return all
}
