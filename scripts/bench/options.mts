import { Failure } from '../launcher/failure.mts'

const PARTS = [
  ...(['rls', 'data', 'statements', 'throughput', 'signed-in', 'learning', 'exams'] as const),
  ...(['latency', 'insight', 'notices', 'weight', 'vitals'] as const),
] as const

export type Part = (typeof PARTS)[number]

export type Options = Readonly<{
  /** Rewrite the tables of docs/benchmarks.md. */
  write: boolean
  /** As `npm run db:seed -- --scale` takes it: 50x has a school of a million rows, 500x ten of them. */
  scale: string
  rounds: number
  parts: ReadonlySet<Part>
}>

const HELP = 'npm run bench -- [--write] [--scale 50x] [--rounds 12] [--only rls,data,…]'
const FEWEST_ROUNDS = 10

function isPart(text: string): text is Part {
  return PARTS.some((part) => part === text)
}

/** @throws Failure for a word that it does not know */
export function parseOptions(words: readonly string[]): Options {
  const options = { write: false, scale: '50x', rounds: 12, parts: new Set<Part>(PARTS) }
  const rest = [...words].filter((word) => word !== '--')
  for (let word = rest.shift(); word !== undefined; word = rest.shift()) {
    if (word === '--write') options.write = true
    else if (word === '--scale') options.scale = rest.shift() ?? ''
    else if (word === '--rounds') options.rounds = Number(rest.shift())
    else if (word === '--only') options.parts = partsOf(rest.shift() ?? '')
    else throw new Failure(`The benchmark does not know "${word}": ${HELP}.`)
  }
  if (!/^\d+x?$/.test(options.scale)) throw new Failure(`--scale takes a number such as 50x: ${HELP}.`)
  if (!Number.isSafeInteger(options.rounds) || options.rounds < 1)
    throw new Failure(`--rounds takes a number: ${HELP}.`)
  if (options.write && (options.parts.size < PARTS.length || options.rounds < FEWEST_ROUNDS)) {
    throw new Failure(
      `--write replaces all tables at once, so it takes all parts and at least ${FEWEST_ROUNDS} rounds.`,
    )
  }
  return options
}

function partsOf(text: string): Set<Part> {
  const names = text.split(',').map((name) => name.trim())
  const parts = names.filter(isPart)
  if (parts.length === 0 || parts.length < names.length) {
    throw new Failure(`--only takes some of ${PARTS.join(', ')}.`)
  }
  return new Set(parts)
}
