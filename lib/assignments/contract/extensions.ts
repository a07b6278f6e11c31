import { z } from 'zod'
import { momentText } from '#lib/fields/contract'
import type { CourseHead } from '#lib/teach/contract'

/** What the page of people with another due date sends and shows. */

export const EXTENSION_NOTE_MAX = 2_000

const id = z.string().regex(/^[a-z0-9]{1,40}$/)

const DONE = ['given', 'removed'] as const
export type ExtensionDone = (typeof DONE)[number]
export const extensionsSearch = z.strictObject({
  q: z.string().trim().max(100).default(''),
  /** Whose date is being written. */
  person: id.optional().catch(undefined),
  cursor: z.string().min(1).max(400).optional(),
  done: z.enum(DONE).optional().catch(undefined),
})
export type ExtensionsSearch = z.infer<typeof extensionsSearch>

export const extensionForm = z.strictObject({
  courseId: id,
  assignmentId: id,
  userId: id,
  dueDate: momentText,
  note: z
    .string()
    .transform((text) => text.replace(/\r\n?/g, '\n').trim())
    .pipe(z.string().max(EXTENSION_NOTE_MAX)),
})
export type ExtensionForm = z.infer<typeof extensionForm>

export const removeExtensionForm = z.strictObject({ courseId: id, assignmentId: id, userId: id })

type Person = Readonly<{ userId: string; name: string; email: string }>

/** Somebody who has another date than everybody. */
export type ExtendedPerson = Person &
  Readonly<{
    dueDate: Date
    /** For whoever teaches. */
    note: string | null
    /** They still are in the course. */
    enrolled: boolean
    /** Their date is the one that counts: later than everybody's. */
    counts: boolean
    /** What they handed in last: days late by what counts for them, and by the date of everybody. Null: nothing yet. */
    handedIn: Readonly<{ at: Date; daysLate: number; daysLateWithout: number }> | null
  }>

export type ExtensionsView = Readonly<{
  course: CourseHead
  id: string
  title: string
  /** IANA: the course's, or else the school's. */
  timeZone: string
  /** Everybody's. Null: there is none, and nothing to extend. */
  dueDate: Date | null
  people: readonly ExtendedPerson[]
  nextCursor: string | null
  previousCursor: string | null
  /** What was looked for among the enrolled, and who was found. */
  q: string
  found: readonly Person[]
  /** Whose date is being written: with what the form begins. */
  chosen: (Person & Readonly<{ has: boolean; dueAt: string; note: string | null }>) | null
}>
