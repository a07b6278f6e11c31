import { existsSync } from 'node:fs'
import path from 'node:path'
import type { Environment, Output } from './child.mts'
import { type DatabaseAddresses, variable } from './environment.mts'
import { Failure } from './failure.mts'
import { dataPath, ROOT } from './paths.mts'
import type { Session } from './session.mts'

// The worker: one process beside the web server that does what a request must not wait for, such as sending letters.

/** What `npm run build` makes, beside what Next makes. */
export const WORKER = path.join(ROOT, '.next', 'smartlms-worker.cjs')

/** The same for `npm run dev`, which has no build. */
const DEV_WORKER = dataPath('worker', 'smartlms-worker.cjs')

/** Whether this command starts one: SMARTLMS_WORKER=0 where it runs somewhere else. */
export function wantsWorker(): boolean {
  return !/^(0|false)$/i.test(variable('SMARTLMS_WORKER') ?? '1')
}

/**
 * Makes one file of the worker's sources, which Node runs as it is. Packages stay outside and are found in
 * node_modules.
 */
export async function bundleWorker(file = WORKER): Promise<void> {
  // A tool of development: where the product is only served, it need not be installed.
  const { build, stop } = await import('esbuild')
  await build({
    absWorkingDir: ROOT,
    entryPoints: [path.join('lib', 'jobs', 'main.ts')],
    outfile: file,
    bundle: true,
    platform: 'node',
    format: 'cjs',
    target: 'node24',
    conditions: ['react-server'],
    packages: 'external',
    sourcemap: true,
    logLevel: 'warning',
  })
  await stop()
}

/** @throws Failure when a worker would have no way to the database, or has not been built */
export function requireWorker(addresses: DatabaseAddresses): void {
  if (!existsSync(WORKER)) throw new Failure('There is no build of the worker: run "npm run build" first.')
  if (addresses.owner === '' && (addresses.worker ?? '') === '') {
    throw new Failure(
      'The worker has no database: set WORKER_DATABASE_URL, or SMARTLMS_WORKER=0 where it runs somewhere else.',
    )
  }
}

/** Starts the worker and keeps it running. The web server goes on without it. */
export function superviseWorker(session: Session, env: Environment, output: Output): void {
  session.supervise('The worker', WORKER, env, output)
}

/** The same for development, from the sources as they are now. */
export async function superviseDevWorker(session: Session, env: Environment, output: Output): Promise<void> {
  await bundleWorker(DEV_WORKER)
  session.supervise('The worker', DEV_WORKER, env, output)
}
