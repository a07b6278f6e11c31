import { spawn, type ChildProcess } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'

const ROOT = path.resolve(import.meta.dirname, '..', '..')

const MIGRATION = `
CREATE TABLE "Thing" ("id" TEXT NOT NULL, CONSTRAINT "Thing_pkey" PRIMARY KEY ("id"));
DO $$ BEGIN
  IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'smartlms_app') THEN CREATE ROLE smartlms_app; END IF;
  IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'smartlms_platform') THEN CREATE ROLE smartlms_platform; END IF;
  IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'smartlms_worker') THEN CREATE ROLE smartlms_worker; END IF;
END $$;
CREATE SCHEMA IF NOT EXISTS graphile_worker AUTHORIZATION smartlms_worker;
CREATE TABLE IF NOT EXISTS graphile_worker.migrations (
  id int PRIMARY KEY, ts timestamptz NOT NULL DEFAULT now(), breaking boolean NOT NULL DEFAULT false);
ALTER TABLE graphile_worker.migrations OWNER TO smartlms_worker;
`

export type Result = Readonly<{ code: number | null; stdout: string; stderr: string }>

/** A checkout of the launcher in a folder of its own, with one small migration in place of the product's. */
export class Project {
  readonly folder: string
  readonly #parent: string
  readonly #started: ChildProcess[] = []

  constructor() {
    // mkdtemp makes a folder that only its owner may enter: the hard case for a server that can't run as root.
    this.#parent = mkdtempSync(path.join(tmpdir(), 'smartlms-launcher-'))
    this.folder = path.join(this.#parent, 'pro ject')
    const migration = path.join(this.folder, 'prisma', 'migrations', '20260101000000_init')
    mkdirSync(migration, { recursive: true })
    cpSync(path.join(ROOT, 'scripts'), path.join(this.folder, 'scripts'), { recursive: true })
    cpSync(path.join(ROOT, 'prisma.config.ts'), path.join(this.folder, 'prisma.config.ts'))
    symlinkSync(path.join(ROOT, 'node_modules'), path.join(this.folder, 'node_modules'))
    writeFileSync(path.join(this.folder, 'package.json'), '{ "name": "scratch", "private": true }')
    writeFileSync(
      path.join(this.folder, 'prisma', 'migrations', 'migration_lock.toml'),
      'provider = "postgresql"\n',
    )
    writeFileSync(path.join(migration, 'migration.sql'), MIGRATION)
    writeFileSync(
      path.join(this.folder, 'prisma', 'schema.prisma'),
      'generator client {\n  provider = "prisma-client"\n  output = "../generated"\n}\ndatasource db {\n  provider = "postgresql"\n}\nmodel Thing {\n  id String @id\n}\n',
    )
  }

  file(...parts: string[]): string {
    return path.join(this.folder, ...parts)
  }

  read(...parts: string[]): string {
    return readFileSync(this.file(...parts), 'utf8')
  }

  /** `.data/database.json` */
  saved(): Record<
    'databaseUrl' | 'appDatabaseUrl' | 'platformDatabaseUrl' | 'workerDatabaseUrl' | 'dataDir',
    string
  > {
    return JSON.parse(this.read('.data', 'database.json')) as ReturnType<Project['saved']>
  }

  /** Pid of the server that runs on the project's data. */
  serverPid(): number {
    return Number(readFileSync(path.join(this.saved().dataDir, 'postmaster.pid'), 'utf8').split('\n')[0])
  }

  #spawn(script: string, args: readonly string[], env: Record<string, string>): ChildProcess {
    const clean = Object.entries(process.env).filter(
      ([name]) => !/DATABASE_URL|^PORT$|^SMARTLMS_|^npm_|^VITEST|^NODE_OPTIONS$/.test(name),
    )
    const child = spawn(process.execPath, [this.file('scripts', script), ...args], {
      cwd: this.folder,
      env: { ...Object.fromEntries(clean), NODE_ENV: 'production', ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    this.#started.push(child)
    return child
  }

  /** Runs a command to its end. */
  run(script: string, args: readonly string[] = [], env: Record<string, string> = {}): Promise<Result> {
    return finished(this.#spawn(script, args, env))
  }

  /** Starts a command that runs until it is told to stop. */
  start(
    script: string,
    env: Record<string, string> = {},
  ): { process: ChildProcess; result: Promise<Result> } {
    const child = this.#spawn(script, [], env)
    return { process: child, result: finished(child) }
  }

  /** Holds the database up until it is told to stop; gives back when the database is ready. */
  async up(): Promise<{ process: ChildProcess; result: Promise<Result> }> {
    const child = this.#spawn('db.mts', ['up'], {})
    const result = finished(child)
    await Promise.race([
      new Promise<void>((resolve) =>
        child.stdout?.on('data', (chunk: Buffer) => {
          if (chunk.toString().includes('until Ctrl-C')) resolve()
        }),
      ),
      result.then(({ stderr }) => Promise.reject(new Error(`It ended: ${stderr}`))),
    ])
    return { process: child, result }
  }

  /** Ends what still runs and removes everything, the place outside the project included. */
  async remove(): Promise<void> {
    for (const child of this.#started) if (child.exitCode === null) child.kill('SIGKILL')
    // One more orderly run adopts whatever was left behind, and stops it.
    const last = await this.up()
    const { dataDir } = this.saved()
    last.process.kill('SIGTERM')
    await last.result
    rmSync(this.#parent, { recursive: true, force: true })
    if (dataDir.startsWith('/var/tmp/smartlms-'))
      rmSync(path.dirname(dataDir), { recursive: true, force: true })
  }
}

function finished(child: ChildProcess): Promise<Result> {
  let stdout = ''
  let stderr = ''
  child.stdout?.on('data', (chunk: Buffer) => (stdout += chunk.toString()))
  child.stderr?.on('data', (chunk: Buffer) => (stderr += chunk.toString()))
  return new Promise((resolve, reject) => {
    child.once('error', reject)
    child.once('close', (code) => {
      resolve({ code, stdout, stderr })
    })
  })
}
