import { Points, pointsText } from '#lib/exams/rules/decimal'
import type { Choices, Criterion, Marks, Rubric } from '../contract/rubric'

/** Points by a rubric: of each criterion those of its level, and all of them together. Decimal text. */

const sum = (all: readonly string[]): string =>
  pointsText(all.reduce((total, points) => total.plus(points), new Points(0)))

/** The most that a criterion can give. */
export function mostOf({ levels }: Criterion): string {
  return pointsText(
    levels.map(({ points }) => new Points(points)).reduce((a, b) => (b.gt(a) ? b : a), new Points(0)),
  )
}

/** The most that a rubric can give. */
export const worthOf = (rubric: Rubric): string => sum(rubric.map(mostOf))

/** What was given by a rubric. */
export const givenBy = (marks: Pick<Marks[number], 'points'>[]): string =>
  sum(marks.map(({ points }) => points))

/**
 * The marks that choices make, with the words and points of now. A criterion without a level gives nothing; without a
 * level and a comment it isn't there.
 * @returns null when a choice names what the rubric doesn't have, or one twice
 */
export function marksFrom(rubric: Rubric, choices: Choices): Marks | null {
  const chosen = new Map(choices.map((choice) => [choice.criterionId, choice]))
  if (chosen.size < choices.length) return null
  if (choices.some(({ criterionId }) => rubric.every(({ id }) => id !== criterionId))) return null
  const marks: Marks = []
  for (const criterion of rubric) {
    const { levelId = null, comment = '' } = chosen.get(criterion.id) ?? {}
    const level = criterion.levels.find(({ id }) => id === levelId)
    if (levelId !== null && level === undefined) return null
    if (level === undefined && comment === '') continue
    marks.push({
      ...{ criterionId: criterion.id, title: criterion.title, most: mostOf(criterion), levelId, comment },
      ...{
        level: level?.title ?? '',
        points: level === undefined ? '0' : pointsText(new Points(level.points)),
      },
    })
  }
  return marks
}
