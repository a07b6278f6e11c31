import { Child, type Environment, type Output } from './child.mts'
import { Failure, failureInOutput, Stopped } from './failure.mts'
import { logTail, sizeOf } from './files.mts'
import { boundServerLog, useLocalDatabase, type LocalDatabase } from './local-database.mts'
import { announce, withdraw } from './members.mts'
import { dataPath, makeDataFolders } from './paths.mts'
import { sleep, startOf } from './process-identity.mts'
import { Progress } from './progress.mts'

const WATCH_MILLISECONDS = 1000

/** Milliseconds before what died is started again: at first, at most, and how long it has to run to be well again. */
const RESTART = { first: 500, longest: 10_000, well: 30_000 } as const

/** One run of a command: what it started, in the order to stop it, and the way to be told to stop. */
export class Session {
  readonly command: string
  readonly progress = new Progress()
  readonly #stop = new AbortController()
  readonly #children = new Set<Child>()
  readonly #failed: Promise<never>
  #reject: (reason: Error) => void = () => {}
  #database: LocalDatabase | undefined
  #watch: NodeJS.Timeout | undefined
  #usesDatabase = false
  #port: number | null = null
  /** Something was up and running, so that a request to stop is no interruption. */
  served = false

  /** @param command as the person typed it, for messages to others: `npm run demo` */
  constructor(command: string) {
    this.command = command
    this.#failed = new Promise((_, reject) => (this.#reject = reject))
    // Nobody may be waiting yet when it fails.
    this.#failed.catch(() => {})
  }

  get stopping(): boolean {
    return this.#stop.signal.aborted
  }

  /** Asks the run to end; what waits is thrown `Stopped`. */
  requestStop(): void {
    this.#stop.abort()
    this.#reject(new Stopped())
  }

  step<T>(name: string, work: () => Promise<T>): Promise<T> {
    if (this.stopping) throw new Stopped()
    return this.progress.step(name, () => Promise.race([work(), this.#failed]))
  }

  /** Tells other commands of this folder that we are here. */
  announce(changes: { port?: number } = {}): void {
    makeDataFolders()
    if (changes.port !== undefined) this.#port = changes.port
    const children = [...this.#children].flatMap((child) => (child.name ? [child.name] : []))
    announce({ command: this.command, port: this.#port, usesDatabase: this.#usesDatabase, children })
  }

  /** The project's own database, shared with other commands of this folder. @throws Failure */
  async localDatabase(): Promise<LocalDatabase> {
    const join = (): void => {
      this.#usesDatabase = true
      this.announce()
    }
    const leave = (): void => {
      this.#usesDatabase = false
      withdraw()
    }
    const database = await useLocalDatabase(join, leave, (text) => this.progress.note(text))
    this.#database = database
    this.#watch = setInterval(() => this.#look(database.pid), WATCH_MILLISECONDS)
    if (this.stopping) throw new Stopped()
    return database
  }

  #look(pid: number): void {
    boundServerLog()
    if (this.stopping || startOf(pid) !== undefined) return
    this.#reject(
      new Failure(`The database stopped unexpectedly: see ${dataPath('postgres.log')}, then start again.`),
    )
  }

  #start(
    script: string,
    args: readonly string[],
    env: Environment,
    output: Output,
    foreground = false,
  ): Child {
    if (this.stopping) throw new Stopped()
    const child = Child.start(script, args, env, output, foreground)
    this.#children.add(child)
    this.announce()
    return child
  }

  /**
   * Runs a tool to its end, with its output in a log.
   *
   * @param name short, for the log's file name
   * @param failed the sentence for when it fails and its output holds no better reason
   * @throws Failure with the end of the output
   */
  async tool(
    name: string,
    script: string,
    args: readonly string[],
    env: Environment,
    failed: string,
  ): Promise<void> {
    const file = dataPath('logs', `${name}.log`)
    const child = this.#start(script, args, env, { file })
    const from = sizeOf(file)
    const result = await Promise.race([child.ended, this.#failed])
    this.#children.delete(child)
    if (result === '0') return
    if (this.stopping) throw new Stopped()
    const lines = logTail(file, from, 200)
    const reason = failureInOutput(lines.join('\n'))
    throw reason ?? new Failure(`${failed} The whole output is in ${file}.`, withoutStack(lines).slice(-30))
  }

  /** Runs a tool in the person's terminal. @returns its exit code */
  async foreground(script: string, args: readonly string[], env: Environment): Promise<number> {
    const child = this.#start(script, args, env, 'terminal', true)
    const result = await Promise.race([child.ended, this.#failed])
    this.#children.delete(child)
    return Number.isNaN(Number(result)) ? 1 : Number(result)
  }

  /** Starts a server that is meant to run until we stop; its end before that ends the run with a sentence. */
  serve(title: string, script: string, args: readonly string[], env: Environment, output: Output): Child {
    const from = output === 'terminal' ? 0 : sizeOf(output.file)
    const child = this.#start(script, args, env, output)
    void child.ended.then((result) => {
      if (this.stopping) return
      const lines = output === 'terminal' ? [] : logTail(output.file, from, 200)
      const where = output === 'terminal' ? 'see the lines above' : `see ${output.file}`
      const sentence = `${title} stopped unexpectedly (${/^\d+$/.test(result) ? `exit code ${result}` : result}): ${where}.`
      this.#reject(failureInOutput(lines.join('\n')) ?? new Failure(sentence, withoutStack(lines).slice(-10)))
    })
    return child
  }

  /** Starts a helper that the run goes on without: when it ends it is started again, each time after a longer pause. */
  supervise(title: string, script: string, env: Environment, output: Output): void {
    const again = async (pause: number): Promise<void> => {
      const started = Date.now()
      const child = this.#start(script, [], env, output)
      const result = await child.ended
      this.#children.delete(child)
      if (this.stopping) return
      this.announce()
      const now = Date.now() - started > RESTART.well ? RESTART.first : pause
      this.progress.note(`${title} stopped (${result}) and is started again in ${now / 1000} s.`)
      await this.race(sleep(now))
      await again(Math.min(now * 2, RESTART.longest))
    }
    again(RESTART.first).catch((error: unknown) => {
      if (!this.stopping) this.#reject(error instanceof Error ? error : new Error(String(error)))
    })
  }

  /** Waits for the person, or for a failure. @throws Stopped or Failure */
  untilStopped(): Promise<never> {
    return this.#failed
  }

  /** Waits for `work`, or for what ends the run before. @throws Stopped or Failure */
  race<T>(work: Promise<T>): Promise<T> {
    return Promise.race([work, this.#failed])
  }

  /** Stops all that was started: servers first, then the database. */
  async close(): Promise<void> {
    this.#stop.abort()
    clearInterval(this.#watch)
    await Promise.all([...this.#children].map((child) => child.stop()))
    await this.#release('fast')
  }

  /** The same without patience. */
  async kill(): Promise<void> {
    this.#stop.abort()
    for (const child of this.#children) child.send('SIGKILL')
    await this.#release('immediate')
  }

  async #release(how: 'fast' | 'immediate'): Promise<void> {
    const database = this.#database
    this.#database = undefined
    if (database) await database.release(how)
    else withdraw()
  }
}

/** Frames of a stack say where a tool failed, not why. */
function withoutStack(lines: readonly string[]): string[] {
  return lines.filter((line) => !/^\s+at .*[(:]/.test(line))
}
