import 'server-only'

/** Thrown by a page's load, or returned by an action, to send the browser to a path of the same host. */
export class GoTo extends Error {
  readonly path: string

  /** @param path of this host, made by us or passed through `ownPath` */
  constructor(path: string) {
    super('redirect')
    this.name = 'GoTo'
    this.path = path
  }
}

/**
 * A path that a stranger may have put into an address, if it stays on this host; `fallback` otherwise. Browsers take
 * a backslash for a slash and drop tabs and line ends, so `/\elsewhere` and `/<tab>/elsewhere` would leave it.
 */
export function ownPath(path: string | undefined | null, fallback: string): string {
  if (path === undefined || path === null || path.length > 500) return fallback
  const plain = /^\/(?![/\\])[^\s\p{Cc}\\]*$/u.test(path)
  return plain && !path.startsWith('/api/') ? path : fallback
}

/** Where people sign in, with the way back to where they were going. */
export function signInPath(from: string): string {
  return from === '/' ? '/sign-in' : `/sign-in?next=${encodeURIComponent(from)}`
}
