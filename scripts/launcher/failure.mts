/** Something the person at the terminal can act on. Its message is one sentence and is all they see. */
export class Failure extends Error {
  override name = 'Failure'
  /** What a tool printed before it failed; shown above the sentence where the sentence alone can't help. */
  readonly details: readonly string[]

  constructor(sentence: string, details: readonly string[] = []) {
    super(sentence)
    this.details = details
  }
}

/** The person asked to stop. Not an error: it unwinds what is going on. */
export class Stopped extends Error {
  override name = 'Stopped'
}

const NO_SPACE = 'The disk is full: free some space and start again (what was done so far is kept).'
const NO_SPACE_TEXT = /ENOSPC|EDQUOT|no space left on device|disk quota exceeded|could not extend file/i

/** The text of an error's own field; '' when it has none. */
export function field(error: unknown, name: string): string {
  if (typeof error !== 'object' || error === null) return ''
  const value: unknown = Reflect.get(error, name)
  return typeof value === 'string' ? value : ''
}

/** Finds in a tool's output what the machine, not the tool, is to blame for. */
export function failureInOutput(output: string): Failure | undefined {
  if (NO_SPACE_TEXT.test(output)) return new Failure(NO_SPACE)
  if (/out of memory|ENOMEM|Cannot allocate memory/i.test(output)) {
    return new Failure('There was not enough free memory: close other programs and start again.')
  }
  return undefined
}

/** Errors of the operating system, as a sentence; undefined for those that are faults of this program. */
export function systemFailure(error: unknown): Failure | undefined {
  const path = field(error, 'path')
  switch (field(error, 'code')) {
    case 'ENOSPC':
    case 'EDQUOT':
      return new Failure(NO_SPACE)
    case 'EACCES':
    case 'EPERM':
      return new Failure(
        `No permission to use ${path || 'a file of this folder'}: start as the user who owns it, or make it yours with chown.`,
      )
    case 'EROFS':
      return new Failure(
        `${path || 'This folder'} is read-only: copy the project to a folder that can be written.`,
      )
    case 'EMFILE':
    case 'ENFILE':
      return new Failure(
        'Too many files are open on this machine: raise the limit with "ulimit -n 4096" and start again.',
      )
    case 'ENOMEM':
      return new Failure('There was not enough free memory: close other programs and start again.')
    default:
      return NO_SPACE_TEXT.test(error instanceof Error ? error.message : '')
        ? new Failure(NO_SPACE)
        : undefined
  }
}
