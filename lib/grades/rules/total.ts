import { lowest, type Scored, sums } from './drop'
import { decimal, fraction, type Fraction, over, plus, rounded, times, unitsOf } from './fraction'

/**
 * How one person's grade in a course comes about from their points.
 *
 * 1. An excused item is as if it didn't exist for them. An item without points counts as nothing (`skip`) or as zero
 *    points (`zero`), as the caller wants it: the one is how somebody stands now, the other how they would end.
 * 2. In each category the lowest items are left out, as many as it says, so that the rest is worth the most (`lowest`).
 *    At least one stays. Extra credit is never left out.
 * 3. A category is worth its points divided by its possible points. Extra credit adds to the points alone. Without
 *    possible points a category is worth nothing, neither good nor bad.
 * 4. By points, the grade is all points divided by all possible points. By weights, it is the mean of the categories
 *    that are worth something, by their weights; a category of extra credit adds its weight times its worth on top.
 *    An item without a category then counts nowhere. By points, the items of a category of extra credit are extra credit.
 * 5. Nothing is rounded on the way. The grade is a percentage of two places, rounded half up, and its letter is that of
 *    the rounded number: what one sees is what counts. It may be above 100.
 */
export type GradedItem = Readonly<{
  id: string
  /** null: none. */
  categoryId: string | null
  /** Possible points, decimal text, 0 or more. */
  maxPoints: string
  extraCredit: boolean
}>

export type GradedCategory = Readonly<{
  id: string
  /** Decimal text, 0 or more; what it means next to the others counts, not the sum. */
  weight: string
  dropLowest: number
  extraCredit: boolean
}>

/** What one person has in one item. Without a cell: no points yet. */
export type GradeCell = Readonly<{
  itemId: string
  /** Decimal text; null: none yet. */
  points: string | null
  excused: boolean
}>

export type Scheme = Readonly<{ weighted: boolean; missing: 'skip' | 'zero' }>

/** `zero`: counts as zero points, because there are none yet. `missing`: there are none yet, and it doesn't count. */
export type ItemState = 'counts' | 'zero' | 'extra' | 'dropped' | 'excused' | 'missing'

export type CategoryWorth = Readonly<{
  /** null: the items without a category. */
  id: string | null
  items: readonly Readonly<{ id: string; state: ItemState }>[]
  /** Decimal text: what counts, with extra credit. */
  points: string
  maxPoints: string
  /** Of two places; null: worth nothing. */
  percent: string | null
  /** How much of the grade it decides, in percent of two places; null: none of it, or it comes on top. */
  share: string | null
}>

export type Total = Readonly<{
  /** Of two places; null: nothing counts yet. */
  percent: string | null
  categories: readonly CategoryWorth[]
}>

const HUNDRED = fraction(100n)
const percentText = (worth: Fraction): string => rounded(times(worth, HUNDRED), 2)
const pointsText = (units: bigint): string =>
  rounded(fraction(units, 10_000n), 4).replace(/0+$/, '').replace(/\.$/, '')

type Judged = Readonly<{ item: GradedItem; state: Exclude<ItemState, 'dropped'>; points: bigint }>

function judge(
  item: GradedItem,
  cell: GradeCell | undefined,
  { missing, allExtra }: Readonly<{ missing: Scheme['missing']; allExtra: boolean }>,
): Judged {
  if (cell?.excused === true) return { item, state: 'excused', points: 0n }
  const points = cell?.points ?? null
  // What has no possible points can only add.
  const extra = allExtra || item.extraCredit || unitsOf(item.maxPoints) === 0n
  if (points === null) return { item, state: missing === 'zero' && !extra ? 'zero' : 'missing', points: 0n }
  return { item, state: extra ? 'extra' : 'counts', points: unitsOf(points) }
}

type Summed = Readonly<{
  category: GradedCategory | null
  items: CategoryWorth['items']
  points: bigint
  most: bigint
  worth: Fraction | null
}>

function sumUp(category: GradedCategory | null, judged: readonly Judged[]): Summed {
  const scored = judged.flatMap(({ item, state, points }): Scored[] =>
    state === 'counts' || state === 'zero' ? [{ id: item.id, points, most: unitsOf(item.maxPoints) }] : [],
  )
  const dropped = lowest(scored, category?.dropLowest ?? 0)
  const [points, most] = sums(scored.filter(({ id }) => !dropped.has(id)))
  const extra = judged.reduce((sum, one) => sum + (one.state === 'extra' ? one.points : 0n), 0n)
  return {
    category,
    items: judged.map(({ item, state }) => ({
      id: item.id,
      state: dropped.has(item.id) ? 'dropped' : state,
    })),
    points: points + extra,
    most,
    worth: most === 0n ? null : fraction(points + extra, most),
  }
}

const nothing = fraction(0n)
const weightOf = ({ category }: Summed): Fraction => (category === null ? nothing : decimal(category.weight))

/** The weights of the categories that decide the grade together. */
function deciding(all: readonly Summed[]): Fraction {
  return all
    .filter(({ category, worth }) => worth !== null && category?.extraCredit === false)
    .reduce((sum, one) => plus(sum, weightOf(one)), nothing)
}

function byWeights(all: readonly Summed[]): Fraction | null {
  const whole = deciding(all)
  if (whole.top === 0n) return null
  return all.reduce((total, one) => {
    if (one.worth === null || one.category === null) return total
    const part = one.category.extraCredit ? fraction(100n) : whole
    return plus(total, over(times(one.worth, weightOf(one)), part))
  }, nothing)
}

function byPoints(all: readonly Summed[]): Fraction | null {
  const most = all.reduce((sum, one) => sum + one.most, 0n)
  return most === 0n
    ? null
    : fraction(
        all.reduce((sum, one) => sum + one.points, 0n),
        most,
      )
}

function shareOf(one: Summed, all: readonly Summed[], scheme: Scheme): string | null {
  if (one.worth === null) return null
  if (!scheme.weighted) {
    const most = all.reduce((sum, { most: part }) => sum + part, 0n)
    return percentText(fraction(one.most, most))
  }
  const whole = deciding(all)
  if (one.category === null || one.category.extraCredit || whole.top === 0n) return null
  return percentText(over(weightOf(one), whole))
}

/**
 * A person's grade with everything that leads to it.
 * @throws RangeError for points, possible points or weights that are no decimals of up to 4 places
 */
export function totalOf(
  items: readonly GradedItem[],
  categories: readonly GradedCategory[],
  cells: readonly GradeCell[],
  scheme: Scheme,
): Total {
  const cellOf = new Map(cells.map((cell) => [cell.itemId, cell]))
  const known = new Set(categories.map(({ id }) => id))
  const within = (item: GradedItem): string | null =>
    item.categoryId !== null && known.has(item.categoryId) ? item.categoryId : null
  const summed = [...categories, null].map((category) => {
    const how = { missing: scheme.missing, allExtra: !scheme.weighted && category?.extraCredit === true }
    const own = items.filter((item) => within(item) === (category?.id ?? null))
    return sumUp(
      category,
      own.map((item) => judge(item, cellOf.get(item.id), how)),
    )
  })
  const total = scheme.weighted ? byWeights(summed) : byPoints(summed)
  return {
    percent: total === null ? null : percentText(total),
    categories: summed
      .filter(({ category, items: own }) => category !== null || own.length > 0)
      .map((one) => ({
        id: one.category?.id ?? null,
        items: one.items,
        points: pointsText(one.points),
        maxPoints: pointsText(one.most),
        percent: one.worth === null ? null : percentText(one.worth),
        share: shareOf(one, summed, scheme),
      })),
  }
}
