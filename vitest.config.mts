import { randomInt } from 'node:crypto'
import { resolve } from 'node:path'
import react from '@vitejs/plugin-react'
import { defineConfig, type TestProjectInlineConfiguration } from 'vitest/config'

// One seed for the whole run, printed before the first test: `FC_SEED=<it> npm test` repeats the run.
// Workers inherit the variable, and a run that was started with one keeps it.
// VITEST is set by vitest alone; other tools read this file for its list of projects.
if (process.env['VITEST'] !== undefined && process.env['FC_SEED'] === undefined) {
  process.env['FC_SEED'] = String(randomInt(2 ** 31))
  console.log(`fast-check seed: FC_SEED=${process.env['FC_SEED']}`)
}

const fromPackages = (path: string): string => resolve(import.meta.dirname, 'node_modules', path)

/**
 * Browsers in courses of their own. The others look at everything that there is, change what all share, or do something
 * within the last second.
 */
const JOURNEYS = 'tests/e2e/!(axe|exam-room|hostile*|journey|people-journey|tutor).browser.test.ts'

const fastCheck = 'tests/support/fast-check-setup.ts'

/**
 * `server-only` throws unless it is resolved as React's server would. Both halves are needed: `resolve`
 * for what Vite transforms, `execArgv` for what a worker's Node loads by itself from node_modules.
 */
const conditions = ['react-server', 'node', 'development|production']
const onServer = {
  resolve: {
    conditions,
    // Next's bundler makes the same swap: the ordinary module makes client contexts, which React's server build lacks.
    alias: [
      { find: /^next\/navigation$/, replacement: fromPackages('next/dist/api/navigation.react-server.js') },
    ],
  },
  ssr: { resolve: { conditions, externalConditions: ['react-server', 'node'] } },
}
const serverArguments = ['--conditions=react-server']

/** Groups run one after another, lowest first: two cores, and a database that measures time. */
function project(
  name: string,
  groupOrder: number,
  include: string[],
  test: TestProjectInlineConfiguration['test'] = {},
): NonNullable<TestProjectInlineConfiguration['test']> {
  return { name, include, setupFiles: [fastCheck], sequence: { groupOrder }, ...test }
}

export default defineConfig({
  test: {
    pool: 'forks',
    maxWorkers: 2,
    // A test that is never awaited, or that asserts nothing, passes for the wrong reason.
    expect: { requireAssertions: true },
    allowOnly: false,
    projects: [
      {
        plugins: [react()],
        // Pure functions of server rooms are tested here too; there is no client to protect from them.
        resolve: {
          alias: { 'server-only': fromPackages('server-only/empty.js') },
        },
        test: project('unit', 0, ['tests/{unit,components}/**/*.test.{ts,tsx}']),
      },
      {
        test: project('architecture', 1, ['tests/{architecture,types}/**/*.test.ts'], {
          exclude: ['tests/architecture/fixtures/**'],
          testTimeout: 60_000,
          hookTimeout: 60_000,
        }),
      },
      {
        ...onServer,
        test: project('integration', 2, ['tests/{integration,tenancy}/**/*.test.ts'], {
          globalSetup: ['tests/support/global-setup.ts'],
          execArgv: serverArguments,
          // Files wait for queues and clocks a third of their time.
          maxWorkers: 3,
          testTimeout: 90_000,
          hookTimeout: 60_000,
        }),
      },
      {
        test: project('launcher', 3, ['tests/launcher/**/*.test.ts'], {
          fileParallelism: false,
          maxWorkers: 1,
          testTimeout: 180_000,
          hookTimeout: 180_000,
        }),
      },
      {
        resolve: { alias: { 'server-only': fromPackages('server-only/empty.js') } },
        // Journeys through courses of their own: they wait for browsers and clocks, so two go at once.
        test: project('journeys', 4, [JOURNEYS], {
          globalSetup: ['tests/support/e2e-setup.ts'],
          maxWorkers: 2,
          testTimeout: 120_000,
          hookTimeout: 180_000,
        }),
      },
      {
        resolve: { alias: { 'server-only': fromPackages('server-only/empty.js') } },
        test: project('e2e', 5, ['tests/e2e/**/*.test.ts'], {
          exclude: [JOURNEYS],
          globalSetup: ['tests/support/e2e-setup.ts'],
          fileParallelism: false,
          maxWorkers: 1,
          testTimeout: 120_000,
          hookTimeout: 180_000,
        }),
      },
    ],
  },
})
