import { appendFileSync } from 'node:fs'
import path from 'node:path'
import { Failure, Stopped, systemFailure } from './failure.mts'
import { dataPath, makeDataFolders, ROOT } from './paths.mts'
import { redact } from './redact.mts'
import { Session } from './session.mts'

/** A terminal's Ctrl-C reaches us twice when npm passes it on as well; so soon after the first it is no second one. */
const SAME_KEYPRESS_MILLISECONDS = 800
const INTERRUPTED = 130
const PARENT_MILLISECONDS = 300

/**
 * Runs one command from start to exit code: `.env`, signals, one sentence for each failure, everything stopped at
 * the end.
 *
 * @param command as the person typed it
 * @param body gives the exit code; what it throws is shown as one sentence
 */
export async function run(command: string, body: (session: Session) => Promise<number>): Promise<void> {
  // `npm run demo | head` closes our output; that is no reason to leave a database behind.
  process.stdout.on('error', () => {})
  process.stderr.on('error', () => {})
  const session = new Session(command)
  handleSignals(session)
  let code = 1
  try {
    loadEnvFile()
    code = await body(session)
  } catch (error) {
    if (error instanceof Stopped) code = session.served ? 0 : INTERRUPTED
    else report(error)
  }
  try {
    await session.close()
  } catch (error) {
    report(error)
    code = 1
  }
  process.exit(code)
}

function handleSignals(session: Session): void {
  let first = 0
  const onSignal = (): void => {
    if (first === 0) {
      first = Date.now()
      if (session.served) session.progress.note('Stopping ...')
      session.requestStop()
    } else if (Date.now() - first > SAME_KEYPRESS_MILLISECONDS) {
      void session.kill().finally(() => process.exit(INTERRUPTED))
    }
  }
  for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(name, onSignal)
  // A shell between npm and us dies of a signal that npm passes on, and tells us nothing.
  const parent = process.ppid
  if (process.env['npm_lifecycle_event'] === undefined) return
  const watch = setInterval(() => {
    if (process.ppid === parent) return
    clearInterval(watch)
    onSignal()
  }, PARENT_MILLISECONDS)
  watch.unref()
}

/** `.env` fills in what the environment leaves open. @throws Failure when it exists and can't be read */
function loadEnvFile(): void {
  try {
    process.loadEnvFile(path.join(ROOT, '.env'))
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return
    throw new Failure("The file .env can't be read: give yourself the right to, or remove it.")
  }
}

function report(error: unknown): void {
  const failure = error instanceof Failure ? error : (systemFailure(error) ?? unexpected(error))
  for (const line of failure.details) process.stderr.write(`  ${redact(line)}\n`)
  process.stderr.write(`${redact(failure.message)}\n`)
}

/** A fault of this program: the sentence names it, the log has the rest. */
function unexpected(error: unknown): Failure {
  const text = error instanceof Error ? (error.stack ?? error.message) : String(error)
  const file = dataPath('logs', 'launcher.log')
  try {
    makeDataFolders()
    appendFileSync(file, `${new Date().toISOString()} ${redact(text)}\n`, { mode: 0o600 })
  } catch {
    // The sentence alone has to do.
  }
  const message = (error instanceof Error ? error.message : String(error)).replace(/\s+/g, ' ')
  return new Failure(`Something unforeseen went wrong (${message}): ${file} says where.`)
}
