import type { Marks, Rubric } from '#lib/assignments/contract/rubric'
import { givenBy, marksFrom } from '#lib/assignments/rules/rubric'
import { seedId } from './ids'

const CRITERIA = [
  ['The question and the way to an answer', ['40', '20', '0']],
  ['The result, and how sure it is', ['40', '20', '0']],
  ['Clear writing', ['20', '10', '0']],
] as const

const LEVELS = [
  ['Fully', 'Somebody else could repeat it from what is written.'],
  ['Partly', 'The idea is there, and a step is missing.'],
  ['Not yet', ''],
] as const

/** What is looked at in an assignment of a hundred points. */
export function rubricFor(assignmentId: string): Rubric {
  return CRITERIA.map(([title, points], place) => ({
    id: seedId('criterion', assignmentId, place),
    title,
    levels: LEVELS.map(([level, description], at) => ({
      id: seedId('level', assignmentId, place, at),
      ...{ title: level, points: points[at] ?? '0', description },
    })),
  }))
}

/** The points of each criterion whose sum is nearest to a grade. */
function parts(grade: number): readonly number[] {
  const whole = Math.round(grade / 10) * 10
  const writing = whole % 20 === 10 ? 10 : Math.min(20, whole)
  const rest = whole - writing
  return [Math.min(40, rest), Math.max(0, rest - 40), writing]
}

/** A grade as a rubric gives it: near to the one that is wanted, with what it consists of. */
export function gradedBy(rubric: Rubric, wanted: number): Readonly<{ grade: number; marks: Marks | null }> {
  if (rubric.length === 0) return { grade: wanted, marks: null }
  const points = parts(wanted)
  const choices = rubric.map((criterion, place) => ({
    criterionId: criterion.id,
    levelId: criterion.levels.find((level) => Number(level.points) === points[place])?.id ?? null,
    comment: place === 1 && (points[place] ?? 0) < 40 ? 'Say how you know.' : '',
  }))
  const marks = marksFrom(rubric, choices) ?? []
  return { grade: Number(givenBy(marks)), marks }
}
