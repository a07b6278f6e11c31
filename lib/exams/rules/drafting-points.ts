import { pointsText, sumOf } from './decimal'

type Worth = Readonly<{ id: string; points: number }>
type Drawn = Readonly<{ draw: number; questionIds: readonly string[] }>

/**
 * How many questions an attempt gets and what they are worth together. Of a pool whose questions differ, the first ones
 * count: the publish gate asks for equal points.
 */
export function worthOf(
  questions: readonly Worth[],
  pools: readonly Drawn[],
): Readonly<{ questions: number; points: string }> {
  const pooled = new Set(pools.flatMap(({ questionIds }) => questionIds))
  const drawn = pools.flatMap(({ draw, questionIds }) =>
    questions.filter(({ id }) => questionIds.includes(id)).slice(0, draw),
  )
  const asked = [...questions.filter(({ id }) => !pooled.has(id)), ...drawn]
  return { questions: asked.length, points: pointsText(sumOf(asked.map(({ points }) => points))) }
}
