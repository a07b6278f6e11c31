/** From what somebody typed to what PostgreSQL's full-text search reads. */

const MOST_WORDS = 12

const WORD = /[\p{L}\p{N}\p{M}]+/gu
/** What the parser of texts keeps inside of a word: `node.js`, `e-mail`. Nothing that a query could read. */
const JOINED = /^[\p{L}\p{N}\p{M}]+(?:[._-][\p{L}\p{N}\p{M}]+)+$/u

/** The words of a search, in order; at most twelve. Everything but letters and digits stands between them. */
export function wordsOf(q: string): readonly string[] {
  return (q.normalize('NFC').match(WORD) ?? []).slice(0, MOST_WORDS)
}

/** Scripts that write a word in one letter or two. */
const DENSE =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/u

/**
 * Whether a word is long enough to be looked for as a beginning. One or two letters begin so many words that finding
 * them costs a hundred times as much, unless they are of a script that writes a word in so few.
 */
function isBeginning(word: string): boolean {
  return [...word].length >= 3 || DENSE.test(word)
}

type Chunk = Readonly<{ words: readonly string[]; whole: string | null }>

/** What stands between spaces, with the words in it; `whole` where texts may keep it in one piece. */
function chunksOf(q: string): readonly Chunk[] {
  const chunks: Chunk[] = []
  let left = MOST_WORDS
  for (const text of q.normalize('NFC').split(/\s+/)) {
    const words = (text.match(WORD) ?? []).slice(0, left)
    left -= words.length
    if (words.length > 0) chunks.push({ words, whole: JOINED.test(text) ? text : null })
  }
  return chunks
}

/** In quotes a word is nothing but a word: it holds no quote and no backslash. */
function quoted(word: string, unfinished: boolean): string {
  return unfinished && isBeginning(word) ? `'${word}':*` : `'${word}'`
}

function termOf({ words, whole }: Chunk, unfinished: boolean): string {
  const apart = words.map((word, n) => quoted(word, unfinished && n === words.length - 1)).join(' & ')
  return whole === null ? apart : `(${apart} | ${quoted(whole, unfinished)})`
}

/**
 * The text of a tsquery that asks for all words, the last one as the beginning of a word (from three letters on), since
 * it may still be under way. A word with a point or hyphen in it is looked for as a whole, too: texts keep `node.js`
 * in one piece.
 * @returns null when nothing that was typed is a word
 */
export function queryText(q: string): string | null {
  const chunks = chunksOf(q)
  if (chunks.length === 0) return null
  return chunks.map((chunk, n) => termOf(chunk, n === chunks.length - 1)).join(' & ')
}
