import { z } from 'zod'
import { LessonPage } from '#components/lesson/lesson-page'
import { schoolRefusal } from '#app/refusals'
import { publicAccess } from '#lib/auth/access'
import { page } from '#lib/auth/page'
import { readerOf } from '#lib/auth/reader'
import { idInPath } from '#lib/catalog/input'
import { brandOf, lessonOf } from '#lib/catalog/views'
import { findOpenLesson, listOutline } from '#lib/db/queries/catalog'
import { AppError } from '#lib/errors'
import { publicUrl } from '#lib/files/rules'

const lesson = page({
  id: 'school.lesson',
  access: publicAccess(
    'The resource decides: previews are open to everybody, the rest to the enrolled, the course’s instructor and whoever is in charge of all courses; to anybody else it is a 404.',
  ),
  refused: schoolRefusal,
  params: z.strictObject({ courseId: idInPath, lessonId: idInPath }),
  search: z.strictObject({}),
  load: async ({ db, school, params, actor }) => {
    const found = await findOpenLesson(db, { ...params, reader: readerOf(actor) })
    if (found === null) throw new AppError('not_found', 'No open lesson has this id in this course.')
    return lessonOf(school, found, await listOutline(db, found.courseId))
  },
  metadata: (view, { school }) => ({ title: `${view.title} · ${school.name}` }),
  render: (view, { school }) => (
    <LessonPage
      brand={brandOf(school)}
      lesson={view}
      fileUrl={(key) => publicUrl(school.id, key) ?? '/media/missing'}
    />
  ),
})

export default lesson.Page
export const generateMetadata = lesson.generateMetadata
