/**
 * Every way in which SmartLMS refuses or fails, as one closed union.
 * A code without a status or a text does not compile (`satisfies`), so a new one can't be half added.
 */
const TABLE = {
  unauthenticated: { status: 401, text: 'Please sign in to continue.' },
  forbidden: { status: 403, text: 'You don’t have permission to do that here.' },
  second_factor_required: {
    status: 403,
    text: 'Your school asks its staff for a second factor. Set yours up first.',
  },
  wrong_credentials: { status: 401, text: 'That address and password don’t fit together.' },
  tenant_suspended: { status: 403, text: 'This school is suspended at the moment.' },
  not_found: { status: 404, text: 'There is nothing at this address, or it isn’t open to you.' },
  conflict: { status: 409, text: 'Somebody else changed this in the meantime. Reload to see their version.' },
  limit_reached: {
    status: 409,
    text: 'The school’s plan doesn’t allow more of these. What is there stays; ask an administrator about the plan.',
  },
  payload_too_large: { status: 413, text: 'That is larger than can be accepted here.' },
  invalid_input: { status: 422, text: 'Some of what was sent can’t be accepted. Check the marked fields.' },
  rate_limited: { status: 429, text: 'That was too often in a short time. Wait a moment and try again.' },
  unexpected: {
    status: 500,
    text: 'Something went wrong on our side. Nothing you typed is lost; please try again.',
  },
  unavailable: {
    status: 503,
    text: 'SmartLMS can’t reach its database right now. Please try again in a moment.',
  },
} as const satisfies Record<string, { status: number; text: string }>

export type ErrorCode = keyof typeof TABLE

/** Field name → what is wrong with it, in words for the person who typed it. */
export type FieldErrors = Readonly<Record<string, string>>

/**
 * An expected refusal. `detail` is for the log only and never reaches a browser;
 * what the user reads is the code's own text.
 */
export class AppError extends Error {
  readonly code: ErrorCode
  readonly fields: FieldErrors
  /** A word of the endpoint's own contract, for a page that tells refusals of one code apart. */
  readonly reason: string | null

  constructor(
    code: ErrorCode,
    detail: string,
    options: { fields?: FieldErrors; reason?: string; cause?: unknown } = {},
  ) {
    super(detail, options.cause === undefined ? {} : { cause: options.cause })
    this.name = 'AppError'
    this.code = code
    this.fields = options.fields ?? {}
    this.reason = options.reason ?? null
  }

  get status(): number {
    return TABLE[this.code].status
  }
}

/** HTTP status of a code. */
export function statusOf(code: ErrorCode): number {
  return TABLE[code].status
}

/** What a person reads when this code ends their request. */
export function userText(code: ErrorCode): string {
  return TABLE[code].text
}

/** The code behind anything that was thrown; whatever isn't an `AppError` is unexpected. */
export function codeOf(error: unknown): ErrorCode {
  return error instanceof AppError ? error.code : 'unexpected'
}
