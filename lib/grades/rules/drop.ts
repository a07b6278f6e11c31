/** One graded item of a category, in ten thousandths of a point. */
export type Scored = Readonly<{ id: string; points: bigint; most: bigint }>

/**
 * Which items to leave out, so that what is left has the highest quotient of points to possible points.
 *
 * With items of unequal size the lowest ones are not always the right ones to leave out. The best quotient is found as
 * Dinkelbach does (Management Science 13/7, 1967): for a quotient q keep the items with the largest points − q · most;
 * they have a quotient of at least q; start again with it until it grows no more. All in whole numbers.
 *
 * @param items whose `most` is above zero
 * @param count how many to leave out; at least one item stays
 * @returns the ids of those left out; of equally good choices, the later items
 */
export function lowest(items: readonly Scored[], count: number): ReadonlySet<string> {
  const stays = Math.max(items.length - count, 1)
  if (count <= 0 || stays >= items.length) return new Set()
  let kept = items.slice(0, stays)
  for (;;) {
    const [points, most] = sums(kept)
    const gain = (one: Scored): bigint => one.points * most - points * one.most
    const better = items
      .map((one, place) => ({ one, place, gain: gain(one) }))
      .toSorted((a, b) => (a.gain === b.gain ? a.place - b.place : a.gain > b.gain ? -1 : 1))
      .slice(0, stays)
    const total = better.reduce((sum, { gain: one }) => sum + one, 0n)
    const next = better.toSorted((a, b) => a.place - b.place).map(({ one }) => one)
    if (total === 0n) {
      const ids = new Set(next.map(({ id }) => id))
      return new Set(items.map(({ id }) => id).filter((id) => !ids.has(id)))
    }
    kept = next
  }
}

/** Points and possible points of some items together. */
export function sums(items: readonly Scored[]): [points: bigint, most: bigint] {
  return [
    items.reduce((sum, { points }) => sum + points, 0n),
    items.reduce((sum, { most }) => sum + most, 0n),
  ]
}
