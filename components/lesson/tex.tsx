import { Fragment, createElement, type ReactNode } from 'react'
import {
  ACCENTS,
  BARS,
  DELIMITED,
  FRACTIONS,
  FUNCTIONS,
  LETTERS,
  SIGNS,
  SPACES,
  UPRIGHT,
  WITH_LIMITS,
} from '#lib/content/tex-symbols'

/** Deeper nesting than any formula of a lesson; it keeps the recursion below from ending in a stack overflow. */
const MAX_DEPTH = 24

class Unknown extends Error {}

type Piece = { node: ReactNode; limits: boolean }

const plain = (node: ReactNode): Piece => ({ node, limits: false })
const tag = (name: string, ...children: ReactNode[]) => createElement(name, null, ...children)
// Drawn as a border: a bar that has to stretch vanishes where the system has no mathematical font.
const barred = (content: ReactNode) =>
  createElement('mrow', { style: { borderBlockStart: '1px solid', paddingBlockStart: '1px' } }, content)

const accentSign = (sign: string) => createElement('mo', { stretchy: 'false' }, sign)
const row = (pieces: readonly Piece[]) =>
  tag('mrow', ...pieces.map((piece, index) => <Fragment key={index}>{piece.node}</Fragment>))

/** A reader of the part of TeX that school formulas use. Throws `Unknown` at the first thing outside of it. */
class Reader {
  #at = 0
  #depth = 0
  readonly #tokens: readonly string[]

  constructor(tex: string) {
    this.#tokens = tex.match(/\\[A-Za-z]+|\\[^A-Za-z]|\d+(?:[.,]\d+)?|\s+|[^\s]/gu) ?? []
  }

  /** Pieces up to `end`, or up to the end of the text. */
  sequence(end: string | null): Piece[] {
    if (++this.#depth > MAX_DEPTH) throw new Unknown('too deep')
    const pieces: Piece[] = []
    for (let token = this.#peek(); token !== end; token = this.#peek()) {
      if (token === null) throw new Unknown('unclosed')
      pieces.push(this.#scripts(this.#atom()))
    }
    this.#at++
    this.#depth--
    return pieces
  }

  #peek(): string | null {
    while (/^\s/.test(this.#tokens[this.#at] ?? '')) this.#at++
    return this.#tokens[this.#at] ?? null
  }

  #take(): string {
    const token = this.#peek()
    if (token === null) throw new Unknown('nothing left')
    this.#at++
    return token
  }

  /** One argument: a group in braces or a single atom. */
  #argument(): ReactNode {
    return this.#atom().node
  }

  #scripts(base: Piece): Piece {
    let below: ReactNode = null
    let above: ReactNode = null
    for (let sign = this.#peek(); sign === '_' || sign === '^' || sign === "'"; sign = this.#peek()) {
      this.#at++
      if (sign === '_') below = this.#argument()
      else above = sign === "'" ? tag('mo', '′') : this.#argument()
    }
    const [under, over, both] = base.limits ? ['munder', 'mover', 'munderover'] : ['msub', 'msup', 'msubsup']
    if (below !== null && above !== null) return plain(tag(both, base.node, below, above))
    if (below !== null) return plain(tag(under, base.node, below))
    return above === null ? base : plain(tag(over, base.node, above))
  }

  #atom(): Piece {
    const token = this.#take()
    if (token === '{') return plain(row(this.sequence('}')))
    if (token === '}' || token === '^' || token === '_' || token === '&') throw new Unknown(token)
    if (token.startsWith('\\')) return this.#command(token.slice(1))
    if (/^\d/.test(token)) return plain(tag('mn', token))
    if (/^\p{L}/u.test(token)) return plain(tag('mi', token))
    return plain(tag('mo', token === '-' ? '−' : token))
  }

  #command(name: string): Piece {
    const letter = LETTERS.get(name)
    if (letter !== undefined) return plain(tag('mi', letter))
    const sign = SIGNS.get(name)
    if (sign !== undefined) return { node: tag('mo', sign), limits: WITH_LIMITS.has(sign) }
    if (FUNCTIONS.has(name)) return { node: tag('mi', name), limits: WITH_LIMITS.has(name) }
    const width = SPACES.get(name)
    if (width !== undefined) return plain(createElement('mspace', { width }))
    const accent = ACCENTS.get(name)
    if (accent !== undefined) {
      return plain(createElement('mover', { accent: 'true' }, this.#argument(), accentSign(accent)))
    }
    return plain(this.#structure(name))
  }

  #structure(name: string): ReactNode {
    if (FRACTIONS.has(name)) return tag('mfrac', this.#argument(), this.#argument())
    if (BARS.has(name)) return barred(this.#argument())
    if (UPRIGHT.has(name)) return this.#words()
    if (DELIMITED.has(name)) return this.#delimiter()
    if (name === 'sqrt') return tag('msqrt', this.#argument())
    throw new Unknown(name)
  }

  #delimiter(): ReactNode {
    const token = this.#take()
    if (token === '.') return null
    return tag('mo', token.startsWith('\\') ? (SIGNS.get(token.slice(1)) ?? token.slice(1)) : token)
  }

  /** The words in braces as they were typed, spaces included. */
  #words(): ReactNode {
    if (this.#take() !== '{') throw new Unknown('text')
    const end = this.#tokens.indexOf('}', this.#at)
    if (end < 0) throw new Unknown('unclosed')
    const words = this.#tokens.slice(this.#at, end)
    if (words.some((word) => word === '{' || word.startsWith('\\'))) throw new Unknown('text')
    this.#at = end + 1
    return tag('mtext', words.join(''))
  }
}

/** MathML for the TeX of school formulas, or null when it holds something that isn't known here. Never throws. */
export function texToMathml(tex: string): ReactNode {
  try {
    return row(new Reader(tex).sequence(null))
  } catch (error) {
    if (error instanceof Unknown) return null
    throw error
  }
}
