import path from 'node:path'
import type { Child } from '../launcher/child.mts'
import { baseEnvironment, serverEnvironment } from '../launcher/environment.mts'
import type { Environment } from '../launcher/child.mts'
import { freePort } from '../launcher/free-port.mts'
import { dataPath } from '../launcher/paths.mts'
import type { Session } from '../launcher/session.mts'
import { NEXT, waitUntilReady } from '../launcher/web.mts'
import { STORAGE, type BenchDatabase } from './database.mts'

export type Web = Readonly<{ port: number; pid: number; child: Child }>

/** The environment of the served product, and of the data layer on its own. */
export function productEnvironment(database: BenchDatabase, port: number): Environment {
  const { owner, logins } = database
  const addresses = { owner: owner.url, app: logins.appDatabaseUrl, platform: logins.platformDatabaseUrl }
  return {
    ...baseEnvironment(),
    ...serverEnvironment({ addresses, secret: 'a'.repeat(64), port, demo: true, mode: 'production' }),
    STORAGE_DIR: STORAGE,
  }
}

/** Serves a build on a port of its own and waits until it answers. @param folder of the project; ours when left out */
export async function serveBuild(
  session: Session,
  name: string,
  env: (port: number) => Environment,
  folder?: string,
): Promise<Web> {
  const port = await freePort()
  const args = ['start', ...(folder === undefined ? [] : [folder]), '-p', String(port)]
  const log = path.join(dataPath('logs'), `bench-${name}.log`)
  const child = session.serve(`The web server (${name})`, NEXT, args, env(port), { file: log })
  await session.race(waitUntilReady(port))
  return { port, pid: child.process.pid ?? 0, child }
}
