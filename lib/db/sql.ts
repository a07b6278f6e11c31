import 'server-only'
import { createHash } from 'node:crypto'

/** One parametrised statement. Only the `sql` tag makes one, so text and values can't be mixed up. */
export type Statement = Readonly<{ text: string; values: readonly Value[]; name: string }>

export type Value =
  | string
  | number
  | boolean
  | Date
  | null
  | readonly string[]
  | readonly number[]
  | readonly boolean[]
  | readonly (string | null)[]

class Fragment implements Statement {
  readonly #parts: readonly string[]
  readonly values: readonly Value[]

  constructor(parts: readonly string[], values: readonly Value[]) {
    this.#parts = parts
    this.values = values
  }

  get text(): string {
    return this.#parts.reduce((text, part, index) => `${text}$${String(index)}${part}`)
  }

  get name(): string {
    return nameOf(this.text)
  }

  static parts(fragment: Fragment): readonly string[] {
    return fragment.#parts
  }
}

const names = new Map<string, string>()

/** Prepared-statement name: PostgreSQL then plans each text once per connection instead of once per call. */
function nameOf(text: string): string {
  const known = names.get(text)
  if (known !== undefined) return known
  const name = `q${createHash('sha256').update(text).digest('hex').slice(0, 24)}`
  names.set(text, name)
  return name
}

/**
 * Builds a statement from a template; interpolated values become parameters, interpolated statements are inlined.
 * Texts must come from code alone: every distinct text is kept as a prepared statement.
 * @throws Error for an undefined value: in a filter it would silently mean something else.
 */
export function sql(
  strings: TemplateStringsArray,
  ...inputs: readonly (Value | Statement | undefined)[]
): Statement {
  const parts: string[] = [strings[0] ?? '']
  const values: Value[] = []
  const append = (text: string) => parts.push(`${parts.pop() ?? ''}${text}`)
  inputs.forEach((input, index) => {
    const after = strings[index + 1] ?? ''
    if (input === undefined) throw new Error(`Value ${String(index + 1)} of a statement is undefined.`)
    if (input instanceof Fragment) {
      const [first = '', ...rest] = Fragment.parts(input)
      append(first)
      parts.push(...rest)
      values.push(...input.values)
      append(after)
    } else if (isValue(input)) {
      values.push(input)
      parts.push(after)
    } else throw new Error('A statement was not made by the sql tag.')
  })
  return new Fragment(parts, values)
}

function isValue(input: Value | Statement): input is Value {
  return input === null || typeof input !== 'object' || input instanceof Date || Array.isArray(input)
}

/** Escapes the wildcards of LIKE, so that a typed `%` finds a percent sign. */
export function likePattern(text: string): string {
  return `%${text.replace(/[\\%_]/g, '\\$&')}%`
}
