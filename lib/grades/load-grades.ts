import 'server-only'
import {
  getGrading,
  getOwnGrading,
  type GradingRow,
  listGradePeople,
  listHistory,
  listQuestions,
  type QuestionRow,
} from '#lib/db/queries/grades'
import type { TenantDb } from '#lib/db/tenant'
import { AppError } from '#lib/errors'
import { Points, pointsText } from '#lib/exams/rules/decimal'
import type { CourseHead } from '#lib/teach/contract'
import {
  type CellView,
  type Change,
  type GradeLine,
  type GradeQuestionView,
  type GradeScheme,
  gradeSchemeSchema,
  type PersonGrades,
} from './contract'
import { COURSE_ITEM } from './contract/constants'
import { gradesOf } from './rules/person'
import { type Audience, loadItems, loadOwn } from './sources'

/** Changes and questions that a page shows of one grade. */
const HISTORY = 100

type Which = Readonly<{ courseId: string; userId: string; timeZone: string }>

/** How a course is graded, as stored. */
export const schemeOf = ({ grading }: Pick<GradingRow, 'grading'>): GradeScheme =>
  gradeSchemeSchema.parse(grading)

async function load(
  db: TenantDb,
  { courseId, userId }: Which,
  { row, audience }: Readonly<{ row: GradingRow; audience: Audience }>,
): Promise<PersonGrades> {
  const [person] = await listGradePeople(db, { courseId, userId, limit: 1 })
  if (person === undefined) throw new AppError('not_found', 'They aren’t enrolled in this course.')
  const items = await loadItems(db, courseId, row.timeZone)
  const ownOf = await loadOwn(db, items, { courseId, userId, audience })
  return gradesOf(
    person,
    items.map(({ item }) => item),
    schemeOf(row),
    ownOf(userId),
    row.timeZone,
  )
}

/** Somebody's grades for those who teach them. Seven statements. @throws AppError 'not_found' where they aren't enrolled */
export async function loadPersonGrades(db: TenantDb, which: Which): Promise<PersonGrades> {
  return load(db, which, { row: await getGrading(db, which), audience: 'teacher' })
}

function questionOf({ id, body, askedAt, answer, answeredAt, answeredBy }: QuestionRow): GradeQuestionView {
  return { id, body, askedAt, answer, answeredAt, answeredBy }
}

export type OwnGrades = Readonly<{
  courseTitle: string
  grades: PersonGrades
  /** By item, the newest first. */
  questions: Readonly<Record<string, readonly GradeQuestionView[]>>
}>

/**
 * One's own grades, without what isn't released yet. Eight statements.
 * @throws AppError 'not_found' for a course that they aren't enrolled in
 */
export async function loadOwnGrades(db: TenantDb, which: Which): Promise<OwnGrades> {
  const row = await getOwnGrading(db, which)
  const grades = await load(db, which, { row, audience: 'learner' })
  const asked = await listQuestions(db, { ...which, item: null, limit: HISTORY })
  const byItem = Map.groupBy(asked, ({ item }) => item)
  return {
    courseTitle: row.title,
    grades,
    questions: Object.fromEntries([...byItem].map(([item, list]) => [item, list.map(questionOf)])),
  }
}

function lineIn({ categories }: PersonGrades, itemId: string): GradeLine | null {
  return categories.flatMap(({ lines }) => lines).find(({ item }) => item.id === itemId) ?? null
}

/**
 * One grade with how it came about, for those who teach. Nine statements.
 * @throws AppError 'not_found' for somebody who isn't enrolled, and for an item that isn't the course's
 */
export async function loadCell(
  db: TenantDb,
  input: Readonly<{ course: CourseHead; userId: string; item: string; timeZone: string }>,
): Promise<CellView> {
  const { course, userId, item, timeZone } = input
  const which = { courseId: course.id, userId, timeZone }
  const grades = await loadPersonGrades(db, which)
  const line = lineIn(grades, item)
  if (line === null && item !== COURSE_ITEM) throw new AppError('not_found', 'The course has no such item.')
  const history = await listHistory(db, { ...which, item }, HISTORY)
  const questions = await listQuestions(db, { ...which, item, limit: HISTORY })
  const { name, email } = grades
  return {
    ...{ course, person: { userId, name, email }, item: line?.item ?? null, line, grades },
    history: history.map(({ userId: _userId, item: _item, points, ...change }): Change => {
      return { ...change, points: points === null ? null : pointsText(new Points(points)) }
    }),
    questions: questions.map(questionOf),
  }
}
