import { z } from 'zod'
import { BEFORE_MOST, BODY_MOST, QUOTE_MOST } from './rules'

const id = z.string().regex(/^[a-z0-9]{1,40}$/)

/** A form’s lines end as on a typewriter; a note’s end in one letter. PostgreSQL keeps no null character. */
const text = z
  .string()
  .max(2 * BODY_MOST)
  .transform((typed) => typed.replace(/\r\n?/g, '\n').replaceAll('\0', ''))

/** A new note. Empty where it has no passage or no second; never both. */
export const noteForm = z
  .strictObject({
    courseId: id,
    lessonId: id,
    body: text.pipe(z.string().trim().min(1).max(BODY_MOST)),
    /** Second of the film. */
    atSecond: z.string().regex(/^\d{0,5}$/),
    quote: text.pipe(z.string().max(QUOTE_MOST)),
    before: text.pipe(z.string().max(BEFORE_MOST)),
    /** When it was written, for one that was deleted and comes back; its author's own business. */
    writtenAt: z.union([z.literal(''), z.iso.datetime()]).default(''),
  })
  .refine(({ atSecond, quote }) => atSecond === '' || quote === '', { path: ['quote'] })

/** Other words for a note. */
export const changeNoteForm = z.strictObject({
  noteId: id,
  body: text.pipe(z.string().trim().min(1).max(BODY_MOST)),
})

export const deleteNoteForm = z.strictObject({ noteId: id })

/** A note as its author sees it, and nobody else. */
export type NoteView = Readonly<{
  id: string
  body: string
  atSecond: number | null
  quote: string | null
  before: string | null
  /** ISO 8601. */
  writtenAt: string
}>
