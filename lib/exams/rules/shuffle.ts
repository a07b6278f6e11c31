/** A source of randomness, 0 <= n < 1. In the product it is the system's, which nobody can foresee. */
export type RandomSource = () => number

/** A copy in an order of its own, all orders equally likely (Fisher and Yates). */
export function shuffled<T>(all: readonly T[], random: RandomSource): T[] {
  const left = [...all]
  return all.flatMap(() => left.splice(Math.floor(random() * left.length), 1))
}

const TRIES = 20

/**
 * Ids in an order of its own that is not, to the eye, the one of the key. Parts with the same text look the same. With
 * fewer than three in the key any order is given: leaving one out would tell the other.
 */
export function hiddenOrder(
  parts: readonly Readonly<{ id: string; text: string }>[],
  key: readonly string[],
  random: RandomSource,
): string[] {
  const texts = new Map(parts.map(({ id, text }) => [id, text.trim()]))
  const look = (ids: readonly string[]): string => JSON.stringify(ids.map((id) => texts.get(id)))
  const told = look(key)
  const named = new Set(key)
  const tells = (order: readonly string[]): boolean => look(order.filter((id) => named.has(id))) === told
  let order = shuffled([...texts.keys()], random)
  if (named.size < 3) return order
  for (let tries = 0; tells(order) && tries < TRIES; tries += 1) order = shuffled(order, random)
  // A source that always gives the same: from the other end it differs, unless there is no other order to the eye.
  return tells(order) ? order.toReversed() : order
}
