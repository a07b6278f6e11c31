/** One item of a GIFT file, and what the lines around it say of it. */
export type GiftItem = Readonly<{
  /** Line of the file that it begins on, from 1. */
  line: number
  /** Without comments, and without blank lines inside its braces. */
  text: string
  /** From the comments before it. */
  tags: readonly string[]
  /** The category that the file is in, outermost first. */
  category: readonly string[]
  /** Blank lines were taken out of its braces. */
  joined: boolean
}>

type Line = Readonly<{ text: string; comment: boolean; braces: readonly boolean[] }>

/** The braces of a line that count: true where one opens. A backslash takes the meaning of what follows it. */
function bracesOf(text: string): boolean[] {
  const braces: boolean[] = []
  for (let at = 0; at < text.length; at += 1) {
    if (text[at] === '\\') at += 1
    else if (text[at] === '{') braces.push(true)
    else if (text[at] === '}') braces.push(false)
  }
  return braces
}

/** For each line, whether the next brace after it closes. Without one none does. */
function closesLater(lines: readonly Line[]): boolean[] {
  const later: boolean[] = []
  let next = false
  for (let at = lines.length - 1; at >= 0; at -= 1) {
    later[at] = next
    next = lines[at]?.braces[0] === undefined ? next : !lines[at]?.braces[0]
  }
  return later
}

function tagsIn(comment: string): string[] {
  return [...comment.matchAll(/\[tag:([^[\]\p{Cc}]{1,200})\]/gu)].map(([, tag = '']) => tag)
}

function categoryIn(line: string): string[] | null {
  const found = /^\s*\$CATEGORY:(.*)$/i.exec(line)
  if (found === null) return null
  const names = (found[1] ?? '').replace(/\/\//g, '\0').split('/')
  // `$course$/top` says where in Moodle it was, and nothing of the questions.
  return names
    .map((name) => name.replace(/\0/g, '/').trim())
    .filter((name) => !/^(?:\$.*\$|top|)$/i.test(name))
}

function linesOf(text: string): Line[] {
  return text.split('\n').map((line) => {
    const comment = /^\s*\/\//.test(line)
    return { text: line, comment, braces: comment ? [] : bracesOf(line) }
  })
}

/**
 * Cuts a GIFT file into items at blank lines outside of braces, so that one that can't be read doesn't spoil the others.
 * A brace that is never closed ends with its paragraph. Linear in the length of the file.
 */
export function splitGift(file: string): GiftItem[] {
  const lines = linesOf(file.replace(/^\ufeff/, '').replace(/\r\n?/g, '\n'))
  const closes = closesLater(lines)
  const items: GiftItem[] = []
  let category: string[] = []
  let held: { line: number; texts: string[]; tags: string[]; joined: boolean } | null = null
  let depth = 0
  let tags: string[] = []
  const flush = (): void => {
    if (held !== null) items.push({ ...held, text: held.texts.join('\n'), category })
    held = null
    depth = 0
    tags = []
  }
  lines.forEach((line, index) => {
    if (line.comment) {
      tags.push(...tagsIn(line.text))
      if (held !== null) held.tags = tags
      return
    }
    if (line.text.trim() === '') {
      if (depth === 0 || closes[index] !== true) flush()
      else if (held !== null) held.joined = true
      return
    }
    const named = depth === 0 ? categoryIn(line.text) : null
    if (named !== null) {
      flush()
      category = named
      return
    }
    held ??= { line: index + 1, texts: [], tags, joined: false }
    held.texts.push(line.text)
    for (const opens of line.braces) depth = opens ? 1 : 0
  })
  flush()
  return items
}
