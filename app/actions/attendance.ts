'use server'
import { can } from '#lib/auth/access'
import { action, notAudited } from '#lib/auth/action'
import * as use from '#lib/classes/attend'
import { allForm, importForm, markForm, previewForm, undoForm } from '#lib/classes/contract/attendance'
import { importAttendance as bringIn, previewAttendance as preview } from '#lib/classes/import-attendance'
import { authorOf } from '../school/[subdomain]/teach/editing'

const of = (targetId: string) => ({ targetType: 'LiveClass', targetId })
type Which = Readonly<{ courseId: string; classId: string }>
const pageOf = ({ courseId, classId }: Which) => `/teach/courses/${courseId}/classes/${classId}/attendance`

type Done = Which & Readonly<{ count: number; mark?: string; page?: string }>

/** Back to the list, with what was done and, where something was, the way to undo it. */
function doneOf(done: string, { count, mark, page, ...which }: Done): string {
  const undo = mark === undefined || count === 0 ? '' : `&mark=${mark}`
  return `${pageOf(which)}?done=${done}&count=${String(count)}${undo}${page === undefined ? '' : `&page=${page}`}`
}

const counted = ({ classId, count }: Done) =>
  count === 0 ? null : { ...of(classId), after: { people: count } }

/** Who was there, as the list on one page says. */
export const markAttendance = action({
  id: 'class.attend',
  access: can('course:edit'),
  input: markForm,
  run: async ({ db, school, actor, input }) => {
    const { timeZone, locale } = school
    const count = await use.markAttendance(db, { form: input, by: authorOf(actor), timeZone, locale })
    const { courseId, classId, key: mark, page } = input
    return { courseId, classId, mark, page, count }
  },
  audit: (_context, done) => counted(done),
  then: (done) => doneOf('saved', done),
})

/** Everybody of whom nothing is said yet was there. */
export const markAllPresent = action({
  id: 'class.attend-all',
  access: can('course:edit'),
  input: allForm,
  run: async ({ db, school, actor, input }) => {
    const { timeZone, locale } = school
    const count = await use.markAllPresent(db, { form: input, by: authorOf(actor), timeZone, locale })
    const { courseId, classId, key: mark } = input
    return { courseId, classId, mark, count }
  },
  audit: (_context, done) => counted(done),
  then: (done) => doneOf('all', done),
})

export const undoAttendance = action({
  id: 'class.attend-undo',
  access: can('course:edit'),
  input: undoForm,
  run: async ({ db, school, actor, input }) => {
    const { timeZone, locale } = school
    const count = await use.undoMarks(db, { form: input, by: authorOf(actor), timeZone, locale })
    const { courseId, classId } = input
    return { courseId, classId, count }
  },
  audit: (_context, done) => counted(done),
  then: (done) => doneOf('undone', done),
})

/** Says what a platform's list would write. */
export const previewAttendance = action({
  id: 'class.attend-preview',
  access: can('course:edit'),
  input: previewForm,
  run: ({ db, school, actor, input }) => {
    const { timeZone, locale } = school
    const key = crypto.randomUUID()
    return preview(db, { form: input, by: authorOf(actor), timeZone, locale, key })
  },
  audit: notAudited('Says what a file would write and changes nothing.'),
})

/** Writes attendance as a platform's list says. */
export const importAttendance = action({
  id: 'class.attend-import',
  access: can('course:edit'),
  input: importForm,
  run: async ({ db, school, actor, input }) => {
    const { timeZone, locale } = school
    const count = await bringIn(db, { form: input, by: authorOf(actor), timeZone, locale })
    const { courseId, classId, key: mark } = input
    return { courseId, classId, mark, count }
  },
  audit: (_context, done) => counted(done),
  then: (done) => doneOf('imported', done),
})
