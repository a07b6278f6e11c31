import { DOORS, PACKAGES, ROOMS, TYPES } from './scripts/check/rooms.mts'

/** Rules for dependency-cruiser, made from the tables in scripts/check/rooms.mts. */

const list = (value) => (value === undefined ? [] : Array.isArray(value) ? value : [value])
const OURS = '^(?!.*node_modules/).+\\.(ts|tsx|mts|cts|js|jsx|mjs|cjs|json|css|prisma|svg|png)$'
const error = (name, comment, from, to) => ({ name, comment, severity: 'error', from, to })

// The room that may import anything needs no rule.
const rooms = ROOMS.filter((room) => !room.may.includes('.')).map((room) =>
  error(
    `room-${room.name}`,
    room.why,
    { path: list(room.at), pathNot: list(room.except) },
    { path: OURS, pathNot: [...room.may, ...DOORS.map((door) => door.to)], couldNotResolve: false },
  ),
)
const doors = DOORS.map((door) => error(door.name, door.why, { pathNot: door.from }, { path: door.to }))
const packages = PACKAGES.map((rule) =>
  error(rule.name, rule.why, { path: list(rule.from), pathNot: rule.notIn }, { path: rule.to }),
)

export default {
  forbidden: [
    ...rooms,
    ...doors,
    ...packages,
    error(
      'every-file-has-a-room',
      'A file outside the table would be allowed everything.',
      { path: OURS, pathNot: ROOMS.flatMap((room) => list(room.at)) },
      {},
    ),
    error(
      'types-vanish',
      'types/ leaves nothing at run time.',
      { path: TYPES },
      { dependencyTypesNot: ['type-only'] },
    ),
    error('no-cycles', 'Neither half can be read, tested or moved alone.', {}, { circular: true }),
    error('resolves', 'It is not there, or not in package.json.', {}, { couldNotResolve: true }),
    error(
      'no-dev-packages-in-production',
      'An installation without devDependencies would start and then fail.',
      { path: '^(app|components|lib|proxy\\.ts|instrumentation)' },
      { dependencyTypes: ['npm-dev'], dependencyTypesNot: ['type-only'] },
    ),
    error(
      'no-undeclared-packages',
      'It works by accident until its importer stops needing it.',
      {},
      { dependencyTypes: ['npm-no-pkg', 'npm-unknown'] },
    ),
  ],
  options: {
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    doNotFollow: { path: ['(^|/)node_modules/', '^lib/db/generated/'] },
    exclude: { path: ['^\\.next/', '^\\.data/', '^tests/architecture/fixtures/', '^next-env\\.d\\.ts$'] },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default', 'types'],
      extensions: ['.ts', '.tsx', '.mts', '.d.ts', '.js', '.mjs', '.cjs', '.json'],
      mainFields: ['module', 'main', 'types'],
    },
  },
}
