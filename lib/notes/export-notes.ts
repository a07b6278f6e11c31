import 'server-only'
import { listCourseNotes } from '#lib/db/queries/notes'
import type { TenantDb } from '#lib/db/tenant'
import { AppError } from '#lib/errors'
import { translator } from '#lib/i18n/translate'
import { clock } from '#lib/player/rules'
import { markdownOf } from './rules'

/**
 * All that somebody wrote beside the lessons of a course, as a Markdown file.
 * @throws AppError 'not_found' when they wrote nothing there, whether or not there is such a course
 */
export async function exportNotes(
  db: TenantDb,
  input: Readonly<{ userId: string; courseId: string; locale: string }>,
): Promise<string> {
  const notes = await listCourseNotes(db, input)
  const first = notes[0]
  if (first === undefined) throw new AppError('not_found', 'The person has no notes in such a course.')
  const title = translator(input.locale, 'notes')('exportTitle', { course: first.courseTitle })
  return markdownOf(
    title,
    notes.map(({ atSecond, ...note }) => ({ ...note, at: atSecond === null ? null : clock(atSecond) })),
  )
}
