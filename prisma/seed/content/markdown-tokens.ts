import { Marked, type MarkedToken, type Token, type Tokens, type TokenizerAndRendererExtension } from 'marked'

/** A formula: `$…$` within a line, or `$$…$$` as a block of its own. */
interface MathToken extends Tokens.Generic {
  type: 'mathInline' | 'mathBlock'
  raw: string
  text: string
}

/** Thrown for markdown that a lesson document has no node for. `message` quotes the place. */
export class MarkdownError extends Error {
  override readonly name = 'MarkdownError'

  constructor(problem: string, raw: string) {
    super(`${problem}: ${JSON.stringify(raw.trim().slice(0, 80))}`)
  }
}

const mathBlock: TokenizerAndRendererExtension = {
  name: 'mathBlock',
  level: 'block',
  start: (source) => source.match(/^\$\$/m)?.index,
  tokenizer(source) {
    const match = /^\$\$\s*([^$]+?)\s*\$\$[ \t]*(?:\n+|$)/.exec(source)
    return match === null ? undefined : { type: 'mathBlock', raw: match[0], text: match[1] ?? '' }
  },
}

const mathInline: TokenizerAndRendererExtension = {
  name: 'mathInline',
  level: 'inline',
  start: (source) => source.match(/\$/)?.index,
  tokenizer(source) {
    // No space inside the signs, no word or digit behind them: "$5 and $10" stays a sentence about money.
    const match = /^\$(?!\s)([^$\n`]*[^$\s`])\$(?!\w)/.exec(source)
    return match === null ? undefined : { type: 'mathInline', raw: match[0], text: match[1] ?? '' }
  },
}

const marked = new Marked({ extensions: [mathBlock, mathInline], gfm: true })

/** The block tokens of a markdown text, formulas included. */
export function lex(markdown: string): Token[] {
  return marked.lexer(markdown)
}

/** True for the tokens that the two formula extensions make. */
export function isMath(token: Token): token is MathToken {
  return token.type === 'mathInline' || token.type === 'mathBlock'
}

/** True for every other token: with `isMath` asked first, the union of marked's own tokens is closed. */
export function isMarked(token: Token): token is MarkedToken {
  return !isMath(token)
}
