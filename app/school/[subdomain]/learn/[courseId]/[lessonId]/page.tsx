import { z } from 'zod'
import { LessonPage } from '#components/lesson/lesson-page'
import { schoolRefusal } from '#app/refusals'
import { markLesson } from '#app/actions/learn'
import { changeNote, createNote, deleteNote } from '#app/actions/notes'
import { publicAccess } from '#lib/auth/access'
import { page } from '#lib/auth/page'
import { readerOf } from '#lib/auth/reader'
import { idInPath } from '#lib/catalog/input'
import { brandOf, lessonOf } from '#lib/catalog/views'
import { findOpenLesson, listOutline } from '#lib/db/queries/catalog'
import { listNotes } from '#lib/db/queries/notes'
import { AppError } from '#lib/errors'
import { lessonFileUrl } from '#lib/files/lesson-file-url'
import { NOTES_MOST } from '#lib/notes/rules'
import { noteOf } from '#lib/notes/views'
import { usesModel } from '#lib/tutor/model'

const NOTE_ACTIONS = { create: createNote, change: changeNote, remove: deleteNote }

const lesson = page({
  id: 'school.lesson',
  access: publicAccess(
    'The resource decides: previews are open to everybody, the rest to the enrolled, the course’s instructor and whoever is in charge of all courses; to anybody else it is a 404.',
  ),
  refused: schoolRefusal,
  params: z.strictObject({ courseId: idInPath, lessonId: idInPath }),
  search: z.strictObject({}),
  load: async ({ db, school, params, actor }) => {
    const reader = readerOf(actor)
    const found = await findOpenLesson(db, { ...params, reader })
    if (found === null) throw new AppError('not_found', 'No open lesson has this id in this course.')
    const view = lessonOf(school, found, await listOutline(db, found.courseId, found.enrollmentId))
    if (reader === null) return { view, readerId: null, notes: null, tutor: null }
    const own = { userId: reader.userId, lessonId: found.id, limit: NOTES_MOST }
    const tutor = school.tutor && found.tutorOn && found.opened ? { hasModel: usesModel() } : null
    return { view, readerId: reader.userId, notes: (await listNotes(db, own)).map(noteOf), tutor }
  },
  metadata: ({ view }, { school }) => ({ title: `${view.title} · ${school.name}` }),
  render: ({ view, readerId, notes, tutor }, { school }) => (
    <LessonPage
      brand={brandOf(school)}
      lesson={view}
      mark={markLesson}
      readerId={readerId}
      notes={notes === null ? null : { list: notes, actions: NOTE_ACTIONS }}
      tutor={tutor}
      fileUrl={(key, name) => lessonFileUrl(school.id, key, name) ?? '/media/missing'}
    />
  ),
})

export default lesson.Page
export const generateMetadata = lesson.generateMetadata
