/** Response headers that every page, route and error carries. `https`: the validated scheme of the request. */
export function securityHeaders(https: boolean): Readonly<Record<string, string>> {
  return {
    'X-Content-Type-Options': 'nosniff',
    'X-Frame-Options': 'DENY',
    'Referrer-Policy': 'strict-origin-when-cross-origin',
    'Permissions-Policy': 'camera=(), microphone=(), geolocation=(), payment=(), usb=(), browsing-topics=()',
    'Cross-Origin-Opener-Policy': 'same-origin',
    'Cross-Origin-Resource-Policy': 'same-origin',
    'Origin-Agent-Cluster': '?1',
    ...(https ? { 'Strict-Transport-Security': 'max-age=63072000; includeSubDomains' } : {}),
  }
}

/** The players of films on platforms: of all that isn't ours, a lesson's page may show these and nothing else. */
const FILM_FRAMES = 'frame-src https://www.youtube-nocookie.com https://player.vimeo.com'

/** A lesson as learners see it, and as its author looks at it beforehand. */
const LESSON_PATHS = /^\/(?:learn\/[^/]+|teach\/courses\/[^/]+\/preview)\/[^/]+$/

/** Whether a path of a school's host shows a lesson, where films may play. */
export function isLessonPath(path: string): boolean {
  return LESSON_PATHS.test(path)
}

/**
 * The content security policy of one response. Scripts and style elements need this response's nonce;
 * style attributes are allowed (React renders them, and they can't run anything). Frames are for `films` alone.
 */
export function contentSecurityPolicy(
  nonce: string,
  options: { https: boolean; development: boolean; films?: boolean },
): string {
  const evalInDevelopment = options.development ? " 'unsafe-eval'" : ''
  const directives = [
    "default-src 'none'",
    `script-src 'self' 'nonce-${nonce}' 'strict-dynamic'${evalInDevelopment}`,
    `style-src-elem 'self' 'nonce-${nonce}'`,
    "style-src-attr 'unsafe-inline'",
    "img-src 'self' data:",
    "font-src 'self'",
    "media-src 'self'",
    `connect-src 'self'${options.development ? ' ws:' : ''}`,
    "manifest-src 'self'",
    ...(options.films === true ? [FILM_FRAMES] : []),
    "form-action 'self'",
    "frame-ancestors 'none'",
    "base-uri 'none'",
    'report-uri /api/csp-report',
    ...(options.https ? ['upgrade-insecure-requests'] : []),
  ]
  return directives.join('; ')
}

/** Whatever a stored file is, a page made of it could do nothing. */
export const FILE_POLICY = "default-src 'none'; sandbox"

/** Whether a path answers with a file: uploads, signed links, a school's drawn icon. */
export function isFilePath(path: string): boolean {
  return path.startsWith('/media/') || path.startsWith('/files/') || path === '/icon.svg'
}
