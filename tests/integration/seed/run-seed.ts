import { execFile } from 'node:child_process'
import { join, resolve } from 'node:path'

const ROOT = resolve(import.meta.dirname, '../../..')

export interface SeedRun {
  code: number
  output: string
}

/** Runs a program of the repository with the environment of this process, as a terminal would. */
function run(program: string, args: readonly string[]): Promise<SeedRun> {
  return new Promise((settle) => {
    const child = execFile(
      process.execPath,
      [join(ROOT, program), ...args],
      { cwd: ROOT },
      (_error, stdout, stderr) => {
        settle({ code: child.exitCode ?? -1, output: stdout + stderr })
      },
    )
  })
}

/** `npx prisma db seed -- …` */
export function prismaSeed(...args: string[]): Promise<SeedRun> {
  return run('node_modules/prisma/build/index.js', [
    'db',
    'seed',
    ...(args.length === 0 ? [] : ['--', ...args]),
  ])
}

/** The command behind it, without the second that Prisma takes to start. */
export function seed(...args: string[]): Promise<SeedRun> {
  const command = ['--compiler-options', '{"module":"CommonJS"}', 'prisma/seed.ts']
  return run('node_modules/ts-node/dist/bin.js', [...command, ...args])
}

/** `npx prisma migrate deploy` */
export function migrate(): Promise<SeedRun> {
  return run('node_modules/prisma/build/index.js', ['migrate', 'deploy'])
}
