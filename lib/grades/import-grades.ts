import 'server-only'
import { createHash } from 'node:crypto'
import { addChanges, getGrading, listGradePeople, type NewChange } from '#lib/db/queries/grades'
import { type Author, findEditable } from '#lib/db/queries/teach'
import type { TenantDb } from '#lib/db/tenant'
import { AppError } from '#lib/errors'
import { Points, pointsText } from '#lib/exams/rules/decimal'
import { translator } from '#lib/i18n/translate'
import { notifyEach } from '#lib/notifications/notify'
import type { z } from 'zod'
import type { GradeItem } from './contract'
import {
  type FileProblem,
  IMPORT_MOST,
  type importForm,
  type ImportReport,
  type previewForm,
  type RowChange,
  type RowFault,
} from './contract/importing'
import { EXCUSED } from './export-grades'
import { PEOPLE_MOST } from './load-book'
import { readGradesCsv, type WrittenLine } from './read-grades-csv'
import { cellOf, type Own } from './rules/person'
import { isSlip } from './rules/plausible'
import { loadItems, loadOwn } from './sources'

type By = Readonly<{ by: Author; timeZone: string; locale: string }>

function unreadable(locale: string, field: string, problem: FileProblem): AppError {
  const text = translator(locale, 'grades.import.problems')(problem, { count: IMPORT_MOST.rows })
  return new AppError('invalid_input', `The file can’t be read: ${problem}.`, { fields: { [field]: text } })
}

async function textOf(form: z.infer<typeof previewForm>, locale: string): Promise<string> {
  if (form.file === undefined || form.file.size === 0) return form.text
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(await form.file.arrayBuffer())
  } catch {
    throw unreadable(locale, 'file', 'encoding')
  }
}

type Meant = Readonly<{ userId: string; item: GradeItem; seen: number; row: RowChange }>
type Judged = Readonly<{ meant: readonly Meant[]; faults: readonly RowFault[] }>
type Person = Readonly<{ userId: string; name: string; own: Own }>

const NUMBER = /^\d{1,5}(?:[.,]\d{1,4})?$/

/** What a cell means for somebody: a change, a fault, or nothing; an empty one leaves things as they are. */
function judgeCell(
  value: string,
  person: Person,
  item: GradeItem,
): Readonly<{ to: string | null; excused: boolean }> | RowFault['kind'] | null {
  if (value === '') return null
  const { points, excused } = cellOf(person.own, item)
  if (value.toUpperCase() === EXCUSED) return excused ? null : { to: null, excused: true }
  if (!NUMBER.test(value)) return 'points'
  const wanted = new Points(value.replace(',', '.'))
  if (wanted.gt(99_999)) return 'most'
  if (!excused && points !== null && wanted.eq(points)) return null
  if (isSlip(pointsText(wanted), item.maxPoints)) return 'slip'
  return { to: pointsText(wanted), excused: false }
}

function judgeLine(line: WrittenLine, person: Person, columns: readonly (GradeItem | null)[]): Judged {
  const meant: Meant[] = []
  const faults: RowFault[] = []
  columns.forEach((item, place) => {
    if (item === null) return
    const value = line.values[place] ?? ''
    const judged = judgeCell(value, person, item)
    if (judged === null) return
    if (typeof judged === 'string') {
      faults.push({ line: line.line, kind: judged, email: line.email, column: item.title, value })
      return
    }
    const { points: from, excused: excusedBefore } = cellOf(person.own, item)
    meant.push({
      ...{ userId: person.userId, item, seen: person.own.changes.get(item.id)?.number ?? 0 },
      row: { line: line.line, name: person.name, item: item.title, from, excusedBefore, ...judged },
    })
  })
  return { meant, faults }
}

/** Reads a file against what is there now. */
async function judge(
  db: TenantDb,
  input: Readonly<{ courseId: string; timeZone: string; locale: string; field: string; text: string }>,
): Promise<Judged & Readonly<{ rows: number; ignored: readonly string[] }>> {
  const { courseId, timeZone, locale, field, text } = input
  const written = readGradesCsv(text)
  if (typeof written === 'string') throw unreadable(locale, field, written)
  const row = await getGrading(db, { courseId, timeZone })
  const sources = await loadItems(db, courseId, row.timeZone)
  const items = new Map(sources.map(({ item }) => [item.id, item]))
  const people = await listGradePeople(db, { courseId, userId: null, limit: PEOPLE_MOST })
  const ownOf = await loadOwn(db, sources, { courseId, userId: null, audience: 'teacher' })
  const known = new Map(people.map(({ email, ...one }) => [email.toLowerCase(), one]))
  const columns = written.columns.map(({ item }) => items.get(item) ?? null)
  const foreign = written.columns.flatMap(({ title, item }) =>
    items.has(item) ? [] : [`${title} [${item}]`],
  )
  const seen = new Set<string>()
  const parts = written.lines.map((line): Judged => {
    const email = line.email.toLowerCase()
    const person = known.get(email)
    const kind = line.surplus
      ? 'surplus'
      : person === undefined
        ? 'unknown'
        : seen.has(email)
          ? 'twice'
          : null
    seen.add(email)
    if (kind !== null || person === undefined)
      return {
        meant: [],
        faults: [{ line: line.line, kind: kind ?? 'unknown', email: line.email, column: '', value: '' }],
      }
    return judgeLine(line, { ...person, own: ownOf(person.userId) }, columns)
  })
  return {
    meant: parts.flatMap(({ meant }) => meant),
    faults: parts.flatMap(({ faults }) => faults),
    rows: written.lines.length,
    ignored: [...written.ignored, ...foreign],
  }
}

/** The same changes to the same grades have the same stamp. */
function stampOf(meant: readonly Meant[]): string {
  const facts = meant.map(({ userId, item, seen, row }) => [
    userId,
    item.id,
    seen,
    row.from,
    row.to,
    row.excused,
  ])
  return createHash('sha256').update(JSON.stringify(facts)).digest('hex')
}

function said(
  locale: string,
  { rows, count, faults }: Readonly<{ rows: number; count: number; faults: number }>,
): ImportReport['said'] {
  const t = translator(locale, 'grades.import')
  return {
    faults: t('faultsTitle', { count: faults }),
    ...{ count: t('count', { count, rows }), nothing: t('nothing', { rows }), apply: t('apply', { count }) },
  }
}

/**
 * What a file would change, cell by cell, and what of it can’t be read. Writes nothing.
 * @throws AppError 'invalid_input' for a file that is none; as `findEditable`
 */
export async function previewGrades(
  db: TenantDb,
  input: By & Readonly<{ form: z.infer<typeof previewForm> }>,
): Promise<ImportReport> {
  const { form, by, timeZone, locale } = input
  const { courseId } = form
  await findEditable(db, { courseId, by })
  const text = await textOf(form, locale)
  const field = form.file === undefined || form.file.size === 0 ? 'text' : 'file'
  const { meant, faults, rows, ignored } = await judge(db, { courseId, timeZone, locale, field, text })
  return {
    ...{ courseId, text, stamp: stampOf(meant), rows, ignored },
    said: said(locale, { rows, count: meant.length, faults: faults.length }),
    changes: meant.slice(0, IMPORT_MOST.shown).map(({ row }) => row),
    changeCount: meant.length,
    faults: faults.slice(0, IMPORT_MOST.shown),
    faultCount: faults.length,
  }
}

/**
 * Changes grades as a file says, all of it or nothing. @returns how many
 * @throws AppError 'conflict' when it would change something else than the preview showed, or somebody changed one of
 *   them at this moment; 'invalid_input' for a file with faults; as `findEditable`
 */
export async function importGrades(
  db: TenantDb,
  input: By & Readonly<{ form: z.infer<typeof importForm> }>,
): Promise<number> {
  const { form, by, timeZone, locale } = input
  const { courseId, text, stamp, reason } = form
  await findEditable(db, { courseId, by })
  const { meant, faults } = await judge(db, { courseId, timeZone, locale, field: 'text', text })
  if (faults.length > 0)
    throw new AppError('invalid_input', 'The file has faults.', {
      fields: { text: translator(locale, 'grades.import')('faulty') },
    })
  if (stampOf(meant) !== stamp)
    throw new AppError('conflict', 'The grades are others than the preview showed.')
  const changes = meant.map(({ userId, item, seen, row }): NewChange => {
    const { to: points, excused } = row
    return {
      courseId,
      userId,
      item: item.id,
      kind: item.kind,
      seen,
      points,
      excused,
      reason,
      changedById: by.userId,
    }
  })
  if (changes.length > 0 && (await addChanges(db, courseId, changes)) < changes.length)
    throw new AppError('conflict', 'A grade was changed at this moment.')
  await notifyEach(db, { kind: 'grade-changed', id: courseId, userIds: changes.map(({ userId }) => userId) })
  return changes.length
}
