import reactHooks from 'eslint-plugin-react-hooks'
import { defineConfig, globalIgnores } from 'eslint/config'
import tseslint from 'typescript-eslint'
import { house } from './scripts/check/eslint-rules.mjs'

/** JavaScript that tools read; TypeScript does not look at it. */
const JAVASCRIPT = ['**/*.{js,mjs,cjs}']
const TESTS = ['tests/**']

/** `as unknown as T` and its relatives turn any value into any type, a sealed handle included. */
const FORGERIES = [
  {
    selector:
      'TSAsExpression > TSAsExpression.expression > :matches(TSUnknownKeyword, TSAnyKeyword, TSNeverKeyword)',
    message: 'A double assertion forges a type. Parse the value, or narrow it with a check.',
  },
  {
    selector: 'TSTypeAssertion',
    message: 'Write a check that narrows, or `satisfies`.',
  },
  {
    selector: 'TSAsExpression > TSNeverKeyword',
    message: '`as never` fits everywhere, so it checks nothing.',
  },
]

/** Only lib/db/tenant.ts mints the handle, from an open transaction that names its school. */
const MINT = { object: 'TenantDb', property: 'use', message: 'withTenant gives you a handle.' }

/** Tests that prove nothing and look as if they did. */
const EMPTY_PROOF = [
  {
    selector:
      'MemberExpression[object.name=/^(test|it|describe)$/][property.name=/^(skip|only|todo|fails)$/]',
    message: 'A skipped test protects nothing. Repair it or take it out.',
  },
  {
    selector: 'CallExpression[callee.object.name="vi"][arguments.0.value=/lib.db|prisma|^pg$/]',
    message: 'A mocked database can’t show that a school’s rows are out of reach. Use the real one.',
  },
]

const UNTYPED_ENV = [
  { object: 'process', property: 'env', message: 'Ask lib/config.ts: it is parsed once and has types.' },
  { object: 'globalThis', property: 'process', message: 'Ask lib/config.ts.' },
]

export default defineConfig(
  globalIgnores([
    '**/node_modules/',
    '.next/',
    '.data/',
    'coverage/',
    'test-results/',
    'lib/db/generated/',
    'next-env.d.ts',
    'tests/architecture/fixtures/',
  ]),
  { linterOptions: { reportUnusedDisableDirectives: 'error', reportUnusedInlineConfigs: 'error' } },
  tseslint.configs.strictTypeChecked,
  {
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    plugins: { house },
    rules: {
      // Types
      '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'inline-type-imports' }],
      '@typescript-eslint/switch-exhaustiveness-check': [
        'error',
        { considerDefaultExhaustiveForUnions: true, requireDefaultForNonUnion: true },
      ],
      '@typescript-eslint/ban-ts-comment': [
        'error',
        { 'ts-expect-error': true, minimumDescriptionLength: 10 },
      ],
      '@typescript-eslint/no-misused-promises': ['error', { checksVoidReturn: { attributes: false } }],
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      // The first letter of a name is what its spread gives.
      '@typescript-eslint/no-misused-spread': ['error', { allow: ['string'] }],
      // A number or a flag in a template reads well; an object or undefined in one is a bug.
      '@typescript-eslint/restrict-template-expressions': [
        'error',
        { allowNumber: true, allowBoolean: true },
      ],
      // Taking a variable out of an environment is a delete by name.
      '@typescript-eslint/no-dynamic-delete': 'off',
      // `() => fire()` as a handler is fine.
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
      // An async method may implement an interface whose other implementations wait.
      '@typescript-eslint/require-await': 'off',
      'no-restricted-syntax': ['error', ...FORGERIES],

      // Doors
      'no-restricted-properties': ['error', MINT, ...UNTYPED_ENV],
      'no-restricted-imports': [
        'error',
        { paths: [{ name: 'process' }, { name: 'node:process', message: 'It carries the environment.' }] },
      ],
      'house/action-builder': 'error',

      // Sizes
      'max-lines': ['error', { max: 400 }],
      'max-lines-per-function': ['error', { max: 60, skipBlankLines: true, skipComments: true }],
      complexity: ['error', 15],

      // Habits
      eqeqeq: ['error', 'always', { null: 'ignore' }],
      'no-console': 'error',
      'no-debugger': 'error',
      'no-alert': 'error',
      'no-eval': 'error',
      'no-new-func': 'error',
      'no-script-url': 'error',
      'no-self-compare': 'error',
      'no-constant-condition': ['error', { checkLoops: false }],
      'no-unreachable-loop': 'error',
      'no-template-curly-in-string': 'error',
      'no-restricted-exports': [
        'error',
        { restrictDefaultExports: { direct: true, named: true, defaultFrom: true } },
      ],
      'no-warning-comments': [
        'error',
        { terms: ['todo', 'fixme', 'xxx', 'coming soon'], location: 'anywhere' },
      ],
      'object-shorthand': 'error',
      'prefer-const': 'error',
      'no-var': 'error',
      'no-empty': 'error',
      'no-fallthrough': 'error',
      'no-cond-assign': ['error', 'always'],
      'no-control-regex': 'error',
      'no-useless-escape': 'error',
    },
  },

  // React
  {
    files: ['{app,components}/**/*.{ts,tsx}', 'lib/**/*.tsx'],
    extends: [reactHooks.configs.flat.recommended],
  },
  {
    files: ['{app,components}/**/*.tsx'],
    rules: { 'max-lines-per-function': ['error', { max: 120, skipBlankLines: true, skipComments: true }] },
  },
  {
    files: ['{app,components,lib}/**/*.{ts,tsx}'],
    rules: {
      'no-restricted-syntax': [
        'error',
        ...FORGERIES,
        {
          // A style sheet of our own is not text of somebody else's, and React would escape its quotes.
          selector:
            'JSXOpeningElement:not([name.name="style"]) > JSXAttribute[name.name="dangerouslySetInnerHTML"]',
          message: 'Hostile text becomes script here. Render the document with our own components.',
        },
      ],
    },
  },

  // What Next serves
  { files: ['app/**/page.tsx'], rules: { 'house/page-builder': 'error' } },
  { files: ['app/**/route.{ts,tsx}'], rules: { 'house/route-builder': 'error' } },

  // What reads and writes a school's rows
  { files: ['lib/db/queries/**'], rules: { 'house/tenant-in-statement': 'error' } },

  // Where Next or a tool reads the default export
  {
    files: [
      'app/**/*.{ts,tsx}',
      'proxy.ts',
      '*.config.{ts,mts,js,mjs}',
      '.dependency-cruiser.mjs',
      'tests/support/*-setup.ts',
    ],
    rules: { 'no-restricted-exports': 'off' },
  },
  // Where the environment may be read
  {
    files: [
      'lib/config.ts',
      // NEXT_RUNTIME is not configuration: the compiler puts a constant there, and drops the other branch.
      'instrumentation.ts',
      'scripts/**/*.{mts,mjs}',
      'prisma/seed.ts',
      '*.config.{ts,mts,js,mjs}',
      'tests/support/**',
      'tests/launcher/**',
      'tests/e2e/**',
    ],
    rules: { 'no-restricted-properties': ['error', MINT], 'no-restricted-imports': 'off' },
  },
  { files: ['lib/db/tenant.ts'], rules: { 'no-restricted-properties': ['error', ...UNTYPED_ENV] } },
  // Whose output is the terminal
  {
    files: ['scripts/**', 'prisma/**', '*.config.{ts,mts,js,mjs}', 'tests/support/**'],
    rules: { 'no-console': 'off' },
  },

  // Tests: `describe` is one long function, and an expected compile error is what tests/types are made of.
  {
    files: TESTS,
    rules: {
      'max-lines-per-function': 'off',
      'no-script-url': 'off',
      'no-restricted-syntax': ['error', ...FORGERIES, ...EMPTY_PROOF],
    },
  },
  {
    files: ['tests/types/**'],
    rules: {
      '@typescript-eslint/ban-ts-comment': 'off',
      '@typescript-eslint/no-misused-spread': 'off',
      '@typescript-eslint/no-unsafe-class-instance-assignment': 'off',
    },
  },

  // JavaScript
  { files: JAVASCRIPT, extends: [tseslint.configs.disableTypeChecked] },
)
