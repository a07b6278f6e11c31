export type Token = { kind: 'plain' | 'comment' | 'string' | 'number' | 'keyword'; text: string }

const KEYWORDS = new Set(
  (
    'abstract and as async await break case catch class const continue def default delete do elif else enum except ' +
    'export extends false finally fn for from func function if implements import in interface is lambda let match ' +
    'new nil None not null of or package pass private public raise return self static struct super switch this ' +
    'throw True False true try type typeof undefined var void while with yield'
  ).split(' '),
)

const SQL = new Set(
  (
    'add all alter and as asc begin between by case check column commit constraint create cross default delete desc ' +
    'distinct drop else end exists foreign from full group having in index inner insert into is join key left like ' +
    'limit not null on or order outer primary references returning right rollback select set table then union ' +
    'unique update using values view when where with'
  ).split(' '),
)

const HASH_COMMENTS = new Set(['python', 'py', 'bash', 'sh', 'shell', 'ruby', 'rb', 'yaml', 'toml', 'r'])
const STRINGS = String.raw`"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'|` + '`(?:\\\\.|[^`\\\\])*`'

/** Colouring is a courtesy: beyond this length (a listing, not an example) it isn't worth the bytes. */
const MAX_CODE = 6000

function pattern(language: string): RegExp {
  const comment =
    language === 'sql'
      ? '--[^\\n]*'
      : HASH_COMMENTS.has(language)
        ? '#[^\\n]*'
        : '//[^\\n]*|/\\*[\\s\\S]*?\\*/'
  return new RegExp(`(${comment})|(${STRINGS})|(\\b\\d[\\d_.]*\\b)|([A-Za-z_]\\w*)`, 'g')
}

/**
 * Splits source code into the few kinds of words that are worth a colour. One linear pass without a grammar: it
 * can mistake a word, never lose or change a character. Without a language everything is plain.
 */
export function codeTokens(code: string, language: string | null): Token[] {
  if (language === null || language === 'text' || code.length > MAX_CODE)
    return [{ kind: 'plain', text: code }]
  const tokens: Token[] = []
  const add = (kind: Token['kind'], text: string) => {
    const last = tokens.at(-1)
    if (last?.kind === kind) last.text += text
    else if (text !== '') tokens.push({ kind, text })
  }
  let end = 0
  for (const found of code.matchAll(pattern(language))) {
    add('plain', code.slice(end, found.index))
    const [text, comment, string, number, word] = found
    const keyword =
      word !== undefined && (language === 'sql' ? SQL.has(word.toLowerCase()) : KEYWORDS.has(word))
    add(comment ? 'comment' : string ? 'string' : number ? 'number' : keyword ? 'keyword' : 'plain', text)
    end = found.index + text.length
  }
  add('plain', code.slice(end))
  return tokens
}
