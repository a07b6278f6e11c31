/**
 * Which room may import from which. Default deny: what a room's list does not name, it may not import.
 *
 * Every file belongs to exactly one room. A new folder lib/<anything> is a feature and falls under the
 * feature rooms by itself; a lib folder that is not a feature has to be named in NOT_FEATURES below.
 * Each rule has a tree of its own name in tests/architecture/fixtures/imports that must fail.
 * .dependency-cruiser.mjs turns these tables into rules.
 */

/** Regular expressions over paths relative to the repository, with forward slashes. */
type Patterns = string | readonly string[]

type Room = {
  readonly name: string
  /** Why the room may import no more than it does: printed with every violation. */
  readonly why: string
  readonly at: Patterns
  readonly except?: Patterns
  readonly may: readonly string[]
}

type Door = {
  readonly name: string
  readonly why: string
  readonly to: string
  readonly from: readonly string[]
}

type PackageRule = {
  readonly name: string
  readonly why: string
  readonly to: string
  readonly from?: string
  readonly notIn: readonly string[]
}

const NOT_FEATURES =
  'adapters|auth|brand|config|content|db|errors|i18n|jobs|observability|platform|security|tenancy'

/** One path segment under lib that is a feature: courses, exams, enrollments, … */
const feature = `lib/(?!(?:${NOT_FEATURES})(?:/|\\.))([^/]+)/`

// Patterns for the right-hand side. A name stands for `name.ts` and for a folder of that name.
const ERRORS = '^lib/errors\\.ts$'
const CONFIG = '^lib/config\\.ts$'
const CONTENT = '^lib/content(\\.ts$|/)'
const BRAND = '^lib/brand(\\.ts$|/)'
const I18N = '^lib/i18n(\\.ts$|/)'
const CONTRACTS = `^${feature}contract(\\.ts$|/)`
const RULES = `^${feature}rules(\\.ts$|/)`
const USE_CASES = `^${feature}`
const PERMISSIONS = '^lib/auth/permissions\\.ts$'
const AUTH = '^lib/auth/'
const DB = '^lib/db/'
const QUERIES = '^lib/db/queries/'
const TENANT = '^lib/db/tenant\\.ts$'
/** What a school looks like to everybody: a type and nothing else. */
const SCHOOL = '^lib/tenancy/school\\.ts$'
const TENANCY = '^lib/tenancy(\\.ts$|/)'
const PLATFORM = '^lib/platform/'
const OBSERVABILITY = '^lib/observability(\\.ts$|/)'
const SECURITY = '^lib/security(\\.ts$|/)'
const ADAPTERS = '^lib/adapters/'
/** What the installation's secret makes: links, cookies, seals. */
const KEYS = '^lib/adapters/keys/'
/** How people come in. The provider's protocol (lib/auth/next-auth.ts) ends in its use-cases. */
const IDENTITY = '^lib/identity/'
const JOBS = '^lib/jobs/'
/** What a job was queued for, and the note that it is done. */
const OUTBOX = '^lib/db/queries/outbox\\.ts$'
const APP = '^app/'
/** What proxy.ts shows by a rewrite: unknown host, suspended school, database away. */
const STATE = '^app/state/'
/** Their builder, and why they are open to everybody. */
const STATE_BUILDER = '^lib/auth/(page|access)\\.ts$'
const COMPONENTS = '^components/'
const UI = '^components/ui/'
const PRISMA = '^prisma/'
export const TYPES = '^types/'
const SCRIPTS = '^scripts/'
/** The part of lib/db that is not queries. */
const DB_CORE = '^lib/db/(?!queries/)'
/** Runs once per server process, before the first request. */
const BOOT = '^lib/observability/boot\\.ts$'
/** Asks which migration the database has; that is nobody’s row. */
const READINESS = '^lib/health/readiness\\.ts$'
const LAUNCHER = '^scripts/.*\\.m(ts|js)$'
const TOOL_CONFIG = '^(\\.[^/]+|[^/]+\\.config)\\.(ts|mts|js|mjs|cjs)$'
const PACKAGE_JSON = '^package\\.json$'

const PURE = [ERRORS, CONTENT, PERMISSIONS, CONTRACTS, SCHOOL]
/** What every feature does alike: keeping pictures, telling people, what plans limit, passwords and codes, what learning earns. */
const SHARED = '^lib/(awards|files|notifications|plans|identity)/'
const USE_CASE_MAY = [...PURE, RULES, QUERIES, TENANT, ADAPTERS, SHARED, I18N, TYPES]

/**
 * The rooms. `at` is where the room's files lie (minus `except`), `may` what they import of ours.
 * Packages from npm and Node's own modules are free, except where PACKAGES below says otherwise.
 */
export const ROOMS: readonly Room[] = [
  {
    name: 'app',
    why: 'A URL composes what others made. It opens no database, reads no variable and queues no job.',
    at: APP,
    except: STATE,
    may: [
      APP,
      COMPONENTS,
      AUTH,
      USE_CASES,
      PLATFORM,
      QUERIES,
      TENANT,
      TENANCY,
      SECURITY,
      ...PURE,
      I18N,
      BRAND,
      TYPES,
    ],
  },
  {
    name: 'app-state',
    why: 'Pages of hosts that have no school: no guard could stand before them, so no data stands behind.',
    at: STATE,
    may: [STATE, STATE_BUILDER, COMPONENTS, TENANCY, SECURITY, ERRORS, I18N, BRAND],
  },
  {
    name: 'components-ui',
    why: 'Primitives know nothing of the LMS, so that any screen can use them.',
    at: UI,
    may: [UI],
  },
  {
    name: 'components-feature',
    why: 'Views get data and actions as props; what runs on the server would end up in the browser.',
    at: COMPONENTS,
    except: UI,
    may: [COMPONENTS, ...PURE, RULES, BRAND, I18N, TYPES],
  },
  { name: 'lib-errors', why: 'Everything imports it.', at: ERRORS, may: [] },
  { name: 'lib-config', why: 'It is read at boot, before anything else works.', at: CONFIG, may: [ERRORS] },
  {
    name: 'lib-pure',
    why: 'Words, colours and document formats are shared with the browser and with the seed.',
    at: [CONTENT, BRAND, I18N],
    may: [CONTENT, BRAND, I18N, ERRORS],
  },
  {
    name: 'feature-pure',
    why: 'Contracts and rules run in the browser too, and in tests without a database.',
    at: [CONTRACTS, RULES],
    may: [...PURE, RULES],
  },
  {
    name: 'feature',
    why: 'A use-case is called by pages, actions and jobs alike, so it knows no request and no client.',
    at: USE_CASES,
    except: [CONTRACTS, RULES],
    // `$1` is the feature's own folder: other features are reached by their contract and rules alone.
    may: [...USE_CASE_MAY, '^lib/$1/'],
  },
  {
    name: 'lib-platform',
    why: 'The console of the whole installation: use-cases that may take the platform’s door.',
    at: PLATFORM,
    may: [PLATFORM, ...USE_CASE_MAY, TENANCY],
  },
  {
    name: 'lib-db',
    why: 'The bottom of the house: whatever it imported from above would come back as a cycle.',
    at: DB,
    except: QUERIES,
    may: [DB, ERRORS, CONFIG, SCHOOL],
  },
  {
    name: 'lib-db-queries',
    why: 'A query is given its tenant’s handle. It opens no transaction and makes no client of its own.',
    at: QUERIES,
    may: [QUERIES, '^lib/db/(handle|sql|failure|keyset)\\.ts$', ...PURE, TYPES],
  },
  {
    name: 'lib-auth',
    why: 'The guards know the tenant, the person and the request; features do not know the guards.',
    at: AUTH,
    may: [AUTH, DB, TENANCY, OBSERVABILITY, SECURITY, CONFIG, ERRORS, I18N, CONTRACTS, RULES, KEYS, IDENTITY],
  },
  {
    name: 'lib-tenancy',
    why: 'Host to tenant, for the proxy and the guards.',
    at: TENANCY,
    may: [TENANCY, DB, OBSERVABILITY, SECURITY, CONFIG, ERRORS, BRAND, I18N, CONTRACTS],
  },
  {
    name: 'lib-observability',
    why: 'Logging works while everything else is failing.',
    at: OBSERVABILITY,
    may: [OBSERVABILITY, CONFIG, ERRORS, SCHOOL],
  },
  {
    name: 'lib-security',
    why: 'Headers and nonces, also for the proxy.',
    at: SECURITY,
    may: [SECURITY, OBSERVABILITY, CONFIG, ERRORS],
  },
  {
    name: 'lib-adapters',
    why: 'The outside world behind an interface; it learns nothing of ours.',
    at: ADAPTERS,
    may: [ADAPTERS, CONFIG, ERRORS],
  },
  {
    name: 'lib-jobs',
    why: 'A job names its tenant, enters it, and calls what an action would call.',
    at: JOBS,
    may: [JOBS, USE_CASES, TENANT, OUTBOX, ADAPTERS, ERRORS, CONFIG, OBSERVABILITY],
  },
  {
    name: 'proxy',
    why: 'It routes every request, so it stays small; the database is behind lib/tenancy.',
    at: '^proxy\\.ts$',
    may: [TENANCY, CONFIG, OBSERVABILITY, SECURITY, ERRORS],
  },
  {
    name: 'instrumentation',
    why: 'The boot check of the database role, and logging, before the first request.',
    at: '^instrumentation(-client)?\\.ts$',
    may: [CONFIG, OBSERVABILITY, ERRORS],
  },
  {
    name: 'prisma',
    why: 'The seed builds rows from content; it renders nothing and signs nobody in.',
    at: PRISMA,
    may: [PRISMA, CONTENT, CONTRACTS, RULES, BRAND, PERMISSIONS, ERRORS, TYPES],
  },
  { name: 'types', why: 'Names for types that exist elsewhere.', at: TYPES, may: [TYPES] },
  {
    name: 'launcher',
    why: 'It runs before anything is generated or built, on bare Node without a compiler.',
    at: LAUNCHER,
    may: [LAUNCHER, PACKAGE_JSON],
  },
  {
    name: 'scripts',
    why: 'Tools with the house at hand, but never with a screen.',
    at: SCRIPTS,
    except: LAUNCHER,
    may: [SCRIPTS, '^lib/', PRISMA, TYPES],
  },
  {
    name: 'tool-config',
    why: 'Read by tools before the code runs.',
    at: TOOL_CONFIG,
    may: [TOOL_CONFIG, SCRIPTS],
  },
  { name: 'tests', why: 'Proof may look anywhere.', at: '^tests/', may: ['.'] },
]

/** Files with a short guest list. Their violations are reported here and not by the importer's room. */
export const DOORS: readonly Door[] = [
  {
    name: 'door-prisma-client',
    why: 'The raw client sees whatever its role sees; outside lib/db there is only withTenant.',
    to: '^lib/db/prisma\\.ts$',
    from: [DB_CORE, '^tests/'],
  },
  {
    name: 'door-sealed-handle',
    why: 'Who holds the class could be tempted to make one.',
    to: '^lib/db/handle\\.ts$',
    from: [DB, '^tests/'],
  },
  {
    name: 'door-generated',
    why: 'Generated types follow the tables; screens and features speak in contracts.',
    to: '^lib/db/generated/',
    from: [DB, PRISMA, '^types/db\\.ts$', '^tests/'],
  },
  {
    name: 'door-connections',
    why: 'A bare connection has no tenant. The boot check looks at one, nobody else.',
    to: '^lib/db/(pool|unit)\\.ts$',
    from: [DB_CORE, BOOT, SCRIPTS, '^tests/'],
  },
  {
    name: 'door-platform',
    why: 'The one way around the tenant; its users fit on one line.',
    to: '^lib/db/platform(\\.ts$|/)',
    from: [DB_CORE, PLATFORM, TENANCY, READINESS, SCRIPTS, '^tests/'],
  },
  { name: 'nothing-imports-tests', why: 'Test code never ships.', to: '^tests/', from: ['^tests/'] },
]

const npm = (names: string): string => `(^|/)node_modules/(@types/)?(${names})(/|$)`

/** Packages that only some rooms may use. */
export const PACKAGES: readonly PackageRule[] = [
  {
    name: 'package-prisma-and-pg',
    why: 'A second client would be a second way to the rows.',
    to: npm('@prisma/client|@prisma/adapter-pg|pg'),
    notIn: [DB, PRISMA, SCRIPTS, '^tests/', '^prisma\\.config\\.ts$'],
  },
  {
    name: 'package-next-in-lib',
    why: 'Use-cases, queries and rules run in jobs, scripts and tests, where there is no request.',
    to: npm('next'),
    from: '^(lib|prisma|types|scripts)/',
    notIn: [AUTH, TENANCY, OBSERVABILITY, SECURITY],
  },
  {
    name: 'package-react-in-lib',
    why: 'What renders belongs to components; only the per-request cache is needed below.',
    to: npm('react|react-dom|react-aria-components|lucide-react'),
    from: '^(lib|prisma|types|scripts)/',
    notIn: [AUTH, TENANCY],
  },
  {
    name: 'package-proxy-next-server',
    why: 'The rest of Next needs a request context that a proxy has not.',
    to: '(^|/)node_modules/next/(?!server(\\.|/|$))',
    from: '^proxy\\.ts$',
    notIn: [],
  },
]
