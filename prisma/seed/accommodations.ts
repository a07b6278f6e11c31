import { allowanceOf, type Allowance } from '#lib/exams/rules/allowance'
import { after, DAY, daysFrom, HOUR, type Anchor } from './clock'
import type { BuiltCourse, BuiltExam } from './courses'
import { seedId } from './ids'
import type { Learning } from './learning'
import type { Person } from './people'
import type { Rows } from './rows'

/** What one person has been given in a course, or in one exam of it. */
export interface Given {
  person: Person
  course: BuiltCourse
  exam: BuiltExam | null
  extraTimePercent: number
  extraAttempts: number
  startDate: Date | null
  endDate: Date | null
  note: string
  at: Date
}

type Terms = Pick<Given, 'extraTimePercent' | 'extraAttempts' | 'note'> & {
  exam: string | null
  daysLater: number
}

const PLAIN = { exam: null, extraTimePercent: 0, extraAttempts: 0, daysLater: 0 } as const

/** By address and the slug of a course. Those of student2@acme.test add up. */
const TERMS: Readonly<Record<string, readonly Terms[]>> = {
  'student2@acme.test reading-the-night-sky': [
    { ...PLAIN, extraTimePercent: 25, note: 'Extra time in all written work, agreed with the office.' },
    {
      ...PLAIN,
      exam: 'night-watch',
      extraTimePercent: 25,
      extraAttempts: 1,
      daysLater: 3,
      note: 'Was ill in the week before.',
    },
  ],
  'student2@acme.test statistics-you-can-trust': [
    { ...PLAIN, extraTimePercent: 25, note: 'Extra time in all written work, agreed with the office.' },
  ],
  'student2@acme.test writing-that-gets-read': [
    { ...PLAIN, extraTimePercent: 25, note: 'Extra time in all written work, agreed with the office.' },
  ],
  'hanako.sato@acme.test reading-the-night-sky': [
    { ...PLAIN, exam: 'under-the-dome', daysLater: 4, note: 'Away for a competition.' },
  ],
  'student@globex.test globex-workshop-safety': [
    { ...PLAIN, extraTimePercent: 50, note: 'Reads with a magnifier.' },
  ],
}

function given(anchor: Anchor, { person, course }: Learning, terms: Terms): Given {
  const exam = course.exams.find(({ slug }) => slug === terms.exam) ?? null
  const { extraTimePercent, extraAttempts, note, daysLater } = terms
  const closesAt = exam?.closesAt ?? null
  const endDate = daysLater === 0 || closesAt === null ? null : after(closesAt, daysLater * DAY)
  const at = after(daysFrom(anchor, -63), 10 * HOUR)
  return { person, course, exam, extraTimePercent, extraAttempts, startDate: null, endDate, note, at }
}

/** What the schools have agreed with some of their learners. */
export function makeAccommodations(anchor: Anchor, all: readonly Learning[]): Given[] {
  return all.flatMap((learning) =>
    (TERMS[`${learning.person.email} ${learning.course.slug}`] ?? [])
      .filter(() => learning.person.tenantId === learning.course.school.id)
      .map((terms) => given(anchor, learning, terms)),
  )
}

/** What one person may in one exam. */
export function allowed(all: readonly Given[], { person, course }: Learning, exam: BuiltExam): Allowance {
  const own = all.filter(
    (one) => one.person === person && one.course === course && (one.exam ?? exam) === exam,
  )
  const window = { startDate: exam.opensAt, endDate: exam.closesAt, duration: exam.minutes }
  return allowanceOf({ ...window, attempts: exam.settings.attempts }, own)
}

export function accommodationRows(all: readonly Given[]): Rows['ExamAccommodation'] {
  return all.map(
    ({ person, course, exam, extraTimePercent, extraAttempts, startDate, endDate, note, at }) => ({
      id: seedId('accommodation', person.id, course.id, exam?.id ?? ''),
      ...{ tenantId: course.school.id, courseId: course.id, examId: exam?.id ?? null, userId: person.id },
      ...{ extraTimePercent, extraAttempts, startDate, endDate, note, createdAt: at, updatedAt: at },
    }),
  )
}
