/** What the command line asks for. */
export interface Options {
  /** Midnight UTC of the day the demo world calls today. */
  anchor: Date
  /** Whether the day was given: a world that stands on another one is worth a word then. */
  anchorGiven: boolean
  /** Units of benchmark rows; 0 for none. */
  scale: number
}

/** Something the person who started the seed can put right. `message` is one sentence for them. */
export class SeedRefusal extends Error {
  override readonly name = 'SeedRefusal'
}

const MAX_SCALE = 5_000

function anchorOf(text: string): Date {
  const anchor = new Date(`${text}T00:00:00Z`)
  if (
    !/^\d{4}-\d\d-\d\d$/.test(text) ||
    Number.isNaN(anchor.getTime()) ||
    !anchor.toISOString().startsWith(text)
  ) {
    throw new SeedRefusal(`--anchor takes a day such as 2026-03-02, not "${text}".`)
  }
  return anchor
}

function scaleOf(text: string): number {
  const scale = Number(/^(\d+)x?$/.exec(text)?.[1] ?? Number.NaN)
  if (!Number.isInteger(scale) || scale < 1 || scale > MAX_SCALE) {
    throw new SeedRefusal(`--scale takes a whole number from 1 to ${MAX_SCALE} such as 50x, not "${text}".`)
  }
  return scale
}

/** `--name value` and `--name=value` alike, as pairs. */
function pairs(args: readonly string[]): [name: string, value: string][] {
  const words = args.flatMap((word) => {
    const [name, value] = [word.slice(0, word.indexOf('=')), word.slice(word.indexOf('=') + 1)]
    return word.startsWith('--') && word.includes('=') ? [name, value] : [word]
  })
  return Array.from({ length: Math.ceil(words.length / 2) }, (_, index) => [
    words[index * 2] ?? '',
    words[index * 2 + 1] ?? '',
  ])
}

/**
 * Reads the words behind the command. `now` decides what today is.
 * Throws SeedRefusal for a word it does not know or a value that makes no sense.
 */
export function parseOptions(args: readonly string[], now: Date): Options {
  const options: Options = { anchor: anchorOf(now.toISOString().slice(0, 10)), anchorGiven: false, scale: 0 }
  for (const [name, value] of pairs(args)) {
    if (name === '--anchor') Object.assign(options, { anchor: anchorOf(value), anchorGiven: true })
    else if (name === '--scale') options.scale = scaleOf(value)
    else throw new SeedRefusal(`The seed knows --scale 50x and --anchor 2026-03-02, not "${name}".`)
  }
  return options
}
