import 'server-only'
import {
  type CourseLearnerRow,
  getCourseFigures,
  listCourseLearners,
  listCourseLessons,
  listCourseWaiting,
  listExamResults,
  listWorkDue,
} from '#lib/db/queries/insight-course'
import { findLearner, listMessages, listWrittenTo } from '#lib/db/queries/messages'
import type { TenantDb } from '#lib/db/tenant'
import { AppError } from '#lib/errors'
import { examSettingsSchema } from '#lib/exams/contract/settings'
import { passed } from '#lib/exams/rules/passed'
import {
  LEARNERS_MOST,
  LIST_PAGE,
  type Signal,
  SIGNALS,
  STOPPED_DAYS,
  THRESHOLDS,
  WAITING_DAYS,
} from './contract/constants'
import type { CourseFigures, CourseInsight, LearnerFacts, PersonInsight, WarningLine } from './contract/views'
import { byNeed, signalsOf } from './rules/signals'

const LESSONS_MOST = 1_000
const WORKS_MOST = 50_000
const MESSAGES_SHOWN = 20

type Which = Readonly<{
  courseId: string
  userId: string | null
  isOpen: boolean
  now: Date
  pace: number | null
}>

type Listed = Readonly<{ lines: WarningLine[]; looked: number; learning: number }>

/** By person; whoever isn't named has nothing. */
function grouped<Row extends { userId: string }>(found: readonly Row[]): (userId: string) => Row[] {
  const all = Map.groupBy(found, ({ userId }) => userId)
  return (userId) => all.get(userId) ?? []
}

async function factsOf(
  db: TenantDb,
  { courseId, userId }: Which,
): Promise<{ learners: CourseLearnerRow[]; of: (row: CourseLearnerRow) => LearnerFacts }> {
  const which = { courseId, userId }
  const learners = await listCourseLearners(db, { ...which, limit: LEARNERS_MOST })
  const works = grouped(await listWorkDue(db, { ...which, limit: WORKS_MOST }))
  const exams = grouped(await listExamResults(db, { ...which, limit: WORKS_MOST }))
  const terms = new Map<unknown, number | null>()
  const passPercent = (settings: unknown): number | null => {
    const key = JSON.stringify(settings)
    const known = terms.get(key)
    if (known !== undefined) return known
    const read = examSettingsSchema.parse(settings).passPercent
    terms.set(key, read)
    return read
  }
  return {
    learners,
    of: ({ userId: who, enrolledAt, progress, days, lastAt }) => ({
      ...{ enrolledAt, progress, days, lastAt, works: works(who) },
      exams: exams(who).map(({ title, score, maxScore, settings, submittedAt: at }) => ({
        ...{ title, at, percent: (Number(score) / Number(maxScore)) * 100 },
        passed: passed(score, maxScore, passPercent(settings)),
      })),
    }),
  }
}

/** Who gives a signal, whoever needs somebody most first. Four statements. A course that isn't open has none. */
async function warningsOf(db: TenantDb, which: Which): Promise<Listed> {
  const { courseId, isOpen, now, pace } = which
  const { learners, of } = await factsOf(db, which)
  const written = new Map((await listWrittenTo(db, { courseId })).map((row) => [row.userId, row]))
  const lines = (isOpen ? learners : []).map((row): WarningLine => {
    const { userId, name, progress } = row
    const letter = written.get(userId)
    return {
      ...{ userId, name, progress, signals: signalsOf(of(row), { now, pace }) },
      written: letter === undefined ? null : { at: letter.at, by: letter.by },
    }
  })
  return {
    lines: lines.filter(({ signals }) => signals.length > 0).sort(byNeed),
    looked: learners.length,
    learning: learners[0]?.learning ?? 0,
  }
}

function countsOf(lines: readonly WarningLine[]): Readonly<Partial<Record<Signal, number>>> {
  const count = (signal: Signal): number =>
    lines.filter(({ signals }) => signals.some((given) => given.signal === signal)).length
  return Object.fromEntries(SIGNALS.map((signal) => [signal, count(signal)]))
}

type Asked = Readonly<{ courseId: string; isOpen: boolean; now: Date }>

async function figuresOf(db: TenantDb, courseId: string) {
  const { since, waiting, paced, pace, ...rest } = await getCourseFigures(db, { courseId })
  const figures: CourseFigures = { ...rest, pace: paced >= THRESHOLDS.paceLearners ? pace : null }
  return { figures, freshness: { since, waiting } }
}

/** All who give a signal. Five statements. */
export async function listWarnings(db: TenantDb, asked: Asked): Promise<Listed> {
  const { figures } = await figuresOf(db, asked.courseId)
  return warningsOf(db, { ...asked, userId: null, pace: figures.pace })
}

/** Lessons with who opened, completed and stopped. One statement. */
export function loadLessons(db: TenantDb, courseId: string) {
  return listCourseLessons(db, { courseId, stoppedDays: STOPPED_DAYS, limit: LESSONS_MOST })
}

/** What waits for a grade. One statement. */
export function loadWaiting(db: TenantDb, courseId: string) {
  return listCourseWaiting(db, { courseId, days: WAITING_DAYS })
}

/** Numbers about a course. Seven statements, however many learn in it. */
export async function loadCourseInsight(
  db: TenantDb,
  { signal, page, ...asked }: Asked & Readonly<{ signal: Signal | null; page: number }>,
): Promise<CourseInsight> {
  const { courseId } = asked
  const { figures, freshness } = await figuresOf(db, courseId)
  const lessons = await loadLessons(db, courseId)
  const waiting = await loadWaiting(db, courseId)
  const { lines, looked, learning } = await warningsOf(db, { ...asked, userId: null, pace: figures.pace })
  const wanted =
    signal === null ? lines : lines.filter(({ signals }) => signals.some((one) => one.signal === signal))
  const from = (page - 1) * LIST_PAGE
  return {
    ...{ figures, freshness, lessons, waiting, looked, learning, counts: countsOf(lines) },
    warnings: wanted.slice(from, from + LIST_PAGE),
    warned: wanted.length,
  }
}

/**
 * One learner of a course, with what was written to them. Seven statements.
 * @throws AppError 'not_found' for somebody who doesn't learn in it, or can't be written to
 */
export async function loadPersonInsight(
  db: TenantDb,
  { userId, ...asked }: Asked & Readonly<{ userId: string }>,
): Promise<PersonInsight> {
  const { courseId } = asked
  const learner = await findLearner(db, { courseId, userId })
  if (learner === null) throw new AppError('not_found', 'They don’t learn in this course.')
  const { figures } = await figuresOf(db, courseId)
  const { lines } = await warningsOf(db, { ...asked, userId, pace: figures.pace })
  const messages = await listMessages(db, { courseId, userId, limit: MESSAGES_SHOWN })
  return { userId, name: learner.name, line: lines[0] ?? null, messages }
}
