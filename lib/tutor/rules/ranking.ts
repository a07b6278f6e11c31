/**
 * Which passages answer a question: Okapi BM25 (Robertson and Zaragoza, 2009) over the word stems that PostgreSQL's
 * English configuration makes, with the lesson's title and the headings above a passage counted as words of it.
 */

/** Stem → how often. */
export type Hits = Readonly<Record<string, number>>

/** Words for one thing: any of them stands for it, the asked one best. */
export type Term = Readonly<{ stems: readonly string[]; weight: number }>

/** Stems that belong to asking and not to what is asked about. */
const ASKING = new Set(
  'answer ask bit cours describ differ exact exampl explain find get give happen help know learn lesson like look made make mani mean mention much need part pleas question realli say show somebodi someon someth still talk teach tell thing topic tri understand use want way whether wonder work'.split(
    ' ',
  ),
)
const ASKING_WEIGHT = 0.25
/** What a word of the same meaning counts for. */
const SYNONYM = 0.7

/** Stems of the same meaning, as far as school texts use both. */
const SAME: readonly (readonly string[])[] = [
  ['averag', 'mean'],
  ['null', 'miss', 'empti', 'absent', 'blank', 'unknown'],
  ['delet', 'remov', 'eras'],
  ['combin', 'join', 'merg', 'togeth'],
  ['fast', 'quick', 'speed', 'slow', 'faster', 'slower', 'quicker'],
  ['sum', 'total', 'add'],
  ['group', 'categori', 'aggreg'],
  ['sort', 'order', 'arrang'],
  ['chang', 'updat', 'alter', 'edit', 'modifi', 'swap', 'replac', 'exchang'],
  ['error', 'mistak', 'fault', 'wrong'],
  ['cut', 'shorten', 'trim'],
  ['caus', 'reason', 'causat'],
  ['correl', 'relat', 'relationship'],
  ['spread', 'variat', 'vari', 'dispers', 'deviat'],
  ['middl', 'median', 'centr', 'center'],
  ['danger', 'hazard', 'risk', 'unsaf'],
  ['cost', 'price', 'money', 'expens', 'spend'],
  ['guess', 'estim'],
  ['undo', 'rollback', 'revert'],
  ['text', 'string'],
  ['date', 'time', 'day'],
  ['pictur', 'chart', 'graph', 'diagram', 'plot'],
  ['poll', 'survey'],
  ['chanc', 'probabl', 'luck', 'random'],
  ['begin', 'start', 'begun'],
  ['big', 'larg', 'size'],
  ['small', 'tini', 'littl'],
  ['verb', 'action'],
  ['email', 'e-mail', 'messag', 'letter'],
  ['copi', 'duplic', 'twice'],
]

function synonymsOf(stem: string): readonly string[] {
  return SAME.filter((group) => group.includes(stem)).flatMap((group) =>
    group.filter((other) => other !== stem),
  )
}

/** What a question asks for, from its stems. @param weight of all of it beside other questions */
export function termsOf(stems: readonly string[], weight = 1): readonly Term[] {
  return [...new Set(stems)].map((stem) => ({
    stems: [stem, ...synonymsOf(stem)],
    weight: ASKING.has(stem) ? weight * ASKING_WEIGHT : weight,
  }))
}

/** Whether a question says by itself what it is about. */
export function saysSomething(stems: readonly string[]): boolean {
  return stems.filter((stem) => !ASKING.has(stem)).length >= 2
}

export type Scored = Readonly<{
  hits: Hits
  /** Of title and headings. */
  titleHits: Hits
  /** In any unit that all of them share. */
  length: number
}>

type Ranked = Readonly<{ index: number; score: number; coverage: number; held: number }>

const K1 = 1.2
const B = 0.6
const TITLE = 1.5

/** How much of what is asked a passage must hold; less will do where it holds several of its words. */
const ENOUGH = 0.4
const SEVERAL = 0.2

/** Whether the best of ranked texts answer the question at all. */
export function answers(ranked: readonly Ranked[]): boolean {
  return ranked
    .slice(0, 3)
    .some(({ coverage, held }) => coverage >= ENOUGH || (held >= 2 && coverage >= SEVERAL))
}

/** How often a term stands there; a word of the same meaning counts less. */
function frequency({ stems }: Term, hits: Hits): number {
  return stems.reduce((sum, stem, place) => sum + (hits[stem] ?? 0) * (place === 0 ? 1 : SYNONYM), 0)
}

/**
 * All texts that hold anything of what is asked for, the best first.
 * `coverage`: how much of what is asked for a text holds, from 0 to 1, rare words counting more than common ones;
 * `held`: how many of the words that say something.
 */
export function rank(terms: readonly Term[], texts: readonly Scored[]): readonly Ranked[] {
  const mean = texts.reduce((sum, { length }) => sum + length, 0) / Math.max(1, texts.length)
  const rarity = terms.map((term) => {
    const holding = texts.filter(
      ({ hits, titleHits }) => frequency(term, hits) + frequency(term, titleHits) > 0,
    ).length
    return term.weight * Math.log(1 + (texts.length - holding + 0.5) / (holding + 0.5))
  })
  const all = rarity.reduce((sum, one) => sum + one, 0)
  return texts
    .map(({ hits, titleHits, length }, index) => {
      let [score, covered, held] = [0, 0, 0]
      for (const [place, term] of terms.entries()) {
        const weight = rarity[place] ?? 0
        const often = frequency(term, hits)
        const inTitle = frequency(term, titleHits)
        if (often + inTitle === 0) continue
        const counted = often + inTitle * TITLE
        score += (weight * counted * (K1 + 1)) / (counted + K1 * (1 - B + B * (length / Math.max(1, mean))))
        covered += weight * Math.min(1, often + inTitle)
        if (term.weight > ASKING_WEIGHT) held += 1
      }
      return { index, score, coverage: all === 0 ? 0 : covered / all, held }
    })
    .filter(({ score }) => score > 0)
    .sort((a, b) => b.score - a.score || a.index - b.index)
}
