import 'server-only'
import {
  type CourseExamRow,
  findLearnerExam,
  type LearnerExamRow,
  listLearnerExams,
  listOwnAttempts,
  type OwnAttemptRow,
} from '#lib/db/queries/exam-view'
import type { TenantDb } from '#lib/db/tenant'
import { AppError } from '#lib/errors'
import type { CourseExam, Entrance, ExamIntro } from './contract/learner'
import { type Allowance, doorAt } from './rules/allowance'
import { extentOf } from './rules/extent'
import { ownAttemptOf, termsOf } from './terms'

/** Attempts that the page lists; the contract allows a hundred, and accommodations some more. */
const MOST = 200
/** Exams that a course's page lists. */
const EXAMS = 100
const GRACE_MS = 3_000

type Standing = Readonly<{
  allowance: Allowance
  now: Date
  used: number
  running: boolean
  questions: number
}>

function entranceOf({ allowance, now, used, running, questions }: Standing): Entrance {
  if (running) return 'running'
  if (questions === 0) return 'empty'
  const door = doorAt(allowance, now)
  if (door !== 'open') return door
  return allowance.attempts !== null && used >= allowance.attempts ? 'used-up' : 'open'
}

function runs({ submittedAt, deadlineAt }: OwnAttemptRow, now: Date): boolean {
  return submittedAt === null && deadlineAt > now
}

function introOf(row: LearnerExamRow, attempts: readonly OwnAttemptRow[]): ExamIntro {
  const { settings, allowance } = termsOf(row)
  const { id, title, instructions, courseId, courseTitle, asksCode, now, duration } = row
  const extent = extentOf(row.weights, settings)
  const running = attempts.find((attempt) => runs(attempt, now)) ?? null
  const { opensAt, closesAt, seconds, extraPercent } = allowance
  const standing = {
    allowance,
    now,
    used: attempts.length,
    running: running !== null,
    questions: extent.count,
  }
  const { counting, negativePercent, passPercent, review } = settings
  const moved = (one: Date | null, other: Date | null): boolean => one?.getTime() !== other?.getTime()
  return {
    ...{ id, title, instructions, courseId, courseTitle, asksCode, opensAt, closesAt, seconds, extraPercent },
    ...{
      questionCount: extent.count,
      drawn: extent.drawn,
      pointsLeast: extent.least,
      pointsMost: extent.most,
    },
    settings: { counting, negativePercent, passPercent, review },
    fullTimeUntil: closesAt === null ? null : new Date(closesAt.getTime() - duration * 60_000),
    usualSeconds: duration * 60,
    extraAttempts: row.accommodations.reduce((sum, { extraAttempts }) => sum + extraAttempts, 0),
    ownWindow: moved(opensAt, row.startDate) || moved(closesAt, row.endDate),
    attempts: allowance.attempts,
    attemptsUsed: attempts.length,
    entrance: entranceOf(standing),
    running:
      running === null
        ? null
        : { id: running.id, startedAt: running.startedAt, deadlineAt: running.deadlineAt },
    past: attempts
      .filter((attempt) => !runs(attempt, now))
      .map((attempt) =>
        // Its time is up; the server hands it in within seconds.
        ownAttemptOf(
          attempt.submittedAt === null && now.getTime() - attempt.deadlineAt.getTime() > GRACE_MS
            ? { ...attempt, submittedAt: attempt.deadlineAt, endedBy: 'DEADLINE' }
            : attempt,
          settings,
          row,
        ),
      ),
  }
}

/**
 * What stands on an exam's page for one of its learners: two statements.
 * @throws AppError 'not_found' for an exam that they can't see
 */
export async function loadExam(
  db: TenantDb,
  input: Readonly<{ examId: string; userId: string }>,
): Promise<ExamIntro> {
  const row = await findLearnerExam(db, input)
  if (row === null) throw new AppError('not_found', 'No exam of one’s own courses has this id.')
  return introOf(row, await listOwnAttempts(db, { ...input, limit: MOST }))
}

function courseExamOf(row: CourseExamRow): CourseExam {
  const { settings, allowance } = termsOf(row)
  const { id, title, now, used, submitted, runningUntil } = row
  const { count } = extentOf(row.weights, settings)
  const standing = { allowance, now, used, running: runningUntil !== null, questions: 1 }
  const entrance = entranceOf(standing)
  const common = { id, title, questionCount: count, seconds: allowance.seconds }
  if (entrance === 'running') return { ...common, state: 'running', at: runningUntil }
  if (entrance === 'early') return { ...common, state: 'early', at: allowance.opensAt }
  if (submitted > 0 && entrance !== 'open') return { ...common, state: 'done', at: null }
  if (entrance === 'closed') return { ...common, state: 'closed', at: allowance.closesAt }
  return { ...common, state: entrance === 'used-up' ? 'used-up' : 'open', at: allowance.closesAt }
}

/** The exams of a course for one of its learners. One statement. */
export async function loadCourseExams(
  db: TenantDb,
  input: Readonly<{ courseId: string; userId: string }>,
): Promise<CourseExam[]> {
  return (await listLearnerExams(db, { ...input, limit: EXAMS })).map(courseExamOf)
}
