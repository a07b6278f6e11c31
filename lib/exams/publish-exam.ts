import 'server-only'
import { type AuthoredExam, courseAudience, showExam, unshowExam } from '#lib/db/queries/exam-authoring'
import { rulesOf, sittersOf } from '#lib/db/queries/exam-marking'
import { publishExamVersion } from '#lib/db/queries/exams'
import { type Author, lockEditable } from '#lib/db/queries/teach'
import type { TenantDb } from '#lib/db/tenant'
import { AppError } from '#lib/errors'
import { translator } from '#lib/i18n/translate'
import { settleScores } from './grade-attempts'
import { remindAll } from './remind'
import { type Finding, isPublishable, judgeExam } from './rules/publish'
import { loadExam } from './save-exam'

type Which = Readonly<{ courseId: string; examId: string; by: Author; timeZone: string; locale: string }>

function refusal(detail: string, form: string): AppError {
  return new AppError('invalid_input', detail, { fields: { form } })
}

/** What stands between an exam and its learners now. */
export async function judgeNow(db: TenantDb, exam: AuthoredExam): Promise<Finding[]> {
  return judgeExam({ ...exam, course: await courseAudience(db, exam.courseId) })
}

export type Published = {
  courseId: string
  examId: string
  version: number
  first: boolean
  created: boolean
}

/** Another rule says which attempt gives the grade: it is chosen anew for everybody. */
async function recount(db: TenantDb, examId: string): Promise<void> {
  await settleScores(db, { sitters: await sittersOf(db, examId), graded: [], now: new Date() })
}

/**
 * Freezes the working copy as the version that attempts are taken against from now on, and shows the exam to learners.
 * Pressed twice it makes one version.
 * @throws AppError 'invalid_input' while something keeps it from being published; as `loadExam`
 */
export async function publishExam(db: TenantDb, input: Which): Promise<Published> {
  const { courseId, examId, locale } = input
  await lockEditable(db, input)
  const exam = await loadExam(db, { ...input, lock: true })
  if (!isPublishable(await judgeNow(db, exam)))
    throw refusal('The exam has errors.', translator(locale, 'examAuthor.publish')('refused'))
  const ruleOf = async () => (await rulesOf(db, [examId])).get(examId)?.settings.counting
  const before = await ruleOf()
  const { number, created } = await publishExamVersion(db, examId)
  if (before !== undefined && (await ruleOf()) !== before) await recount(db, examId)
  const first = exam.publishedAt === null
  if (first) {
    await showExam(db, { courseId, examId })
    await remindAll(db, { examId, ...exam })
  }
  return { courseId, examId, version: number, first, created }
}

/**
 * Makes an exam a draft again, while nobody has started it. @returns whether it had been published
 * @throws AppError 'invalid_input' once somebody has started it; as `loadExam`
 */
export async function unpublishExam(db: TenantDb, input: Which): Promise<boolean> {
  const { courseId, examId, locale } = input
  await lockEditable(db, input)
  const exam = await loadExam(db, input)
  if (exam.publishedAt === null) return false
  if (!(await unshowExam(db, { courseId, examId })))
    throw refusal('Somebody has started it.', translator(locale, 'examAuthor.publish')('hasAttempts'))
  return true
}
