import type { GradeScheme, Placing } from '#lib/grades/contract'
import type { TutorSettings } from '#lib/tutor/contract'
import { seedId } from './ids'

type Thing = Readonly<{ id: string }>

const LETTERS = [
  { name: 'A', from: '90' },
  { name: 'B', from: '80' },
  { name: 'C', from: '70' },
  { name: 'D', from: '60' },
  { name: 'F', from: '0' },
]

/** How a course is graded: where there are exams and assignments, by weights; else as every course is at first. */
export function schemeFor({
  id,
  exams,
  assignments,
}: Readonly<{ id: string; exams: readonly Thing[]; assignments: readonly Thing[] }>): object {
  if (exams.length === 0 || assignments.length === 0) return {}
  const [tests, work] = [seedId('category', id, 'exams'), seedId('category', id, 'assignments')]
  const placing = (categoryId: string) => ({ categoryId, extraCredit: false, counts: true })
  const dropLowest = assignments.length > 2 ? 1 : 0
  const scheme: GradeScheme = {
    weighted: true,
    categories: [
      { id: tests, title: 'Exams', weight: '60', dropLowest: 0, extraCredit: false },
      { id: work, title: 'Assignments', weight: '40', dropLowest, extraCredit: false },
    ],
    letters: LETTERS,
    items: Object.fromEntries<Placing>([
      ...exams.map((exam) => [exam.id, placing(tests)] as const),
      ...assignments.map((assignment) => [assignment.id, placing(work)] as const),
    ]),
  }
  return scheme
}

/** How a course's tutor helps, where its teacher has set it. */
export function tutorFor({ slug }: Readonly<{ slug: string }>): object {
  if (slug === 'reading-the-night-sky') return { manner: 'socratic' }
  if (slug !== 'sql-for-curious-people') return {}
  const settings: TutorSettings = {
    ...{ on: true, manner: 'explain', openExams: false },
    topics: ['solution of the assignment', 'other learners'],
  }
  return settings
}
