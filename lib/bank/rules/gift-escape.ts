/** Where the title ends: behind its second `::`, or at the start where there is none. */
function titleEnd(text: string): number {
  const start = /^\s*::/.exec(text)
  if (start === null) return 0
  const end = text.indexOf('::', start[0].length)
  return end === -1 ? 0 : end + 2
}

/**
 * Puts the backslash before signs that Moodle takes as they are where they can have no other meaning: `: = ~ #` outside
 * of braces, and `:` inside of those that hold no number. The parser asks for it everywhere.
 */
export function escapeGift(text: string): string {
  let escaped = text.slice(0, titleEnd(text))
  let inside = false
  let number = false
  for (let at = escaped.length; at < text.length; at += 1) {
    const sign = text.charAt(at)
    if (sign === '\\') {
      escaped += text.slice(at, at + 2)
      at += 1
      continue
    }
    if (sign === '{') {
      inside = true
      number = text
        .slice(at + 1, at + 100)
        .trimStart()
        .startsWith('#')
    } else if (sign === '}') inside = false
    const free = inside ? sign === ':' && !number : ':=~#'.includes(sign)
    escaped += free ? `\\${sign}` : sign
  }
  return escaped
}
