/**
 * Item analysis by classical test theory, over the attempts that count. Points become shares of what could be had, so
 * that questions of different worth, and attempts that drew different questions, can be compared.
 *
 * - difficulty p: mean share of the points (Crocker & Algina 1986, ch. 14); 1 is easiest;
 * - discrimination r: Pearson correlation of an item with the rest of the attempt without that item, for right-or-wrong
 *   items the corrected point-biserial (Henrysson 1963);
 * - D: p of the upper less p of the lower 27 % by the whole score (Kelley 1939);
 * - alpha: k/(k-1) * (1 - sum of the items' variances / variance of the sums) (Cronbach 1951).
 */

/** Points and what could be had of one question in one attempt. */
export type ItemMark = Readonly<{ questionId: string; points: number; max: number }>

export type ItemFigures = Readonly<{
  questionId: string
  /** Attempts that had it. */
  count: number
  difficulty: number
  /** Null: nobody differs, in it or in the rest. */
  discrimination: number | null
  /** Upper less lower 27 %; null with fewer than two attempts. */
  upperLower: number | null
}>

export type TestFigures = Readonly<{
  attempts: number
  items: readonly ItemFigures[]
  /** Null with fewer than two items or attempts, or where nobody differs. */
  alpha: number | null
  /** Items that everybody had: alpha is of these. */
  alphaItems: number
  /** Of the shares of the whole, 0 to 1; null without attempts. */
  mean: number | null
  median: number | null
  deviation: number | null
  /** Attempts in each tenth of the points; the whole stands in the last. */
  distribution: readonly number[]
}>

const BINS = 10
const KELLEY = 0.27

const sum = (values: readonly number[]): number => values.reduce((total, one) => total + one, 0)
const meanOf = (values: readonly number[]): number => sum(values) / values.length

/** Variance of a sample; 0 of fewer than two values. */
function varianceOf(values: readonly number[]): number {
  if (values.length < 2) return 0
  const mean = meanOf(values)
  return sum(values.map((value) => (value - mean) ** 2)) / (values.length - 1)
}

/** Differences below this come of floating point alone. */
const NOTHING = 1e-12

/** Pearson's correlation; null where one of them doesn't vary. */
export function correlationOf(pairs: readonly (readonly [number, number])[]): number | null {
  if (pairs.length < 2) return null
  const [left, right] = [pairs.map(([one]) => one), pairs.map(([, other]) => other)]
  const [a, b] = [meanOf(left), meanOf(right)]
  const spread = Math.sqrt(
    sum(left.map((one) => (one - a) ** 2)) * sum(right.map((other) => (other - b) ** 2)),
  )
  return spread < NOTHING ? null : sum(pairs.map(([one, other]) => (one - a) * (other - b))) / spread
}

/**
 * Cronbach's alpha of a table with a row for each person and a column for each item; null with fewer than two of
 * either, or where the sums don't vary.
 */
export function alphaOf(table: readonly (readonly number[])[]): number | null {
  const items = table[0]?.length ?? 0
  if (items < 2 || table.length < 2) return null
  const whole = varianceOf(table.map(sum))
  if (whole < NOTHING) return null
  const parts = Array.from({ length: items }, (_, item) => varianceOf(table.map((row) => row[item] ?? 0)))
  return (items / (items - 1)) * (1 - sum(parts) / whole)
}

type Placed = Readonly<{ total: number; value: number }>

/** Mean of the first `places` by their totals. Those who tie for the last places share them, so that no order decides. */
function headMean(placed: readonly Placed[], places: number): number {
  let [left, got] = [places, 0]
  for (const tied of Map.groupBy(placed, (one) => one.total).values()) {
    const taken = Math.min(left, tied.length)
    got += meanOf(tied.map(({ value }) => value)) * taken
    left -= taken
    if (left <= 0) break
  }
  return got / places
}

/** Kelley's D; null with fewer than two attempts. */
export function upperLowerOf(placed: readonly Placed[]): number | null {
  if (placed.length < 2) return null
  const places = Math.max(1, Math.round(placed.length * KELLEY))
  const falling = placed.toSorted((one, other) => other.total - one.total)
  return headMean(falling, places) - headMean(falling.toReversed(), places)
}

type Row = Readonly<{
  points: number
  max: number
  shares: ReadonlyMap<string, number>
  marks: readonly ItemMark[]
}>

function rowOf(marks: readonly ItemMark[]): Row {
  const counted = marks.filter(({ max }) => max > 0)
  return {
    points: sum(counted.map(({ points }) => points)),
    max: sum(counted.map(({ max }) => max)),
    shares: new Map(counted.map(({ questionId, points, max }) => [questionId, points / max])),
    marks: counted,
  }
}

/** Rounded, so that equal shares of different fractions tie. */
const shareOf = ({ points, max }: Row): number =>
  max === 0 ? 0 : Math.max(0, Math.round((points / max) * 1e9) / 1e9)

function itemOf(questionId: string, rows: readonly Row[]): ItemFigures {
  const had = rows.flatMap((row) => {
    const mark = row.marks.find((one) => one.questionId === questionId)
    return mark === undefined ? [] : [{ row, mark, value: mark.points / mark.max }]
  })
  const rest = had.flatMap(({ row, mark, value }): [number, number][] =>
    row.max > mark.max ? [[value, (row.points - mark.points) / (row.max - mark.max)]] : [],
  )
  return {
    questionId,
    count: had.length,
    difficulty: meanOf(had.map(({ value }) => value)),
    discrimination: correlationOf(rest),
    upperLower: upperLowerOf(had.map(({ row, value }) => ({ total: shareOf(row), value }))),
  }
}

function medianOf(values: readonly number[]): number {
  const rising = values.toSorted((one, other) => one - other)
  const middle = rising.length / 2
  const [low = 0, high = 0] = [rising[Math.ceil(middle) - 1], rising[Math.floor(middle)]]
  return (low + high) / 2
}

/** Alpha of the items that everybody had, by their points. */
function alphaOfAll(rows: readonly Row[], ids: readonly string[]): Pick<TestFigures, 'alpha' | 'alphaItems'> {
  const common = ids.filter((id) => rows.every(({ shares }) => shares.has(id)))
  const table = rows.map(({ marks }) => {
    const points = new Map(marks.map((mark) => [mark.questionId, mark.points]))
    return common.map((id) => points.get(id) ?? 0)
  })
  return { alpha: alphaOf(table), alphaItems: common.length }
}

/**
 * Figures of an exam from the marks of each attempt that counts and is graded. Questions that nothing could be had in
 * are left out. The items come in the order of `questionIds`.
 */
export function analyse(
  attempts: readonly (readonly ItemMark[])[],
  questionIds: readonly string[],
): TestFigures {
  const rows = attempts.map(rowOf)
  const asked = questionIds.filter((id) => rows.some(({ shares }) => shares.has(id)))
  const shares = rows.filter(({ max }) => max > 0).map(shareOf)
  const distribution = Array.from({ length: BINS }, () => 0)
  for (const share of shares) {
    const bin = Math.min(BINS - 1, Math.floor(share * BINS + NOTHING))
    distribution[bin] = (distribution[bin] ?? 0) + 1
  }
  return {
    attempts: rows.length,
    items: asked.map((id) => itemOf(id, rows)),
    ...alphaOfAll(rows, asked),
    mean: shares.length === 0 ? null : meanOf(shares),
    median: shares.length === 0 ? null : medianOf(shares),
    deviation: shares.length < 2 ? null : Math.sqrt(varianceOf(shares)),
    distribution,
  }
}

/** Fewer attempts than these say little: one person more or less changes the figures. */
export const FEW_ATTEMPTS = 10

export type Ease = 'very-easy' | 'easy' | 'middling' | 'hard' | 'very-hard'

/** A difficulty in a word. */
export function easeOf(difficulty: number): Ease {
  if (difficulty >= 0.9) return 'very-easy'
  if (difficulty >= 0.7) return 'easy'
  if (difficulty >= 0.3) return 'middling'
  return difficulty >= 0.1 ? 'hard' : 'very-hard'
}

export type Separation = 'reversed' | 'none' | 'some' | 'well' | 'unknown'

/** A discrimination in a word: below 0 the wrong people have it right, below 0.2 it tells nobody apart (Ebel & Frisbie 1991). */
export function separationOf(discrimination: number | null): Separation {
  if (discrimination === null) return 'unknown'
  if (discrimination < 0) return 'reversed'
  if (discrimination < 0.2) return 'none'
  return discrimination < 0.4 ? 'some' : 'well'
}
