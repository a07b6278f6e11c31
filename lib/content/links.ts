/**
 * Which addresses a lesson may point at. Decided when a document is parsed, so that no
 * renderer has to remember it: a document that parses holds no script address.
 */

/**
 * Browsers drop tabs, newlines and leading control characters from an address and read a
 * backslash as a slash, so `java\nscript:` and `/\evil.example` would slip past any test of
 * the prefix. None of them belongs in a written address: all are refused.
 */
const UNWRITTEN = /[\s\\\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u

const WEB = /^https?:\/\/[^/?#]/i
const MAIL = /^mailto:[^@:/?#]+@[^@:/?#]+(\?[^#]*)?$/i
/** Segments of letters, digits, dot, dash and underscore that do not start with a dot: no `..`, no hidden file. */
const STORAGE_KEY = /^[A-Za-z0-9_-]+(?:\/[A-Za-z0-9_-][A-Za-z0-9._-]*)+$/
/** Never resolved: only its origin is compared with that of the address under test. */
const SITE = 'https://site.invalid'

function isWebAddress(address: string): boolean {
  if (!WEB.test(address) || !URL.canParse(address)) return false
  const url = new URL(address)
  // A name in front of the host (`https://bank.example@evil.example`) exists to mislead the reader.
  return url.username === '' && url.password === ''
}

function isSitePath(address: string): boolean {
  if (!address.startsWith('/') || address.startsWith('//')) return false
  return URL.canParse(address, SITE) && new URL(address, SITE).origin === SITE
}

/**
 * True for what a link may hold: http, https and mailto addresses, a path of this site
 * (`/courses`), or a fragment (`#exercise`). Everything else, `//host` included, is false.
 */
export function isSafeHref(href: string): boolean {
  if (UNWRITTEN.test(href) || !href.isWellFormed()) return false
  return href.startsWith('#') || isSitePath(href) || isWebAddress(href) || MAIL.test(href)
}

/**
 * True for what an image may hold: a storage key (`<tenantId>/public/…`, never an address) or an
 * https address.
 */
export function isSafeImageSource(src: string): boolean {
  if (UNWRITTEN.test(src) || !src.isWellFormed()) return false
  return STORAGE_KEY.test(src) || (/^https:/i.test(src) && isWebAddress(src))
}
