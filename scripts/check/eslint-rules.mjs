/**
 * Rules of this house that no ready-made one covers: what leaves a file that Next serves to strangers.
 * Pages, actions and routes are public entry points. Each has to come out of its builder, because the
 * builder is what parses the input, asks for the permission and names the entry point in the registry.
 */

/** Local names under which a file imports one of `names` from lib/auth/<file>. */
function importedBuilders(program, file, names) {
  const imports = program.body.filter(
    (node) => node.type === 'ImportDeclaration' && node.source.value === `#lib/auth/${file}`,
  )
  const specifiers = imports.flatMap((node) => node.specifiers)
  return new Set(
    specifiers
      .filter((one) => one.type === 'ImportSpecifier' && names.includes(one.imported.name))
      .map((one) => one.local.name),
  )
}

/** Names that `pattern = value` binds: one, or those of `{ a, b: c }`. */
function boundNames(pattern) {
  if (pattern.type === 'Identifier') return [pattern.name]
  if (pattern.type !== 'ObjectPattern') return []
  return pattern.properties.flatMap((one) => (one.type === 'Property' ? boundNames(one.value) : []))
}

const declarationOf = (node) => (node.type === 'ExportNamedDeclaration' ? node.declaration : node)

/**
 * Says whether an expression is a builder's result: the call itself, a part of it (`built.Page`),
 * or a top-level `const` that holds either.
 */
function builtTest(program, builders) {
  const constants = new Set()
  const isBuilt = (node) => {
    if (node?.type === 'CallExpression')
      return node.callee.type === 'Identifier' && builders.has(node.callee.name)
    if (node?.type === 'MemberExpression') return !node.computed && isBuilt(node.object)
    return node?.type === 'Identifier' && constants.has(node.name)
  }
  for (const declaration of program.body.map(declarationOf)) {
    if (declaration?.type !== 'VariableDeclaration' || declaration.kind !== 'const') continue
    for (const one of declaration.declarations) {
      if (isBuilt(one.init)) boundNames(one.id).forEach((name) => constants.add(name))
    }
  }
  return isBuilt
}

const isType = (node) =>
  node.exportKind === 'type' || /^TS(Interface|TypeAlias)/.test(node.declaration?.type ?? '')

/** What one `export` exports at run time, as [name, value, node]; value is null where it can't be seen. */
function exported(node) {
  if (node.type === 'ExportDefaultDeclaration') return [['default', node.declaration, node]]
  if (isType(node)) return []
  if (node.type === 'ExportAllDeclaration') return [['*', null, node]]
  if (node.type !== 'ExportNamedDeclaration') return []
  const { declaration } = node
  if (declaration?.type === 'VariableDeclaration') {
    return declaration.declarations.flatMap((one) => boundNames(one.id).map((name) => [name, one.init, one]))
  }
  if (declaration) return [[declaration.id?.name ?? '(unnamed)', declaration, node]]
  return node.specifiers
    .filter((specifier) => specifier.exportKind !== 'type')
    .map((specifier) => [specifier.exported.name, node.source ? null : specifier.local, specifier])
}

const exportsOf = (program) => program.body.flatMap(exported)

const rule = (description, messages, create) => ({
  meta: { type: 'problem', docs: { description }, schema: [], messages },
  create,
})

// Literals that Next reads from a page or route file beside what it serves. They run nothing.
const SETTINGS = new Set([
  'dynamic',
  'revalidate',
  'runtime',
  'maxDuration',
  'preferredRegion',
  'metadata',
  'viewport',
])
const isSetting = (name, value) => SETTINGS.has(name) && value !== null && !/Function|Call/.test(value.type)

const pageBuilder = rule(
  'What a page file exports comes out of a builder.',
  {
    built: '`{{name}}` of a page must come out of a builder of #lib/auth/page: nothing else guards it.',
    missing: 'A page has a default export that comes out of a builder of #lib/auth/page.',
  },
  (context) => ({
    Program(program) {
      const isBuilt = builtTest(program, importedBuilders(program, 'page', ['page', 'sitePage', 'statePage']))
      const all = exportsOf(program)
      if (!all.some(([name]) => name === 'default')) context.report({ node: program, messageId: 'missing' })
      for (const [name, value, node] of all) {
        if (!isSetting(name, value) && !isBuilt(value))
          context.report({ node, messageId: 'built', data: { name } })
      }
    },
  }),
)

const routeBuilder = rule(
  'What a route file exports comes out of a builder.',
  {
    built: '`{{name}}` of a route must come out of a builder of #lib/auth/route: nothing else guards it.',
  },
  (context) => ({
    Program(program) {
      const isBuilt = builtTest(
        program,
        new Set([
          ...importedBuilders(program, 'route', ['route', 'schoolRoute', 'hostRoute', 'realmRoute']),
          ...importedBuilders(program, 'stream-route', ['streamRoute']),
        ]),
      )
      for (const [name, value, node] of exportsOf(program)) {
        if (!isSetting(name, value) && !isBuilt(value))
          context.report({ node, messageId: 'built', data: { name } })
      }
    },
  }),
)

const isUseServer = (node) => node.type === 'ExpressionStatement' && node.directive === 'use server'

const actionBuilder = rule(
  'A `use server` file exports nothing but what comes out of a builder.',
  {
    built: 'Anyone can call `{{name}}`: it must come out of a builder of #lib/auth/action.',
    inline: '`use server` stands at the top of a file of its own: an inline action escapes the builder.',
  },
  (context) => ({
    Program(program) {
      if (!program.body.some(isUseServer)) return
      const isBuilt = builtTest(
        program,
        importedBuilders(program, 'action', ['action', 'hostAction', 'realmAction', 'platformAction']),
      )
      for (const [name, value, node] of exportsOf(program)) {
        if (!isBuilt(value)) context.report({ node, messageId: 'built', data: { name } })
      }
    },
    'BlockStatement > ExpressionStatement'(node) {
      if (isUseServer(node)) context.report({ node, messageId: 'inline' })
    },
  }),
)

const PRISMA_CALL =
  /^(find(Unique|First)(OrThrow)?|findMany|create(Many)?(AndReturn)?|update(Many)?(AndReturn)?|upsert|delete(Many)?|count|aggregate|groupBy)$/
const TABLE = /\b(from|join|into|update)\s+"[A-Z]/i

/** True if a property called tenantId, or one of Prisma's compound keys that begin with it, stands anywhere inside. */
function namesTenant(node) {
  if (node.type === 'ArrayExpression') return node.elements.some((element) => element && namesTenant(element))
  if (node.type !== 'ObjectExpression') return false
  return node.properties.some(
    (one) =>
      one.type === 'Property' &&
      (/^tenantId/.test(one.key.name ?? one.key.value ?? '') || namesTenant(one.value)),
  )
}

const tenantInStatement = rule(
  'Every statement of a query names its tenant.',
  {
    prisma:
      'The tenant stands in the `where` and `data` of every call: row-level security is the second wall, not the first.',
    sql: 'A statement on a table compares "tenantId" with the handle’s own: row-level security is the second wall, not the first.',
  },
  (context) => ({
    CallExpression({ callee, arguments: [first] }) {
      if (callee.type !== 'MemberExpression' || !PRISMA_CALL.test(callee.property.name ?? '')) return
      if (first?.type === 'ObjectExpression' && !namesTenant(first))
        context.report({ node: first, messageId: 'prisma' })
    },
    TaggedTemplateExpression({ tag, quasi }) {
      if (tag.type !== 'Identifier' || tag.name !== 'sql') return
      const words = quasi.quasis.map((part) => part.value.raw).join(' ')
      const given = quasi.expressions.some(
        (one) => one.type === 'MemberExpression' && one.property.name === 'tenantId',
      )
      if (TABLE.test(words) && !(given && words.includes('"tenantId"'))) {
        context.report({ node: quasi, messageId: 'sql' })
      }
    },
  }),
)

export const house = {
  meta: { name: 'house' },
  rules: {
    'page-builder': pageBuilder,
    'route-builder': routeBuilder,
    'action-builder': actionBuilder,
    'tenant-in-statement': tenantInStatement,
  },
}
