import type { ExamSettings } from '../contract/settings'
import { type Countable, whichCounts } from './counting'
import { passed } from './passed'

/** An attempt of a person with the points that it has; `counts`: it gives their grade now. */
export type Standing = Countable & Readonly<{ userId: string; maxScore: string | null; counts: boolean }>

type NewPoints = Readonly<{ score: string | null; maxScore: string }>

export type Foreseen = Readonly<{
  /** Ids of the attempts that will give the grades. */
  counting: ReadonlySet<string>
  /** People, not attempts: whom the grade passes that didn't before, and the other way round. */
  newlyPassed: number
  newlyFailed: number
}>

/**
 * What new points mean for people: which of their attempts will count, and who passes by it. All attempts of each person
 * have to be there, those whose points stay as well. @param points by the id of each attempt whose points change
 */
export function foresee(
  attempts: readonly Standing[],
  points: ReadonlyMap<string, NewPoints>,
  { counting, passPercent }: Pick<ExamSettings, 'counting' | 'passPercent'>,
): Foreseen {
  const chosen = new Set<string>()
  let [newlyPassed, newlyFailed] = [0, 0]
  for (const own of Map.groupBy(attempts, ({ userId }) => userId).values()) {
    const then = own.map((attempt) => ({ ...attempt, ...points.get(attempt.id) }))
    const id = whichCounts(then, counting)
    if (id !== null) chosen.add(id)
    const [before, after] = [own.find(({ counts }) => counts), then.find((one) => one.id === id)]
    const [was, is] = [before, after].map((one) =>
      one?.maxScore == null ? null : passed(one.score, one.maxScore, passPercent),
    )
    if (was !== true && is === true) newlyPassed += 1
    if (was !== false && is === false) newlyFailed += 1
  }
  return { counting: chosen, newlyPassed, newlyFailed }
}
