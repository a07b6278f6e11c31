import 'server-only'
import {
  type AccommodationRow,
  deleteAccommodation,
  lengthenAttempt,
  listAccommodations,
  listRunning,
  putAccommodation,
  type RunningAttempt,
} from '#lib/db/queries/accommodations'
import { getEnrolled } from '#lib/db/queries/enrolled'
import type { Author } from '#lib/db/queries/teach'
import type { TenantDb } from '#lib/db/tenant'
import { AppError } from '#lib/errors'
import { translator } from '#lib/i18n/translate'
import type { accommodationForm, Scope } from './contract/authoring'
import { allowanceOf, extendedDeadline } from './rules/allowance'
import { instantOf } from './rules/zoned'
import { remindOne } from './remind'
import { loadExam } from './save-exam'
import type { z } from 'zod'

type Which = Readonly<{ courseId: string; examId: string; by: Author; timeZone: string; locale: string }>
type Facts = Readonly<Record<string, string | number | null>>
type Exam = Awaited<ReturnType<typeof loadExam>>

const factsOf = (row: AccommodationRow): Facts => {
  const { extraTimePercent, extraAttempts, startsAt, endsAt, note } = row
  return {
    extraTimePercent,
    extraAttempts,
    startDate: startsAt,
    endDate: endsAt,
    note: note === null ? null : '…',
  }
}

async function ofScope(
  db: TenantDb,
  input: Readonly<{ courseId: string; examId: string; userId: string; scope: Scope; timeZone: string }>,
): Promise<AccommodationRow | null> {
  const found = await listAccommodations(db, input)
  return found.find(({ examId }) => (examId === null) === (input.scope === 'course')) ?? null
}

/** Gives an attempt the time that its person's accommodations make. @returns its deadline, if it became a later one */
async function lengthen(db: TenantDb, courseId: string, attempt: RunningAttempt): Promise<Date | null> {
  const { id, examId, userId, duration, startDate, endDate, startedAt, deadlineAt } = attempt
  const rows = await listAccommodations(db, { courseId, examId, userId, timeZone: 'UTC' })
  const allowance = allowanceOf({ startDate, endDate, duration, attempts: null }, rows)
  const later = extendedDeadline(deadlineAt, allowance, startedAt)
  if (later <= deadlineAt) return null
  return lengthenAttempt(db, { attemptId: id, deadlineAt: later })
}

const NO_DATES = { startDate: null, endDate: null }

type Dates = Readonly<{ startDate: Date | null; endDate: Date | null }>

const movesDates = (from: Dates, to: Dates): boolean =>
  from.startDate?.getTime() !== to.startDate?.getTime() || from.endDate?.getTime() !== to.endDate?.getTime()

function fault(field: string, message: string): AppError {
  return new AppError('invalid_input', 'An accommodation that can’t be given.', {
    fields: { [field]: message },
  })
}

function windowOf(form: z.infer<typeof accommodationForm>, exam: Exam, locale: string) {
  const t = translator(locale, 'examAuthor.accommodations')
  const read = (field: 'startDate' | 'endDate'): Date | null => {
    if (form[field] === '' || form.scope === 'course') return null
    const wall = instantOf(form[field], exam.timeZone, field === 'startDate' ? 'opening' : 'closing')
    if (wall === null || wall.happens === 'never') throw fault(field, t('noTime'))
    return wall.at
  }
  const [startDate, endDate] = [read('startDate'), read('endDate')]
  if (startDate !== null && endDate !== null && endDate <= startDate) throw fault('endDate', t('endFirst'))
  return { startDate, endDate }
}

export type Given = Readonly<{
  userId: string
  before: Facts | null
  after: Facts
  /** Attempts that run longer now. */
  lengthened: readonly Readonly<{ examId: string; deadlineAt: Date }>[]
}>

/**
 * Gives an enrolled person more time, more attempts or a later window, in place of what they had in the same scope. An
 * attempt of theirs that runs is lengthened at once, never shortened.
 * @throws AppError 'not_found' for somebody who isn't enrolled, 'invalid_input' naming the field; as `loadExam`
 */
export async function giveAccommodation(
  db: TenantDb,
  input: Which & Readonly<{ form: z.infer<typeof accommodationForm> }>,
): Promise<Given> {
  const { courseId, examId, form, locale } = input
  const { userId, scope } = form
  const exam = await loadExam(db, input)
  await getEnrolled(db, { courseId, userId, lock: true })
  const extras = {
    ...windowOf(form, exam, locale),
    extraTimePercent: Number(form.extraTimePercent),
    extraAttempts: Number(form.extraAttempts),
  }
  const empty = Object.values(extras).every((value) => value === null || value === 0)
  if (empty) throw fault('extraTimePercent', translator(locale, 'examAuthor.accommodations')('nothingGiven'))
  const which = { courseId, examId, userId, scope, timeZone: exam.timeZone }
  const before = await ofScope(db, which)
  await putAccommodation(db, { ...which, ...extras, note: form.note === '' ? null : form.note })
  const after = await ofScope(db, which)
  if (after === null) throw new AppError('not_found', 'The exam is gone.')
  if (exam.publishedAt !== null && movesDates(before ?? NO_DATES, extras))
    await remindOne(db, { exam: { examId, ...exam }, userId, own: extras })
  const running = await listRunning(db, {
    ...{ courseId, userId, lock: true },
    examId: scope === 'exam' ? examId : null,
  })
  const lengthened: { examId: string; deadlineAt: Date }[] = []
  for (const attempt of running) {
    const deadlineAt = await lengthen(db, courseId, attempt)
    if (deadlineAt !== null) lengthened.push({ examId: attempt.examId, deadlineAt })
  }
  return { userId, before: before === null ? null : factsOf(before), after: factsOf(after), lengthened }
}

/**
 * Takes back what a person has in one scope. An attempt that runs keeps the time it was given.
 * @returns what they had; null: nothing
 * @throws AppError as `loadExam`
 */
export async function removeAccommodation(
  db: TenantDb,
  input: Which & Readonly<{ userId: string; scope: Scope }>,
): Promise<Facts | null> {
  const exam = await loadExam(db, input)
  const before = await ofScope(db, { ...input, timeZone: exam.timeZone })
  await deleteAccommodation(db, input)
  if (exam.publishedAt !== null && movesDates(before ?? NO_DATES, NO_DATES))
    await remindOne(db, { exam: { examId: input.examId, ...exam }, userId: input.userId, own: NO_DATES })
  return before === null ? null : factsOf(before)
}
