import { existsSync, readFileSync, rmSync, statfsSync } from 'node:fs'
import { request } from 'node:http'
import path from 'node:path'
import { baseEnvironment, variable } from './environment.mts'
import type { Environment, Output } from './child.mts'
import { Failure } from './failure.mts'
import { readJson, textIn, writePrivate } from './files.mts'
import { fingerprint } from './fingerprint.mts'
import { withLock } from './lock.mts'
import { ROOT } from './paths.mts'
import { sleep } from './process-identity.mts'
import type { Session } from './session.mts'
import { bundleWorker, WORKER } from './worker.mts'

export const NEXT = 'next/dist/bin/next'
const BUILD_ID = path.join(ROOT, '.next', 'BUILD_ID')
/** Inside `.next`, so that whoever removes the build removes the claim that there is one. */
const STAMP = path.join(ROOT, '.next', 'smartlms.json')

// tsconfig.json is left out: Next writes to it.
const SOURCES = [
  'app',
  'components',
  'lib',
  'public',
  'types',
  'prisma/schema.prisma',
  'proxy.ts',
  'instrumentation.ts',
  'next.config.js',
  'postcss.config.mjs',
  'package.json',
  'package-lock.json',
]

/** A build takes about this much; failing before it starts beats failing in the middle. */
const BUILD_BYTES = 150 * 1024 * 1024

function sourcesFingerprint(): string {
  const baked = Object.entries(process.env).filter(([name]) => name.startsWith('NEXT_PUBLIC_'))
  return fingerprint(SOURCES, ['lib/db/generated'], JSON.stringify(baked.sort()))
}

function isBuilt(wanted: string): boolean {
  const stamp = readJson(STAMP)
  return (
    existsSync(BUILD_ID) &&
    existsSync(WORKER) &&
    textIn(stamp, 'sources') === wanted &&
    textIn(stamp, 'build') === readFileSync(BUILD_ID, 'utf8')
  )
}

/** @throws Failure when there is nothing to serve */
export function requireBuild(): void {
  if (!existsSync(BUILD_ID)) throw new Failure('There is no build to serve: run "npm run build" first.')
}

/**
 * Builds for production unless the sources are those of the last build.
 *
 * @param force build in any case
 * @throws Failure
 */
export function build(session: Session, force = false): Promise<void> {
  const waiting = (): void =>
    session.progress.note('Another command of this folder is building; waiting for it.')
  return withLock('build', () => buildAlone(session, force), waiting)
}

async function buildAlone(session: Session, force: boolean): Promise<void> {
  const wanted = sourcesFingerprint()
  if (!force && isBuilt(wanted)) return
  const { bavail, bsize } = statfsSync(ROOT)
  if (bavail * bsize < BUILD_BYTES) {
    throw new Failure(
      `The disk is full: a build takes about ${BUILD_BYTES / 1024 / 1024} MB, so free some space and start again.`,
    )
  }
  rmSync(STAMP, { force: true })
  await session.step('Building for production', () =>
    session.tool(
      'build',
      NEXT,
      ['build'],
      buildEnvironment(),
      'The production build failed: see the lines above.',
    ),
  )
  await session.race(bundleWorker())
  writePrivate(STAMP, JSON.stringify({ sources: wanted, build: readFileSync(BUILD_ID, 'utf8') }))
}

/** A build depends on no database and no secret: what it can't see, it can't bake in. */
function buildEnvironment(): Environment {
  return {
    ...baseEnvironment(),
    NODE_ENV: 'production',
    DATABASE_URL: '',
    APP_DATABASE_URL: '',
    PLATFORM_DATABASE_URL: '',
    WORKER_DATABASE_URL: '',
    SMARTLMS_SECRET: '',
  }
}

/** Starts the web server on all addresses, or on SMARTLMS_BIND alone. */
export function serveWeb(
  session: Session,
  mode: 'start' | 'dev',
  port: number,
  env: Environment,
  output: Output,
): void {
  const bind = variable('SMARTLMS_BIND')
  // Next takes 127.0.0.1 for `localhost` in one place and for itself in another, and then asks itself for every page
  // for ever. By the name both agree, and Node is told to take the name for the same address.
  const host = bind === '127.0.0.1' ? 'localhost' : bind
  const args = [mode, '-p', String(port), ...(host === undefined ? [] : ['-H', host])]
  const options = [process.env['NODE_OPTIONS'], '--dns-result-order=ipv4first'].filter(Boolean).join(' ')
  session.announce({ port })
  session.serve('The web server', NEXT, args, { ...env, NODE_OPTIONS: options }, output)
}

/**
 * Waits until `/readyz` answers 200.
 *
 * @param port of the web server on this machine
 * @throws Failure after `seconds`, with what it answered last
 */
export async function waitUntilReady(port: number, seconds = 90): Promise<void> {
  const deadline = Date.now() + seconds * 1000
  let last = 'no answer'
  while (Date.now() < deadline) {
    const status = await statusOf(port)
    if (status === 200) return
    if (status !== undefined) last = `status ${status}`
    await sleep(150)
  }
  throw new Failure(`The web server did not get ready in ${seconds} s (${last} from /readyz): see its log.`)
}

function statusOf(port: number): Promise<number | undefined> {
  const domain = variable('SMARTLMS_ROOT_DOMAIN') ?? 'localhost'
  const host = variable('SMARTLMS_BIND') ?? '127.0.0.1'
  return new Promise((resolve) => {
    const asked = request(
      { host, port, path: '/readyz', headers: { host: `${domain}:${port}` }, timeout: 10_000 },
      (answer) => {
        answer.resume()
        resolve(answer.statusCode)
      },
    )
    asked.once('timeout', () => asked.destroy())
    asked.once('error', () => {
      resolve(undefined)
    })
    asked.end()
  })
}
