import 'server-only'
import { z } from 'zod'
import {
  type CourseLearnerRow,
  getCourseFigures,
  listCourseLearners,
  listOwed,
  type OwedRow,
} from '#lib/db/queries/insight-course'
import { listCourseParts } from '#lib/db/queries/insight-parts'
import { listReportedWarnings, replaceWarnings, saveCourseReport } from '#lib/db/queries/insight-reports'
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
import type {
  CourseFigures,
  CourseInsight,
  Freshness,
  LearnerFacts,
  LessonLine,
  PersonInsight,
  WaitingLine,
  WarningLine,
} from './contract/views'
import { byNeed, signalsOf } from './rules/signals'

const LESSONS_MOST = 1_000
/** Work and results that one list is made of. */
const OWED_MOST = 200_000
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

type Known = Readonly<{
  figures: CourseFigures
  freshness: Freshness
  /** Of the report that they are taken from; null: counted now. */
  report: Readonly<{ looked: number; learning: number; counts: unknown }> | null
  paced: number
}>

/** One statement. @param anew counted now, whatever a report says */
async function figuresOf(db: TenantDb, courseId: string, anew = false): Promise<Known> {
  const row = await getCourseFigures(db, { courseId, anew })
  const { since, waiting, madeAt, looked, learning, counts, paced, pace, ...rest } = row
  const isReported = looked !== null && learning !== null
  return {
    figures: { ...rest, pace: paced >= THRESHOLDS.paceLearners ? pace : null },
    freshness: { since, waiting, madeAt },
    report: isReported ? { looked, learning, counts } : null,
    paced,
  }
}

/** All who give a signal, counted now. Three statements. */
export async function listWarnings(db: TenantDb, asked: Asked): Promise<Listed> {
  const { figures } = await figuresOf(db, asked.courseId)
  return warningsOf(db, { ...asked, userId: null, pace: figures.pace })
}

type Parts = Readonly<{ lessons: LessonLine[]; waiting: WaitingLine[] }>

/** Lessons with who opened, completed and stopped; exams and work that wait for a grade. One statement. */
async function partsOf(db: TenantDb, courseId: string, reported: boolean): Promise<Parts> {
  const parts = await listCourseParts(db, {
    ...{ courseId, stoppedDays: STOPPED_DAYS, days: WAITING_DAYS, limit: LESSONS_MOST, reported },
  })
  return {
    lessons: parts.flatMap((part) => {
      if (part.kind !== 'lesson') return []
      const { id, title, module, opened, completed, stopped } = part
      return [{ id, title, module, opened, completed, stopped }]
    }),
    waiting: parts.flatMap((part) => {
      if (part.kind === 'lesson') return []
      const { kind, id, title, handedIn, fresh, older, oldest, since } = part
      return [{ kind, id, title, handedIn, fresh, older, oldest, since }]
    }),
  }
}

/** What a course consists of, counted now. One statement. */
export function loadParts(db: TenantDb, courseId: string): Promise<Parts> {
  return partsOf(db, courseId, false)
}

/** `all`: who gives any. */
const countsSchema = z.partialRecord(z.enum([...SIGNALS, 'all']), z.int())
const signalsSchema = z.array(
  z.object({
    ...{ signal: z.enum(SIGNALS), since: z.coerce.date(), titles: z.array(z.string()), amount: z.number() },
  }),
)

type Page = Readonly<{ signal: Signal | null; page: number }>
type Warned = Pick<CourseInsight, 'warnings' | 'warned' | 'looked' | 'learning' | 'counts'>

/** One page of whom a report names. One statement. A course that isn't open names nobody. */
async function reportedPage(
  db: TenantDb,
  { courseId, isOpen, signal, page, report }: Asked & Page & { report: NonNullable<Known['report']> },
): Promise<Warned> {
  const { looked, learning } = report
  if (!isOpen) return { warnings: [], warned: 0, looked, learning, counts: {} }
  const { all = 0, ...counts } = countsSchema.parse(report.counts)
  const listed = await listReportedWarnings(db, {
    ...{ courseId, signal, limit: LIST_PAGE, offset: (page - 1) * LIST_PAGE },
  })
  return {
    warnings: listed.map(({ userId, name, progress, signals, writtenAt, writtenBy }) => ({
      ...{ userId, name, progress, signals: signalsSchema.parse(signals) },
      written: writtenAt === null ? null : { at: writtenAt, by: writtenBy },
    })),
    warned: signal === null ? all : (counts[signal] ?? 0),
    ...{ looked, learning, counts },
  }
}

/** The same, counted now. Two statements. */
async function countedPage(
  db: TenantDb,
  { signal, page, pace, ...asked }: Asked & Page & { pace: number | null },
): Promise<Warned> {
  const { lines, looked, learning } = await warningsOf(db, { ...asked, userId: null, pace })
  const wanted =
    signal === null ? lines : lines.filter(({ signals }) => signals.some((one) => one.signal === signal))
  const from = (page - 1) * LIST_PAGE
  return {
    ...{ looked, learning, counts: countsOf(lines) },
    warnings: wanted.slice(from, from + LIST_PAGE),
    warned: wanted.length,
  }
}

/** Numbers about a course. Four statements at most, however many learn in it: of a large one its report is read. */
export async function loadCourseInsight(db: TenantDb, asked: Asked & Page): Promise<CourseInsight> {
  const { courseId } = asked
  const { figures, freshness, report } = await figuresOf(db, courseId)
  const { lessons, waiting } = await partsOf(db, courseId, report !== null)
  const warned =
    report === null
      ? await countedPage(db, { ...asked, pace: figures.pace })
      : await reportedPage(db, { ...asked, report })
  return { figures, freshness, lessons, waiting, ...warned }
}

/**
 * One learner of a course, counted now, with what was written to them. Five statements.
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

/**
 * Counts a course anew and keeps that as its report: pages of it then read what it says. Six statements.
 * @returns how many give a signal
 */
export async function makeCourseReport(
  db: TenantDb,
  { courseId, now }: Readonly<{ courseId: string; now: Date }>,
): Promise<number> {
  const { figures, paced } = await figuresOf(db, courseId, true)
  const { lessons, waiting } = await partsOf(db, courseId, false)
  const listed = await warningsOf(db, { courseId, userId: null, isOpen: true, now, pace: figures.pace })
  const { lines, looked, learning } = listed
  await saveCourseReport(db, {
    ...{ courseId, ...figures, paced, looked, learning },
    counts: { ...countsOf(lines), all: lines.length },
    stopped: Object.fromEntries(
      lessons.filter(({ stopped }) => stopped > 0).map(({ id, stopped }) => [id, stopped]),
    ),
    waiting: Object.fromEntries(
      waiting.map(({ id, handedIn, fresh, older, oldest, since }) => [
        id,
        [handedIn, fresh, older, oldest, since],
      ]),
    ),
  })
  await replaceWarnings(db, {
    courseId,
    warnings: lines.map(({ userId, signals }) => ({
      ...{ userId, signals, kinds: signals.map(({ signal }) => signal) },
    })),
  })
  return lines.length
}
