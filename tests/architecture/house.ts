import { files, isCode, text } from './tree'

/** One place that breaks a rule of the house. */
export type Breach = { path: string; reason: string }

/** What the top level holds. A new name here is a decision, so it is made in this list. */
const TOP_LEVEL = new Set([
  ...['app', 'lib', 'prisma', 'types', 'components', 'tests', 'docs', 'scripts', 'public'],
  ...[
    'proxy.ts',
    'instrumentation.ts',
    'package.json',
    'package-lock.json',
    'tsconfig.json',
    'tsconfig.build.json',
  ],
  ...['next.config.js', 'prisma.config.ts', 'postcss.config.mjs', 'vitest.config.mts', 'eslint.config.mjs'],
  ...['knip.json', '.dependency-cruiser.mjs', '.prettierrc.json', '.prettierignore'],
  ...[
    '.env',
    '.env.example',
    '.gitignore',
    '.gitattributes',
    '.editorconfig',
    '.npmrc',
    '.nvmrc',
    '.ci',
    '.github',
  ],
  ...['README.md', 'CONTRIBUTING.md', 'ARCHITECTURE.md', 'SECURITY.md', 'CHANGELOG.md', 'LICENSE'],
  ...['tsconfig.tsbuildinfo'],
])

export function topLevel(base?: string): Breach[] {
  return [...new Set(files(base).map((path) => path.split('/')[0] ?? path))]
    .filter((name) => !TOP_LEVEL.has(name))
    .map((path) => ({ path, reason: 'is not one of the top level’s names' }))
}

/** kebab-case; with dots between parts (`page.test.ts`) and Next’s brackets, groups and private folders. */
const KEBAB = /^_?[a-z0-9]+(-[a-z0-9]+)*(\.[a-z0-9]+(-[a-z0-9]+)*)*$/
const NEXT_FOLDER = /^(\(\.{1,3}\))*(\(|\[{1,2}(\.\.\.)?|@)?[a-z0-9]+([-A-Z]?[a-z0-9]+)*[\])]{0,2}$/

export function names(base?: string): Breach[] {
  const bad = (path: string): boolean =>
    path.split('/').some((part) => !KEBAB.test(part) && !(path.startsWith('app/') && NEXT_FOLDER.test(part)))
  return files(base)
    .filter((path) => isCode(path) && !path.startsWith('.') && bad(path))
    .map((path) => ({ path, reason: 'is not kebab-case' }))
}

/** A re-export hides where a thing lives and pulls in its neighbours; the seed’s own index is the one exception. */
export function barrels(base?: string): Breach[] {
  const reexport = /^export\s+(type\s+)?(\*|\{[^}]*\})[^\n;]*\sfrom\s/gm
  return files(base)
    .filter((path) => isCode(path) && path !== 'lib/db/queries/index.ts')
    .filter((path) => {
      const count = text(path, base).match(reexport)?.length ?? 0
      return count > 1 || (count === 1 && /(^|\/)index\.\w+$/.test(path))
    })
    .map((path) => ({ path, reason: 'is a barrel' }))
}

const LONG = 400
/** Texts, not code: they are as long as what they say. */
const PROSE =
  /^(lib\/i18n\/messages|prisma\/seed\/content|prisma\/migrations)\/|^docs\/|\.(md|json)$|^prisma\/schema\.prisma$/

/** Number of lines of a text file as an editor shows them. */
export function lineCount(path: string, base?: string): number {
  return text(path, base).split('\n').length - 1
}

export function longFiles(base?: string): Breach[] {
  return files(base)
    .filter((path) => (isCode(path) || path.endsWith('.css')) && !PROSE.test(path))
    .map((path) => ({ path, lines: lineCount(path, base) }))
    .filter(({ lines }) => lines > LONG)
    .map(({ path, lines }) => ({ path, reason: `has ${lines} lines, more than ${LONG}` }))
}

const SERVER_ROOM = /^lib\/(db|auth|adapters|tenancy|observability|jobs|platform)\/|^lib\/config\.ts$/
/** They name things or compute them; nothing in them is secret or reaches anything that is. */
const OPEN_FILE =
  /\/(contract|rules|permissions)\.ts$|^lib\/auth\/access\.ts$|^lib\/tenancy\/(host|school)\.ts$/

/** Without the marker a client component can import the file, and its code and constants end up in the browser. */
export function unmarkedServerFiles(base?: string): Breach[] {
  const marked = /^(\/\*[\s\S]*?\*\/\s*|\/\/[^\n]*\s*)*import 'server-only'/
  return files(base)
    .filter((path) => SERVER_ROOM.test(path) && /\.tsx?$/.test(path) && !OPEN_FILE.test(path))
    .filter((path) => !marked.test(text(path, base).trimStart()))
    .map((path) => ({ path, reason: "does not begin with import 'server-only'" }))
}

/** Next serves these by themselves, so no builder guards them: a route.ts at the same address does the same. */
export function unguardedEndpoints(base?: string): Breach[] {
  const generated =
    /^app\/(.*\/)?(sitemap|robots|manifest|favicon|(icon|apple-icon|opengraph-image|twitter-image)\d*)\.(js|jsx|ts|tsx)$/
  const other = /^app\/(.*\/)?(page|route)\.(js|jsx|mjs)$|^app\/(.*\/)?page\.ts$|^(src|pages)\//
  return files(base)
    .filter((path) => generated.test(path) || other.test(path))
    .map((path) => ({ path, reason: 'is served without a builder' }))
}

/** A page under a loading.tsx has answered 200 before its guard can say 404. */
export function loadingScreens(base?: string): Breach[] {
  return files(base)
    .filter((path) => /^app\/(.*\/)?loading\.\w+$/.test(path))
    .map((path) => ({ path, reason: 'turns the 404 and 403 of the pages below into 200' }))
}

/** Folders that vitest.config.mts gives to a project. */
const TEST_FOLDER = /^tests\/(unit|components|architecture|types|integration|tenancy|launcher|e2e)\//

/** A test outside every project is never run, and nobody notices. */
export function orphanTests(base?: string): Breach[] {
  return files(base)
    .filter(
      (path) => /\.(test|spec)\.\w+$/.test(path) && !(TEST_FOLDER.test(path) && /\.test\.tsx?$/.test(path)),
    )
    .map((path) => ({ path, reason: 'belongs to no project of vitest.config.mts' }))
}
