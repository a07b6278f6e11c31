import 'server-only'
import { attemptPlan, type OwnAttempt } from '#lib/db/queries/answers'
import { versionParts } from '#lib/db/queries/exam-sitting'
import type { TenantDb } from '#lib/db/tenant'
import { type Question, questionsSchema } from './contract'
import { type AttemptLayout, attemptLayoutSchema } from './contract/taking'
import { type ExamSettings, examSettingsSchema } from './contract/settings'
import { Keep } from './keep'

/**
 * What never changes is read and parsed once: a version of an exam, and which questions an attempt has. Both are kept
 * for the process, under their school, within bounds.
 */

type Types = ReadonlyMap<string, Question['type']>

export type ParsedVersion = Readonly<{
  id: string
  questions: readonly Question[]
  settings: ExamSettings
  types: Types
}>

/** `types`: of the questions that the attempt has, by their ids. */
export type Plan = Readonly<{
  userId: string
  examId: string
  versionId: string
  types: Types
  /** Questions that it keeps for itself: none where the attempt has all of its version's. */
  own: number
}>

/** Questions of all kept versions together. */
const MOST_QUESTIONS = 20_000
/** Attempts, and questions of those that have some of their version's. */
const MOST_PLANS = 200_000
const MOST_EXAMS = 2_000

type Kept = { versions: Keep<ParsedVersion>; plans: Keep<Plan>; newest: Keep<string> }
const store = globalThis as typeof globalThis & { smartlmsExams?: Kept }

/** One for the process: each route would otherwise have its own. */
function kept(): Kept {
  store.smartlmsExams ??= {
    versions: new Keep(MOST_QUESTIONS, ({ questions }) => questions.length + 1),
    plans: new Keep(MOST_PLANS, ({ own }) => own + 10),
    newest: new Keep(MOST_EXAMS),
  }
  return store.smartlmsExams
}

/** The version of an exam that was the newest when it was asked last, if its questions are still kept. */
export function knownVersion(tenantId: string, examId: string): string | null {
  const versionId = kept().newest.get(`${tenantId}/${examId}`)
  return versionId !== undefined && kept().versions.get(`${tenantId}/${versionId}`) !== undefined
    ? versionId
    : null
}

export function keepVersion(
  tenantId: string,
  versionId: string,
  parts: Readonly<{ questions: unknown; settings: unknown }>,
): ParsedVersion {
  const questions = questionsSchema.parse(parts.questions)
  const version = {
    id: versionId,
    questions,
    settings: examSettingsSchema.parse(parts.settings),
    types: new Map(questions.map(({ id, type }) => [id, type])),
  }
  kept().versions.set(`${tenantId}/${versionId}`, version)
  return version
}

/** Keeps a version as its exam's newest. */
export function keepNewest(tenantId: string, examId: string, versionId: string): void {
  kept().newest.set(`${tenantId}/${examId}`, versionId)
}

/** A version that an attempt of this school refers to. At most one statement. */
export async function versionOf(db: TenantDb, versionId: string): Promise<ParsedVersion> {
  const known = kept().versions.get(`${db.tenantId}/${versionId}`)
  return known ?? keepVersion(db.tenantId, versionId, await versionParts(db, versionId))
}

/** Those of the version's that the attempt has; the version's own map where it has them all. */
function typesOf({ types }: ParsedVersion, layout: AttemptLayout): Types {
  if (!('questions' in layout)) return types
  const ids = new Set(layout.questions.map(({ id }) => id))
  if (ids.size === types.size) return types
  return new Map([...types].filter(([id]) => ids.has(id)))
}

/** Keeps which questions an attempt has. */
export function keepPlan(
  tenantId: string,
  attempt: OwnAttempt,
  version: ParsedVersion,
  layout: AttemptLayout,
): Plan {
  const { attemptId, userId, examId } = attempt
  const types = typesOf(version, layout)
  const plan = { userId, examId, versionId: version.id, types, own: types === version.types ? 0 : types.size }
  kept().plans.set(`${tenantId}/${attemptId}`, plan)
  return plan
}

/**
 * Which questions a person's attempt has. No statement when this process has asked before, one or two otherwise.
 * @throws AppError 'not_found' when the attempt is none of this person's at this exam
 */
export async function planOf(db: TenantDb, attempt: OwnAttempt): Promise<Plan> {
  const known = kept().plans.get(`${db.tenantId}/${attempt.attemptId}`)
  if (known?.userId === attempt.userId && known.examId === attempt.examId) return known
  const { versionId, layout } = await attemptPlan(db, attempt)
  return keepPlan(db.tenantId, attempt, await versionOf(db, versionId), attemptLayoutSchema.parse(layout))
}
