import { type Hits, type Term } from './ranking'

/** How passages are shown where no model answers: as quotations, each with its number. */

/** Characters of one quotation. */
const MOST = 420

/** Whether a sentence holds one of the asked words; the stems are English, the beginnings of words. */
function holds(sentence: string, stems: readonly string[]): number {
  const words = sentence.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? []
  return stems.filter((stem) => words.some((word) => word.startsWith(stem.slice(0, 6)))).length
}

/** The signs of our answers' own markup, so that a quotation stays one and names no passage but its own. */
function plain(text: string): string {
  return text
    .replace(/\[(\d{1,2})\]/gu, '($1)')
    .replace(/[`]/gu, '’')
    .replace(/\*\*/gu, '*')
}

/** Where a sentence or a line ends; what stands between is kept, so that lines stay lines. */
const PARTS = /((?<=[.!?…][”’")\]]?)[^\S\n]+|\n)/u

/**
 * The part of a passage that is about what was asked: sentences in a row, from the one that holds most of it. Its lines
 * stay lines.
 */
export function excerptOf(text: string, terms: readonly Term[], hits: Hits): string {
  const stems = terms.flatMap((term) => term.stems).filter((stem) => (hits[stem] ?? 0) > 0)
  const whole = plain(text.replace(/\s*\n\s*/gu, '\n').trim())
  if (whole.length <= MOST) return whole
  const parts = whole.split(PARTS)
  const sentences = parts.filter((_, place) => place % 2 === 0)
  const held = sentences.map((sentence) => holds(sentence, stems))
  const from = Math.max(0, held.indexOf(Math.max(...held)))
  let excerpt = sentences[from] ?? ''
  for (let place = from + 1; place < sentences.length; place += 1) {
    const longer = `${excerpt}${parts[place * 2 - 1] ?? ' '}${sentences[place] ?? ''}`
    if (longer.length > MOST) break
    excerpt = longer
  }
  const cut = excerpt.length > MOST ? `${excerpt.slice(0, MOST).replace(/\s+\S*$/u, '')} …` : excerpt
  return `${from > 0 ? '… ' : ''}${cut.trim()}`
}

/** The first lines of a passage that is code, as the lesson shows them. @param most lines */
export function codeOf(text: string, most: number): string {
  const lines = text.replaceAll('```', "'''").split('\n')
  return lines.length <= most ? lines.join('\n') : [...lines.slice(0, most), '…'].join('\n')
}

type Excerpt = Readonly<{ n: number; text: string; code: boolean }>

function quoted({ n, text, code }: Excerpt): string {
  if (code) return `\`\`\`\n${text}\n\`\`\`\n[${String(n)}]`
  const lines = text.split('\n').map((line) => `> ${line}`)
  return `${lines.join('\n')} [${String(n)}]`
}

/** An answer made of passages: a sentence of ours, and each passage as a quotation, or as code, with its number. */
export function quotationsOf(intro: string, excerpts: readonly Excerpt[], outro = ''): string {
  return [intro, ...excerpts.map(quoted), ...(outro === '' ? [] : [outro])].join('\n\n')
}
