import 'server-only'
import { type AccommodationRow, listAccommodations, listRunning } from '#lib/db/queries/accommodations'
import { findEnrolled, getEnrolled } from '#lib/db/queries/enrolled'
import type { AuthoredExam } from '#lib/db/queries/exam-authoring'
import type { TenantDb } from '#lib/db/tenant'
import type { AccommodatedPerson, AccommodationsView, Extra } from './contract/authoring'
import { allowanceOf } from './rules/allowance'

const FOUND_MOST = 10

function extraOf(row: AccommodationRow): Extra {
  const { examId, extraTimePercent, extraAttempts, startsAt, endsAt, note } = row
  return {
    scope: examId === null ? 'course' : 'exam',
    extraTimePercent,
    extraAttempts,
    startsAt,
    endsAt,
    note,
  }
}

type Person = Readonly<{ userId: string; name: string; email: string }>

/** People with what they have in this exam, and what it comes to. */
export async function loadAccommodations(
  db: TenantDb,
  input: Readonly<{ exam: AuthoredExam; q: string; person: string | undefined }>,
): Promise<AccommodationsView> {
  const { exam, q, person } = input
  const { courseId, id: examId, timeZone, duration, startDate, endDate, settings } = exam
  const rules = { duration, startDate, endDate, attempts: settings.attempts }
  const rows = await listAccommodations(db, { courseId, examId, timeZone })
  const running = await listRunning(db, { courseId, examId, userId: null, lock: false })
  const personOf = ({ userId, name, email }: Person): AccommodatedPerson => {
    const own = rows.filter((row) => row.userId === userId)
    const { seconds, extraPercent, attempts, opensAt, closesAt, endsBy } = allowanceOf(rules, own)
    const runsUntil = running.find((attempt) => attempt.userId === userId)?.deadlineAt ?? null
    const effect = { seconds, extraPercent, attempts, opensAt, closesAt, endsBy, runsUntil }
    return { userId, name, email, extras: own.map(extraOf), effect }
  }
  const people = rows.filter((row, index) => rows.findIndex((one) => one.userId === row.userId) === index)
  return {
    people: people.map(personOf),
    timeZone,
    exam: rules,
    q,
    found: q === '' ? [] : await findEnrolled(db, { courseId, q, limit: FOUND_MOST }),
    chosen:
      person === undefined
        ? null
        : personOf(await getEnrolled(db, { courseId, userId: person, lock: false })),
  }
}
