import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestProject } from 'vitest/node'
import {
  ensureBuild,
  environmentOf,
  startWeb,
  startWorld,
  untilAlive,
  type Web,
  type World,
} from '#scripts/screenshots/throwaway'

declare module 'vitest' {
  interface ProvidedContext {
    /** The production build, serving the demo world from a database of its own. */
    served: Readonly<{
      port: number
      /** Superuser's address, to arrange and to inspect. */
      ownerUrl: string
      /** Everything the server wrote. */
      logFile: string
      storageDir: string
      /** Folder for more logs. */
      folder: string
      /** Where letters are written. */
      mailDir: string
      /** Environment of a worker beside the server. None runs unless a file starts it: it would change rows by itself. */
      workerEnvironment: Readonly<Record<string, string>>
    }>
  }
}

let world: World | undefined
let web: Web | undefined
let folder: string | undefined

/** Builds, seeds and serves once for all files of the run. */
export async function setup(project: TestProject): Promise<void> {
  await ensureBuild()
  world = await startWorld({ seeded: true })
  folder = mkdtempSync(join(tmpdir(), 'smartlms-e2e-'))
  const environment = environmentOf(world)
  web = await startWeb(environment, folder)
  await untilAlive(web)
  const { ownerUrl, storageDir, mailDir, workerUrl } = world
  const workerEnvironment = { ...environment, WORKER_DATABASE_URL: workerUrl, PORT: String(web.port) }
  const { port, logFile } = web
  project.provide('served', { port, logFile, ownerUrl, storageDir, folder, mailDir, workerEnvironment })
}

export async function teardown(): Promise<void> {
  await web?.stop()
  await world?.stop()
  if (folder !== undefined) rmSync(folder, { recursive: true, force: true })
}
