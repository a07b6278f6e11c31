/**
 * What an answer may look like: paragraphs, lists, quotations, code, emphasis and numbers of passages, and nothing else.
 * Whatever a model writes is read by this and becomes elements of ours; markup, links and pictures stay the letters that
 * they are made of. Runs in the browser, too.
 */

export type Run =
  Readonly<{ kind: 'text' | 'strong' | 'code'; text: string }> | Readonly<{ kind: 'citation'; n: number }>

export type AnswerBlock =
  | Readonly<{ kind: 'paragraph' | 'quote'; runs: readonly Run[] }>
  | Readonly<{ kind: 'list'; ordered: boolean; items: readonly (readonly Run[])[] }>
  | Readonly<{ kind: 'code'; text: string }>

const PIECE = /`([^`\n]+)`|\*\*([^*\n]+)\*\*|\[(\d{1,2})\]/gu

/** @param known whether there is a passage of this number */
function runsOf(text: string, known: (n: number) => boolean): readonly Run[] {
  const runs: Run[] = []
  let end = 0
  const plain = (until: number): void => {
    if (until > end) runs.push({ kind: 'text', text: text.slice(end, until) })
  }
  for (const match of text.matchAll(PIECE)) {
    const [whole, code, strong, number] = match
    if (number !== undefined && !known(Number(number))) continue
    plain(match.index)
    if (code !== undefined) runs.push({ kind: 'code', text: code })
    else if (strong !== undefined) runs.push({ kind: 'strong', text: strong })
    else runs.push({ kind: 'citation', n: Number(number) })
    end = match.index + whole.length
  }
  plain(text.length)
  return runs
}

const ITEM = /^\s{0,3}(?:[-*•]|(\d{1,2})[.)])\s+(.*)$/u

type Known = (n: number) => boolean

function blockOf(lines: readonly string[], known: Known): AnswerBlock {
  const items = lines.map((line) => ITEM.exec(line))
  if (items[0] !== null && items.every((item) => item !== null)) {
    const ordered = items[0]?.[1] !== undefined
    return { kind: 'list', ordered, items: items.map((item) => runsOf(item[2] ?? '', known)) }
  }
  if (lines.every((line) => line.startsWith('>'))) {
    const text = lines.map((line) => line.replace(/^>\s?/u, '')).join('\n')
    return { kind: 'quote', runs: runsOf(text, known) }
  }
  const text = lines.map((line) => line.replace(/^#{1,6}\s+/u, '')).join('\n')
  return { kind: 'paragraph', runs: runsOf(text, known) }
}

/** A line that begins another kind of block than the one before ends that one. */
function kindOf(line: string): 'item' | 'quote' | 'text' {
  if (ITEM.test(line)) return 'item'
  return line.startsWith('>') ? 'quote' : 'text'
}

/** Reads an answer. Any text is one; none of it is lost but the signs that became something. */
export function readAnswer(text: string, known: Known): readonly AnswerBlock[] {
  const blocks: AnswerBlock[] = []
  let lines: string[] = []
  let code: string[] | null = null
  const close = (): void => {
    if (lines.length > 0) blocks.push(blockOf(lines, known))
    lines = []
  }
  for (const line of text.split('\n')) {
    if (/^\s{0,3}```/u.test(line)) {
      if (code === null) close()
      else blocks.push({ kind: 'code', text: code.join('\n') })
      code = code === null ? [] : null
    } else if (code !== null) code.push(line)
    else if (line.trim() === '') close()
    else {
      const before = lines.at(-1)
      if (before !== undefined && kindOf(before) !== kindOf(line)) close()
      lines.push(line)
    }
  }
  if (code !== null) blocks.push({ kind: 'code', text: code.join('\n') })
  close()
  return blocks
}

/** The numbers of passages that an answer names, in its order, each once. */
export function namedIn(text: string): readonly number[] {
  // In code it is a place of a list.
  const bare = text.replace(/^\s{0,3}```[\s\S]*?(?:^\s{0,3}```|(?![\s\S]))/gmu, '')
  return [...new Set([...bare.matchAll(/\[(\d{1,2})\]/gu)].map(([, n]) => Number(n)))]
}

/** Signs that show nothing and can turn text around or hide it; not the two that join and part letters of a script. */
const UNSEEN = /(?![\u{200c}\u{200d}])[\p{Cf}\p{Co}\p{Cs}]/gu
const CONTROLS = /(?!\n)[\p{Cc}\u{2028}\u{2029}]/gu

/** A text without what isn't seen; lines stay. */
export function seenText(text: string): string {
  return text.replace(/\r\n?/gu, '\n').replace(UNSEEN, '').replace(CONTROLS, ' ')
}
