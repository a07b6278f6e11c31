import 'server-only'
import { createHash } from 'node:crypto'
import { type AttendeeRow, listAttendees, type Marking, putAttendance } from '#lib/db/queries/attendance'
import { getTaughtClass } from '#lib/db/queries/live-classes'
import { type Author, findEditable } from '#lib/db/queries/teach'
import type { TenantDb } from '#lib/db/tenant'
import { AppError } from '#lib/errors'
import { translator } from '#lib/i18n/translate'
import type { z } from 'zod'
import {
  type AttendanceReport,
  FILE_MOST,
  type FileProblem,
  type importForm,
  type MatchedPerson,
  type Participant,
  type previewForm,
} from './contract/attendance'
import type { Attended } from './contract/constants'
import { foldedName, participantText, type Participants, readParticipants } from './read-participants'

type By = Readonly<{ by: Author; timeZone: string; locale: string }>

/** People of one course that are looked at: more than any class holds. */
const PEOPLE_MOST = 20_000

function unreadable(locale: string, field: string, problem: FileProblem): AppError {
  const text = translator(locale, 'classes.import.problems')(problem, { count: FILE_MOST.rows })
  return new AppError('invalid_input', `The file can’t be read: ${problem}.`, { fields: { [field]: text } })
}

async function textOf(form: z.infer<typeof previewForm>, locale: string): Promise<string> {
  if (form.file === undefined || form.file.size === 0) return form.text
  const text = participantText(new Uint8Array(await form.file.arrayBuffer()))
  if (text === null) throw unreadable(locale, 'file', 'encoding')
  return text
}

/** Whoever was excused, or came late, by somebody's word, stays so: a list of the platform knows less. */
const after = (before: Attended | null): Attended =>
  before === 'LATE' || before === 'EXCUSED' ? before : 'PRESENT'

type Met = MatchedPerson & Readonly<{ userId: string }>

type Sorted = Readonly<{
  matched: readonly Met[]
  unknown: readonly Participant[]
  several: readonly Participant[]
  missing: readonly AttendeeRow[]
}>

/** Somebody of the file and of the course. `before`: they came by telephone and by computer, with the address and without. */
function met(one: Participant, found: AttendeeRow, byEmail: boolean, before: Met | undefined): Met {
  const { userId, name: person, status: from } = found
  const minutes = before === undefined ? one.minutes : (before.minutes ?? 0) + (one.minutes ?? 0)
  return {
    ...one,
    ...{ line: before?.line ?? one.line, lines: (before?.lines ?? 0) + one.lines },
    minutes: minutes === null ? null : Math.min(10_000, minutes),
    ...{ by: byEmail ? 'email' : 'name', userId, person, from, to: after(from) },
  }
}

/** Who of the file is whom of the course: by address, or else by the whole name if only one person has it. */
function sort(people: readonly Participant[], attendees: readonly AttendeeRow[]): Sorted {
  const byEmail = new Map(attendees.map((one) => [one.email.toLowerCase(), one]))
  const byName = Map.groupBy(attendees, ({ name }) => foldedName(name))
  const matched = new Map<string, Met>()
  const unknown: Participant[] = []
  const several: Participant[] = []
  for (const one of people) {
    const known = byEmail.get(one.email.toLowerCase())
    const named = byName.get(foldedName(one.name)) ?? []
    const [first] = named
    const found = known ?? (named.length === 1 ? first : undefined)
    if (found === undefined) {
      const list = named.length > 1 ? several : unknown
      list.push(one)
      continue
    }
    matched.set(found.userId, met(one, found, known !== undefined, matched.get(found.userId)))
  }
  const missing = attendees.filter(({ userId, status }) => !matched.has(userId) && status === null)
  return { matched: [...matched.values()], unknown, several, missing }
}

type Judged = Sorted & Readonly<{ read: Participants; markings: readonly Marking[] }>

async function judge(
  db: TenantDb,
  input: Readonly<{
    courseId: string
    classId: string
    text: string
    absent: '' | 'on'
    locale: string
    field: string
  }>,
): Promise<Judged> {
  const { courseId, classId, text, absent, locale, field } = input
  const read = readParticipants(text)
  if (typeof read === 'string') throw unreadable(locale, field, read)
  const attendees = await listAttendees(db, { courseId, classId, offset: 0, limit: PEOPLE_MOST })
  const sorted = sort(read.people, attendees)
  const minutesOf = new Map(attendees.map(({ userId, minutes }) => [userId, minutes]))
  const there = sorted.matched.filter(
    ({ userId, from, to, minutes }) => from !== to || (minutes !== null && minutes !== minutesOf.get(userId)),
  )
  const markings: Marking[] = [
    ...there.map(({ userId, from, to, minutes }) => ({ userId, before: from, status: to, minutes })),
    ...(absent === 'on' ? sorted.missing : []).map(({ userId }) => ({
      ...{ userId, before: null, status: 'ABSENT' as const, minutes: null },
    })),
  ]
  return { ...sorted, read, markings }
}

/** The same marks for the same people have the same stamp. */
function stampOf(markings: readonly Marking[]): string {
  const facts = markings.map(({ userId, before, status, minutes }) => [userId, before, status, minutes])
  return createHash('sha256').update(JSON.stringify(facts)).digest('hex')
}

function said(locale: string, judged: Judged, absent: '' | 'on'): AttendanceReport['said'] {
  const t = translator(locale, 'classes.import')
  const { matched, unknown, several, missing, read, markings } = judged
  return {
    count: t('count', { count: matched.length, people: read.people.length }),
    unknown: t('unknown', { count: unknown.length }),
    several: t('several', { count: several.length }),
    missing: t(absent === 'on' ? 'missingAbsent' : 'missing', { count: missing.length }),
    faults: t('faultsTitle', { count: read.faults.length }),
    apply: t('apply', { count: markings.length }),
    nothing: t('nothing'),
  }
}

/**
 * What a platform's list would write: who is whom, who is nobody of the course, whose name several have. Writes nothing.
 * @throws AppError 'invalid_input' for a file that is none; 'not_found' for another course's class; as `findEditable`
 */
export async function previewAttendance(
  db: TenantDb,
  input: By & Readonly<{ form: z.infer<typeof previewForm>; key: string }>,
): Promise<AttendanceReport> {
  const { form, by, timeZone, locale, key } = input
  const { courseId, classId, absent } = form
  await findEditable(db, { courseId, by })
  await getTaughtClass(db, { courseId, classId, timeZone })
  const text = await textOf(form, locale)
  const field = form.file === undefined || form.file.size === 0 ? 'text' : 'file'
  const judged = await judge(db, { courseId, classId, text, absent, locale, field })
  const { shown } = FILE_MOST
  return {
    ...{
      courseId,
      classId,
      text,
      absent,
      key,
      stamp: stampOf(judged.markings),
      said: said(locale, judged, absent),
    },
    matched: judged.matched.slice(0, shown).map(({ userId: _userId, ...one }) => one),
    unknown: judged.unknown.slice(0, shown),
    several: judged.several.slice(0, shown),
    missing: judged.missing.slice(0, shown).map(({ name }) => name),
    faults: judged.read.faults.slice(0, shown),
    changeCount: judged.markings.length,
  }
}

/**
 * Writes attendance as a platform's list says, all of it or nothing. @returns how many
 * @throws AppError 'conflict' when it would write something else than the preview showed, or somebody wrote at this
 *   moment; 'invalid_input' for a file with faults; as `previewAttendance`
 */
export async function importAttendance(
  db: TenantDb,
  input: By & Readonly<{ form: z.infer<typeof importForm> }>,
): Promise<number> {
  const { form, by, timeZone, locale } = input
  const { courseId, classId, text, absent, stamp, key: mark } = form
  await findEditable(db, { courseId, by })
  await getTaughtClass(db, { courseId, classId, timeZone })
  const { read, markings } = await judge(db, { courseId, classId, text, absent, locale, field: 'text' })
  if (read.faults.length > 0)
    throw new AppError('invalid_input', 'The file has faults.', {
      fields: { text: translator(locale, 'classes.import')('faulty') },
    })
  if (stampOf(markings) !== stamp)
    throw new AppError('conflict', 'The attendance is another than the preview showed.')
  if (markings.length === 0) return 0
  const written = await putAttendance(db, { courseId, classId, mark, markedById: by.userId, markings })
  if (written < markings.length) throw new AppError('conflict', 'Somebody wrote attendance at this moment.')
  return written
}
