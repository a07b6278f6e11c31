import 'server-only'
import {
  type CourseLearnerRow,
  getCourseFigures,
  listCourseLearners,
  listCourseLessons,
  listCourseWaiting,
  listOwed,
  type OwedRow,
} from '#lib/db/queries/insight-course'
import { findLearner, listMessages } from '#lib/db/queries/messages'
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
/** Work and results that one list is made of. */
const OWED_MOST = 50_000
const MESSAGES_SHOWN = 20

type Which = Readonly<{
  courseId: string
  userId: string | null
  isOpen: boolean
  now: Date
  pace: number | null
}>

type Listed = Readonly<{ lines: WarningLine[]; looked: number; learning: number }>

/** The pass mark of each exam, read once however many sat it. */
function passMarks(): (settings: unknown) => number | null {
  const known = new Map<string, number | null>()
  return (settings) => {
    const key = JSON.stringify(settings)
    const found = known.get(key)
    if (found !== undefined) return found
    const { passPercent } = examSettingsSchema.parse(settings)
    known.set(key, passPercent)
    return passPercent
  }
}

/** What the rules are asked about, by person. */
function factsOf(owed: readonly OwedRow[]): (row: CourseLearnerRow) => LearnerFacts {
  const all = Map.groupBy(owed, ({ userId }) => userId)
  const passMark = passMarks()
  return ({ userId, enrolledAt, progress, days, lastAt }) => {
    const own = all.get(userId) ?? []
    return {
      ...{ enrolledAt, progress, days, lastAt },
      works: own.flatMap((row) =>
        row.kind === 'work' ? [{ title: row.title, dueAt: row.at, handedInAt: row.handedInAt }] : [],
      ),
      exams: own.flatMap((row) => {
        if (row.kind === 'work') return []
        const { title, at, score, maxScore, settings } = row
        const percent = (Number(score) / Number(maxScore)) * 100
        return [{ title, at, percent, passed: passed(score, maxScore, passMark(settings)) }]
      }),
    }
  }
}

/** Who gives a signal, whoever needs somebody most first. Two statements. A course that isn't open has none. */
async function warningsOf(db: TenantDb, which: Which): Promise<Listed> {
  const { courseId, userId, isOpen, now, pace } = which
  const learners = await listCourseLearners(db, { courseId, userId, limit: LEARNERS_MOST })
  const userIds = learners.map((learner) => learner.userId)
  const facts = factsOf(await listOwed(db, { courseId, userIds, limit: OWED_MOST }))
  const lines = (isOpen ? learners : []).map((row): WarningLine => ({
    ...{ userId: row.userId, name: row.name, progress: row.progress },
    signals: signalsOf(facts(row), { now, pace }),
    written: row.writtenAt === null ? null : { at: row.writtenAt, by: row.writtenBy },
  }))
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

/** All who give a signal. Three statements. */
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

/** Numbers about a course. Five statements, however many learn in it. */
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
 * One learner of a course, with what was written to them. Five statements.
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
