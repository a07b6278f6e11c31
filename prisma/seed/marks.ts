import type { AnswerValue, Question } from '#lib/exams/contract'
import { gradeAnswer, totalOf } from '#lib/exams/rules/grading'
import { after, DAY, type Anchor } from './clock'
import type { BuiltExam } from './courses'
import type { Learning } from './learning'
import type { Random } from './random'

/** The points of one question of a sitting. */
export interface Mark {
  questionId: string
  /** Decimal text; null while it waits for a person. */
  points: string | null
  maxPoints: string
  byHand: boolean
  comment: string | null
  gradedAt: Date | null
}

export interface Graded {
  marks: Mark[]
  score: string | null
  maxScore: string
  gradedAt: Date | null
}

const COMMENTS = [
  'Clear steps, and you say what would convince you. Name one thing that could mislead you as well.',
  'Good observation. The second half repeats the first; one example would have said more.',
  'You answer the question that was asked, which is rarer than it sounds.',
] as const

/** One essay in three waits to be read, and so do those that came in lately. */
const WAITS = 0.3

function readByTeacher(chance: Random, { points }: Question, diligence: number): string {
  const share = Math.min(1, 0.5 + 0.5 * diligence - 0.2 * chance.next())
  return String(Math.round(points * share * 2) / 2)
}

/** The marks of a sitting that was handed in: the machine's at once, a teacher's a day or two later, or not yet. */
export function markSitting(
  chance: Random,
  anchor: Anchor,
  sat: Readonly<{ learning: Learning; exam: BuiltExam; questions: readonly Question[]; submittedAt: Date }>,
  answers: ReadonlyMap<string, AnswerValue>,
): Graded {
  const readAt = after(sat.submittedAt, (0.7 + 1.5 * chance.next()) * DAY)
  const isRead = !chance.chance(WAITS) && readAt < anchor
  const marks = sat.questions.map((question): Mark => {
    const { points, maxPoints } = gradeAnswer(question, answers.get(question.id) ?? null, sat.exam.settings)
    const common = { questionId: question.id, maxPoints }
    if (points !== null) return { ...common, points, byHand: false, comment: null, gradedAt: sat.submittedAt }
    if (!isRead) return { ...common, points: null, byHand: false, comment: null, gradedAt: null }
    const given = readByTeacher(chance, question, sat.learning.person.diligence)
    const comment = chance.chance(0.6) ? chance.pick(COMMENTS) : null
    return { ...common, points: given, byHand: true, comment, gradedAt: readAt }
  })
  const total = totalOf(marks)
  const latest = Math.max(...marks.map(({ gradedAt }) => gradedAt?.getTime() ?? 0))
  return { marks, ...total, gradedAt: total.score === null ? null : new Date(latest) }
}
