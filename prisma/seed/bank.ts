import type { Question } from '#lib/exams/contract'
import { after, DAY } from './clock'
import type { BuiltCourse } from './courses'
import { seedId } from './ids'
import type { Rows } from './rows'

/** Questions that no exam asks yet, so that the bank's lists of used and unused ones both have something. */
const UNUSED: readonly Question[] = [
  {
    ...{ version: 1, id: 'spare1', type: 'single', points: 1 },
    prompt: 'Somebody sends you a link that asks for your password. What do you do first?',
    explanation: 'A message can name anybody as its sender. Asking by a way you already know costs a minute.',
    options: [
      { id: 'vy', text: 'Open it in a private window' },
      { id: 'da', text: 'Ask the sender by another way' },
      { id: 'lo', text: 'Forward it to a colleague' },
    ],
    correct: 'da',
  },
  {
    ...{ version: 1, id: 'spare2', type: 'numeric', points: 1 },
    prompt: 'What is 15 percent of 80?',
    explanation: 'A tenth is 8, half of that is 4, together 12.',
    ...{ correct: 12, tolerance: { kind: 'absolute', value: 0 }, unit: null },
  },
]

type BankRow = Rows['BankQuestion'][number]

function row(course: BuiltCourse, id: string, question: Question, tags: readonly string[]): BankRow {
  const madeAt = after(course.createdAt, 15 * DAY)
  return {
    ...{ id, tenantId: course.school.id, authorId: course.instructor.id },
    question: { ...question, bankId: undefined },
    ...{ type: question.type, prompt: question.prompt, tags: [...tags] },
    ...{ createdAt: madeAt, updatedAt: madeAt },
  }
}

function ofCourse(course: BuiltCourse): BankRow[] {
  const subjects = course.source.categories.map((name) => name.toLowerCase())
  return course.exams.flatMap(({ questions, slug }) =>
    questions.flatMap((question) =>
      question.bankId === undefined
        ? []
        : [row(course, question.bankId, question, [...subjects, slug.replaceAll('-', ' ')])],
    ),
  )
}

/** The banks of the schools: what their exams took from them, and what waits for one. */
export function bankRows(courses: readonly BuiltCourse[]): BankRow[] {
  const asking = courses.filter(({ exams }) => exams.length > 0)
  const firsts = asking.filter(
    ({ school }, index) => asking.findIndex((other) => other.school === school) === index,
  )
  const unused = firsts.flatMap((course) =>
    UNUSED.map((question) =>
      row(course, seedId('bank question', course.school.id, question.id), question, ['spare']),
    ),
  )
  return [...asking.flatMap(ofCourse), ...unused]
}
