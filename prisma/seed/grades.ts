import { after, DAY, HOUR, type Anchor } from './clock'
import { seedId } from './ids'
import type { Rows } from './rows'
import type { HandedIn } from './submissions'

/** The work of Acme's demo student that was graded first: what was changed and asked about is about it. */
function shown(handedIn: readonly HandedIn[]): HandedIn | undefined {
  return handedIn
    .filter(({ grading, learning }) => grading !== null && learning.person.email === 'student@acme.test')
    .toSorted((a, b) => a.submittedAt.getTime() - b.submittedAt.getTime())[0]
}

/** A grade that was put right by hand, with why, and a question about it with its answer. */
export function gradeRows(
  anchor: Anchor,
  handedIn: readonly HandedIn[],
): Pick<Rows, 'GradeChange' | 'GradeQuestion'> {
  const work = shown(handedIn)
  if (work?.grading == null) return { GradeChange: [], GradeQuestion: [] }
  const { assignment, learning, grading } = work
  const { person, course } = learning
  const about = { tenantId: person.tenantId, courseId: course.id, userId: person.id, item: assignment.id }
  const at = (days: number): Date => {
    const moment = after(grading.at, days * DAY)
    return moment < anchor ? moment : after(anchor, -HOUR)
  }
  const teacher = course.instructor.id
  return {
    GradeChange: [
      {
        ...{
          id: seedId('change', assignment.id, person.id),
          ...about,
          examId: null,
          assignmentId: assignment.id,
        },
        ...{ number: 1, points: Math.min(100, grading.grade + 4), excused: false, changedById: teacher },
        ...{ reason: 'The second page was counted twice as missing.', createdAt: at(2) },
      },
    ],
    GradeQuestion: [
      {
        ...{
          id: seedId('question', assignment.id, person.id),
          ...about,
          examId: null,
          assignmentId: assignment.id,
        },
        ...{ key: 'seed-1', body: 'My second page is in the file. Was it seen?', createdAt: at(1) },
        ...{
          answer: 'It was not. I have put it right, thank you.',
          answeredAt: at(2),
          answeredById: teacher,
        },
      },
    ],
  }
}
