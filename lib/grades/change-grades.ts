import 'server-only'
import {
  addChange,
  addQuestion,
  answerQuestion,
  getGrading,
  lockEnrolled,
  putGrading,
} from '#lib/db/queries/grades'
import { type Author, findEditable } from '#lib/db/queries/teach'
import type { TenantDb } from '#lib/db/tenant'
import { AppError } from '#lib/errors'
import { Points } from '#lib/exams/rules/decimal'
import { translator } from '#lib/i18n/translate'
import { notify } from '#lib/notifications/notify'
import type { z } from 'zod'
import {
  type answerForm,
  type askForm,
  type Change,
  type ChangeForm,
  type GradeLine,
  type GradeScheme,
  gradeSchemeSchema,
  type PersonGrades,
  type schemeForm,
} from './contract'
import { COURSE_ITEM } from './contract/constants'
import { loadOwnGrades, loadPersonGrades } from './load-grades'
import { isSlip } from './rules/plausible'

type By = Readonly<{ by: Author; timeZone: string; locale: string }>

function refused(field: string, message: string): AppError {
  return new AppError('invalid_input', 'A grade that can’t be changed so.', { fields: { [field]: message } })
}

type Facts = Readonly<{ points: string | null; excused: boolean; reason: string | null }>

const factsOf = (change: Change | null): Facts => ({
  ...{ points: change?.points ?? null, excused: change?.excused ?? false, reason: change?.reason ?? null },
})

type Found = Readonly<{ kind: 'exam' | 'assignment' | 'course'; line: GradeLine | null; now: Change | null }>

function find(grades: PersonGrades, item: string): Found {
  if (item === COURSE_ITEM) return { kind: 'course', line: null, now: grades.change }
  const line = grades.categories.flatMap(({ lines }) => lines).find((one) => one.item.id === item)
  if (line === undefined) throw new AppError('not_found', 'The course has no such item.')
  return { kind: line.item.kind, line, now: line.change }
}

/** Whether somebody would read another number than before, and should read why. */
const needsReason = ({ kind, line, now }: Found): boolean =>
  kind === 'course' || now !== null || line?.source.points != null

/** What is wrong with a change, in words; null: nothing. @returns the field and the words */
function faultOf(form: ChangeForm, found: Found, locale: string): [field: string, message: string] | null {
  const t = translator(locale, 'grades.faults')
  if (form.excused === 'on' && found.kind === 'course') return ['excused', t('courseExcused')]
  if (form.excused === 'on' && form.points !== '') return ['points', t('excusedPoints')]
  if (form.points !== '' && new Points(form.points).gt(99_999)) return ['points', t('most')]
  const most = found.line === null ? '100' : found.line.maxPoints
  if (form.points !== '' && isSlip(form.points, most)) return ['points', t('slip', { most })]
  return form.reason === '' && needsReason(found) ? ['reason', t('reason')] : null
}

function isSame(form: ChangeForm, now: Change | null): boolean {
  const points = form.points === '' ? null : form.points
  const excused = form.excused === 'on'
  const same =
    points === null || now?.points == null
      ? points === (now?.points ?? null)
      : new Points(points).eq(now.points)
  return same && excused === (now?.excused ?? false)
}

/**
 * Gives somebody other points than come about by themselves, excuses them, or takes that back; with a reason that they
 * read. What says the same as what holds changes nothing.
 * @returns what held before and holds now; null: nothing changed
 * @throws AppError 'conflict' when the grade was changed since it was read, 'invalid_input' naming the field,
 *   'not_found' for somebody who isn't enrolled or an item that isn't the course's; as `findEditable`
 */
export async function changeGrade(
  db: TenantDb,
  input: By & Readonly<{ form: ChangeForm }>,
): Promise<Readonly<{ before: Facts; after: Facts; number: number }> | null> {
  const { form, by, timeZone, locale } = input
  const { courseId, userId, item, points, excused, reason } = form
  await findEditable(db, { courseId, by })
  await lockEnrolled(db, { courseId, userId })
  const found = find(await loadPersonGrades(db, { courseId, userId, timeZone }), item)
  const fault = faultOf(form, found, locale)
  if (fault !== null) throw refused(...fault)
  if (isSame(form, found.now)) return null
  const after: Facts = {
    points: points === '' ? null : points,
    excused: excused === 'on',
    reason: reason === '' ? null : reason,
  }
  const number = await addChange(db, {
    ...{ courseId, userId, item, kind: found.kind, seen: Number(form.seen), changedById: by.userId },
    ...after,
  })
  if (number === null)
    throw new AppError('conflict', 'The grade was changed since it was read.', {
      fields: { points: translator(locale, 'grades.faults')('changed') },
    })
  await notify(db, { kind: 'grade-changed', id: courseId, userId })
  return { before: factsOf(found.now), after, number }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}

/** What doesn't fit together in a scheme, in words; null: nothing. */
function schemeFault(scheme: GradeScheme, locale: string): string | null {
  const t = translator(locale, 'grades.faults')
  const { categories, letters, items, weighted } = scheme
  const ids = new Set(categories.map(({ id }) => id))
  if (ids.size < categories.length) return t('scheme')
  if (Object.values(items).some(({ categoryId }) => categoryId !== null && !ids.has(categoryId)))
    return t('scheme')
  const names = new Set(letters.map(({ name }) => name))
  const bounds = new Set(letters.map(({ from }) => Number(from)))
  if (names.size < letters.length || bounds.size < letters.length) return t('letters')
  const weighs = categories.some(({ weight, extraCredit }) => Number(weight) > 0 && !extraCredit)
  return weighted && !weighs ? t('weights') : null
}

/**
 * Writes how a course is graded. @returns the scheme of before and after; null: it is the same
 * @throws AppError 'conflict' when somebody else changed it since it was read, 'invalid_input'; as `findEditable`
 */
export async function saveScheme(
  db: TenantDb,
  input: By & Readonly<{ form: z.infer<typeof schemeForm> }>,
): Promise<Readonly<{ before: GradeScheme; after: GradeScheme }> | null> {
  const { form, by, locale } = input
  const { courseId } = form
  await findEditable(db, { courseId, by })
  const t = translator(locale, 'grades.faults')
  const [base, scheme] = [parsed(form.base), gradeSchemeSchema.safeParse(parsed(form.scheme))]
  const before = gradeSchemeSchema.safeParse(base)
  if (!scheme.success || !before.success) throw refused('scheme', t('scheme'))
  const fault = schemeFault(scheme.data, locale)
  if (fault !== null) throw refused('scheme', fault)
  if (JSON.stringify(before.data) === JSON.stringify(scheme.data)) return null
  const stored = await putGrading(db, {
    ...{ courseId, base: JSON.stringify(base), scheme: JSON.stringify(scheme.data) },
  })
  if (!stored) throw new AppError('conflict', 'The scheme was changed since it was read.')
  return { before: before.data, after: scheme.data }
}

/** How a course is graded, as it is stored: what the form begins with. @throws AppError as `findEditable` */
export async function readScheme(
  db: TenantDb,
  { courseId, timeZone }: Readonly<{ courseId: string; timeZone: string }>,
): Promise<Readonly<{ base: string; scheme: GradeScheme }>> {
  const { grading } = await getGrading(db, { courseId, timeZone })
  return { base: JSON.stringify(grading), scheme: gradeSchemeSchema.parse(grading) }
}

/**
 * Asks those who teach about one of one's own grades. @returns the question's id, and whether it is new
 * @throws AppError 'not_found' for a course that they aren't enrolled in, or an item that isn't its
 */
export async function askAbout(
  db: TenantDb,
  input: Readonly<{ userId: string; timeZone: string; form: z.infer<typeof askForm> }>,
): Promise<Readonly<{ id: string; isNew: boolean }>> {
  const { userId, timeZone, form } = input
  const { courseId, item, key, body } = form
  const { grades } = await loadOwnGrades(db, { courseId, userId, timeZone })
  const asked = await addQuestion(db, { courseId, userId, item, kind: find(grades, item).kind, key, body })
  if (asked.isNew) await notify(db, { kind: 'grade-asked', id: asked.id })
  return asked
}

/** Answers what somebody asked about a grade, once; they are told. @returns whether it had no answer @throws AppError as `changeGrade` */
export async function answerAbout(
  db: TenantDb,
  input: By & Readonly<{ form: z.infer<typeof answerForm> }>,
): Promise<boolean> {
  const { by, form } = input
  await findEditable(db, { courseId: form.courseId, by })
  await lockEnrolled(db, form)
  const answered = await answerQuestion(db, { ...form, byId: by.userId })
  if (answered) await notify(db, { kind: 'grade-answered', id: form.questionId })
  return answered
}
