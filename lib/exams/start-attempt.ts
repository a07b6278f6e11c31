import 'server-only'
import { randomInt } from 'node:crypto'
import {
  type AttemptSoFar,
  attemptsSoFar,
  type ExamTerms,
  insertAttempt,
  lockSeat,
} from '#lib/db/queries/exam-sitting'
import type { TenantDb } from '#lib/db/tenant'
import { AppError } from '#lib/errors'
import type { Client } from '#lib/identity/unit'
import { closeOverdue } from './close-overdue'
import { tryCode } from './code-tries'
import { answerValueSchema } from './contract'
import { attemptLayoutSchema, type Started, type StartRefusal } from './contract/taking'
import { type Allowance, allowanceOf, deadlineOf, doorAt } from './rules/allowance'
import { deliver, drawLayout } from './rules/layout'
import { keepNewest, keepPlan, keepVersion, knownVersion, type ParsedVersion, versionOf } from './versions'

type Input = Readonly<{
  userId: string
  examId: string
  accessCode: string | null
  /** Only the attempt that runs: none is begun. */
  resume?: boolean
  client: Pick<Client, 'ip' | 'requestId'>
}>

/** A refusal is a result, not an error: what it counts has to be committed. */
export type StartResult = Readonly<{ started: Started }> | Readonly<{ refused: StartRefusal }>

const DRAWS = 2 ** 32

/** The system's randomness: nobody foresees which questions they get. */
const random = () => randomInt(DRAWS) / DRAWS

async function newestVersion(db: TenantDb, examId: string, terms: ExamTerms): Promise<ParsedVersion> {
  const { version, parts } = terms
  if (parts === null) return versionOf(db, version.id)
  keepNewest(db.tenantId, examId, version.id)
  return keepVersion(db.tenantId, version.id, parts)
}

/** What the rules of an exam give one person. */
function allowanceFor(
  { version, startDate, endDate }: ExamTerms,
  { accommodations }: AttemptSoFar,
  attempts: number | null,
): Allowance {
  const date = (text: string | null) => (text === null ? null : new Date(text))
  return allowanceOf(
    { startDate, endDate, duration: version.duration, attempts },
    accommodations.map((one) => ({ ...one, startDate: date(one.startDate), endDate: date(one.endDate) })),
  )
}

/** The attempt that runs, as it was left. */
async function resume(
  db: TenantDb,
  input: Input,
  { now, running }: AttemptSoFar & { running: NonNullable<AttemptSoFar['running']> },
): Promise<Started> {
  const { userId, examId } = input
  const version = await versionOf(db, running.versionId)
  const layout = attemptLayoutSchema.parse(running.layout)
  keepPlan(db.tenantId, { attemptId: running.id, examId, userId }, version, layout)
  return {
    ...{ attemptId: running.id, number: running.number, resumed: true },
    clock: {
      now: now.toISOString(),
      startedAt: new Date(running.startedAt).toISOString(),
      deadlineAt: new Date(running.deadlineAt).toISOString(),
    },
    questions: deliver(version.questions, layout),
    answers: running.answers.map((answer) => ({ ...answer, value: answerValueSchema.parse(answer.value) })),
  }
}

async function refusalOf(
  db: TenantDb,
  input: Input,
  {
    allowance,
    soFar,
    wanted,
  }: Readonly<{ allowance: Allowance; soFar: AttemptSoFar; wanted: string | null }>,
): Promise<StartRefusal | null> {
  const door = doorAt(allowance, soFar.now)
  if (door === 'early') return 'not-open-yet'
  if (door === 'closed') return 'closed'
  if (allowance.attempts !== null && soFar.used >= allowance.attempts) return 'no-attempts-left'
  if (wanted === null) return null
  const given = input.accessCode?.trim() ?? ''
  if (given === '') return 'code-needed'
  const tried = await tryCode(db, input, { given, wanted })
  if (tried === 'right') return null
  return tried === 'wrong' ? 'wrong-code' : 'too-often'
}

async function begin(
  db: TenantDb,
  input: Input,
  given: Readonly<{ allowance: Allowance; soFar: AttemptSoFar; version: ParsedVersion }>,
): Promise<Started> {
  const { userId, examId, client } = input
  const { allowance, soFar, version } = given
  const layout = drawLayout(version.questions, version.settings, random)
  const [startedAt, number] = [soFar.now, soFar.last + 1]
  const deadlineAt = deadlineOf(allowance, startedAt)
  const { id: attemptId } = await insertAttempt(db, {
    ...{ examId, userId, versionId: version.id, number, layout: JSON.stringify(layout) },
    ...{ startedAt, deadlineAt, client },
  })
  keepPlan(db.tenantId, { attemptId, examId, userId }, version, layout)
  const [start, deadline] = [startedAt.toISOString(), deadlineAt.toISOString()]
  return {
    ...{ attemptId, number, resumed: false, answers: [] },
    clock: { now: start, startedAt: start, deadlineAt: deadline },
    questions: deliver(version.questions, layout),
  }
}

/**
 * Starts a person's attempt at the newest version of an exam, or gives back the one that runs: a browser that asks
 * again after a lost answer must not burn an attempt. An attempt whose time is up is ended first. In one unit of work of
 * three statements, or four with an access code.
 * @throws AppError 'not_found' for an exam that this person can't see
 */
export async function startAttempt(db: TenantDb, input: Input): Promise<StartResult> {
  const { userId, examId } = input
  // The second is sent behind the first, and runs once the seat is locked.
  const [terms, found] = await Promise.all([
    lockSeat(db, { examId, userId, known: knownVersion(db.tenantId, examId) }),
    attemptsSoFar(db, { examId, userId }),
  ])
  let soFar = found
  const version = await newestVersion(db, examId, terms)
  if (soFar.running?.overdue === true) {
    await closeOverdue(db, { userId, examId })
    soFar = await attemptsSoFar(db, { examId, userId })
  }
  const { running } = soFar
  if (running !== null) return { started: await resume(db, input, { ...soFar, running }) }
  if (input.resume === true) return { refused: 'over' }
  const allowance = allowanceFor(terms, soFar, version.settings.attempts)
  const refused = await refusalOf(db, input, { allowance, soFar, wanted: terms.accessCode })
  if (refused !== null) return { refused }
  return { started: await begin(db, input, { allowance, soFar, version }) }
}

const CODES = {
  'not-open-yet': 'conflict',
  closed: 'conflict',
  'no-attempts-left': 'conflict',
  over: 'conflict',
  'code-needed': 'invalid_input',
  'wrong-code': 'invalid_input',
  'too-often': 'rate_limited',
} as const

/** What a refusal is to a route. */
export function startError(refused: StartRefusal): AppError {
  return new AppError(CODES[refused], `An exam can’t be started: ${refused}.`, { reason: refused })
}
