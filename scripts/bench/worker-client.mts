import { fork, type ChildProcess } from 'node:child_process'
import path from 'node:path'
import type { Environment } from '../launcher/child.mts'
import { Failure } from '../launcher/failure.mts'
import { ROOT } from '../launcher/paths.mts'
import type { Answer, Job, Result } from './protocol.mts'

/** The product's data layer in a process of its own. */
export class DataWorker {
  readonly #child: ChildProcess

  private constructor(child: ChildProcess) {
    this.#child = child
  }

  /** @param url a connection that row-level security does not hold */
  static async start(env: Environment, url: string): Promise<DataWorker> {
    const file = path.join(ROOT, 'scripts', 'bench', 'worker.ts')
    const child = fork(file, [url], {
      cwd: ROOT,
      env,
      execArgv: ['-C', 'react-server', '-r', 'ts-node/register'],
      serialization: 'advanced',
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    })
    const worker = new DataWorker(child)
    await worker.#answer()
    return worker
  }

  #answer(): Promise<Result> {
    return new Promise((resolve, reject) => {
      const gone = (): void =>
        reject(new Failure('The process that runs the data layer ended: see the lines above.'))
      this.#child.once('exit', gone)
      this.#child.once('message', (answer: Answer) => {
        this.#child.off('exit', gone)
        if ('result' in answer) resolve(answer.result)
        else reject(new Failure(`The data layer failed (${answer.error}).`))
      })
    })
  }

  async #do<Kind extends Job['kind']>(job: Job & { kind: Kind }): Promise<Extract<Result, { kind: Kind }>> {
    const answer = this.#answer()
    this.#child.send(job)
    const result = await answer
    if (!isOf(result, job.kind)) throw new Failure(`The data layer answered ${result.kind} to ${job.kind}.`)
    return result
  }

  record(job: Omit<Extract<Job, { kind: 'record' }>, 'kind'>): Promise<Extract<Result, { kind: 'record' }>> {
    return this.#do({ kind: 'record', ...job })
  }

  compare(
    job: Omit<Extract<Job, { kind: 'compare' }>, 'kind'>,
  ): Promise<Extract<Result, { kind: 'compare' }>> {
    return this.#do({ kind: 'compare', ...job })
  }

  time(job: Omit<Extract<Job, { kind: 'time' }>, 'kind'>): Promise<Extract<Result, { kind: 'time' }>> {
    return this.#do({ kind: 'time', ...job })
  }

  report(job: Omit<Extract<Job, { kind: 'report' }>, 'kind'>): Promise<Extract<Result, { kind: 'report' }>> {
    return this.#do({ kind: 'report', ...job })
  }

  announce(
    job: Omit<Extract<Job, { kind: 'announce' }>, 'kind'>,
  ): Promise<Extract<Result, { kind: 'announce' }>> {
    return this.#do({ kind: 'announce', ...job })
  }

  stop(): void {
    if (this.#child.connected) this.#child.disconnect()
  }
}

function isOf<Kind extends Result['kind']>(
  result: Result,
  kind: Kind,
): result is Extract<Result, { kind: Kind }> {
  return result.kind === kind
}
