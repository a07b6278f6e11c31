import 'server-only'
import { findOpenLesson, type Reader } from '#lib/db/queries/catalog'
import { createNote } from '#lib/db/queries/notes'
import type { TenantDb } from '#lib/db/tenant'
import { AppError } from '#lib/errors'
import { translator } from '#lib/i18n/translate'
import type { z } from 'zod'
import type { noteForm, NoteView } from './contract'
import { NOTES_MOST } from './rules'
import { noteOf } from './views'

type Input = Readonly<{
  reader: Exclude<Reader, null>
  note: z.infer<typeof noteForm>
  locale: string
}>

/**
 * Writes somebody's note beside a lesson that is open to them.
 * @throws AppError 'not_found' when it isn't, 'invalid_input' when they have as many there as can be
 */
export async function writeNote(db: TenantDb, { reader, note, locale }: Input): Promise<NoteView> {
  const { courseId, lessonId, body, atSecond, quote, before, writtenAt } = note
  const lesson = await findOpenLesson(db, { courseId, lessonId, reader })
  if (lesson === null || !(lesson.released || lesson.inCharge))
    throw new AppError('not_found', 'No such lesson is open to the author.')
  const written = await createNote(db, {
    ...{ userId: reader.userId, lessonId, body, most: NOTES_MOST },
    atSecond: atSecond === '' ? null : Number(atSecond),
    quote: quote === '' ? null : quote,
    before: quote === '' ? null : before,
    createdAt: writtenAt === '' ? null : new Date(writtenAt),
  })
  if (written !== null) return noteOf(written)
  const text = translator(locale, 'notes')('tooMany', { count: NOTES_MOST })
  throw new AppError('invalid_input', 'As many notes as can be.', { fields: { body: text } })
}
