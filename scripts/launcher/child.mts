import { spawn, type ChildProcess } from 'node:child_process'
import { existsSync } from 'node:fs'
import path from 'node:path'
import { closeQuietly, openLog } from './files.mts'
import { ROOT } from './paths.mts'
import { nameOf, signal, startOf, waitUntil, type ProcessName } from './process-identity.mts'
import { Failure } from './failure.mts'

export type Environment = NodeJS.ProcessEnv

/** Where a child's output goes: this terminal, or the end of a file. */
export type Output = 'terminal' | { readonly file: string }

/** A child and all that it starts, as one group. */
export class Child {
  readonly process: ChildProcess
  readonly name: ProcessName | undefined
  /** Exit code, or the signal's name. */
  readonly ended: Promise<string>
  readonly #group: boolean

  private constructor(process: ChildProcess, group: boolean) {
    this.process = process
    this.#group = group
    this.ended = new Promise((resolve) => {
      process.once('error', (error) => {
        resolve(error.message)
      })
      process.once('exit', (code, name) => {
        resolve(name ?? String(code))
      })
    })
    this.name =
      process.pid !== undefined && startOf(process.pid) !== undefined ? nameOf(process.pid) : undefined
  }

  /**
   * @param script a JavaScript file: below node_modules, or anywhere by its whole path
   * @param foreground shares the terminal and its Ctrl-C with us, for programs that ask questions
   */
  static start(
    script: string,
    args: readonly string[],
    env: Environment,
    output: Output,
    foreground = false,
  ): Child {
    const file = path.resolve(ROOT, 'node_modules', script)
    if (!existsSync(file) && path.isAbsolute(script))
      throw new Failure(`${script} is missing: run "npm run build" first.`)
    if (!existsSync(file))
      throw new Failure(`The package ${script.split('/')[0] ?? ''} is not installed: run "npm ci" first.`)
    const log = output === 'terminal' ? 'inherit' : openLog(output.file)
    try {
      const child = spawn(process.execPath, [file, ...args], {
        cwd: ROOT,
        env: { ...env, PATH: searchPath(env['PATH']) },
        // Its own group: Ctrl-C reaches only us, and we stop things in order.
        detached: !foreground,
        stdio: [foreground ? 'inherit' : 'ignore', log, log],
      })
      return new Child(child, !foreground)
    } finally {
      if (typeof log === 'number') closeQuietly(log)
    }
  }

  get running(): boolean {
    return (
      this.process.exitCode === null && this.process.signalCode === null && this.process.pid !== undefined
    )
  }

  send(name: NodeJS.Signals): void {
    const { pid } = this.process
    if (pid !== undefined && this.running) signal(this.#group ? -pid : pid, name)
  }

  /** Politely, and after `patience` milliseconds without asking. */
  async stop(patience = 8000): Promise<void> {
    this.send('SIGTERM')
    if (!(await waitUntil(() => !this.running, patience))) this.send('SIGKILL')
    await waitUntil(() => !this.running, 3000)
  }
}

/** Our own tools first: `ts-node` and the Node that npm installed are found there by what the tools start. */
function searchPath(given: string | undefined): string {
  return [path.join(ROOT, 'node_modules', '.bin'), path.dirname(process.execPath), given ?? '']
    .filter(Boolean)
    .join(path.delimiter)
}
