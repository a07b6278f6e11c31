import { type Hits, type Term } from './ranking'

/** How passages are shown where no model answers: as quotations, each with its number. */

/** Characters of one quotation. */
const MOST = 420

const SENTENCE_END = /(?<=[.!?…][”’")\]]?)\s+/u

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

/**
 * The part of a passage that is about what was asked: sentences in a row, from the one that holds most of it.
 */
export function excerptOf(text: string, terms: readonly Term[], hits: Hits): string {
  const stems = terms.flatMap((term) => term.stems).filter((stem) => (hits[stem] ?? 0) > 0)
  const whole = plain(text.replace(/\n+/gu, ' · '))
  if (whole.length <= MOST) return whole
  const sentences = whole.split(SENTENCE_END)
  const held = sentences.map((sentence) => holds(sentence, stems))
  const from = Math.max(0, held.indexOf(Math.max(...held)))
  let excerpt = ''
  for (const sentence of sentences.slice(from)) {
    if (excerpt !== '' && excerpt.length + sentence.length > MOST) break
    excerpt = excerpt === '' ? sentence : `${excerpt} ${sentence}`
  }
  const cut = excerpt.length > MOST ? `${excerpt.slice(0, MOST).replace(/\s+\S*$/u, '')} …` : excerpt
  return `${from > 0 ? '… ' : ''}${cut}`
}

/** An answer made of passages: a sentence of ours, and each passage as a quotation with its number. */
export function quotationsOf(
  intro: string,
  excerpts: readonly Readonly<{ n: number; text: string }>[],
  outro = '',
): string {
  const quotes = excerpts.map(({ n, text }) => `> ${text} [${String(n)}]`)
  return [intro, ...quotes, ...(outro === '' ? [] : [outro])].join('\n\n')
}
