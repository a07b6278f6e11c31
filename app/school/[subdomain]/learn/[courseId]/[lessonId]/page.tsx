import { z } from 'zod'
import { LessonPage } from '#components/lesson/lesson-page'
import { schoolRefusal } from '#app/refusals'
import { publicAccess } from '#lib/auth/access'
import { page } from '#lib/auth/page'
import { idInPath } from '#lib/catalog/input'
import { brandOf, lessonOf } from '#lib/catalog/views'
import { findPreviewLesson, listOutline } from '#lib/db/queries/catalog'
import { AppError } from '#lib/errors'
import { publicUrl } from '#lib/files/rules'

const preview = page({
  id: 'school.lesson',
  access: publicAccess(
    'Only lessons that their published course marks as a preview; every other one is a 404.',
  ),
  refused: schoolRefusal,
  params: z.strictObject({ courseId: idInPath, lessonId: idInPath }),
  search: z.strictObject({}),
  load: async ({ db, school, params }) => {
    const found = await findPreviewLesson(db, params)
    if (found === null) throw new AppError('not_found', 'No open lesson has this id in this course.')
    return lessonOf(school, found, await listOutline(db, found.courseId))
  },
  metadata: (lesson, { school }) => ({ title: `${lesson.title} · ${school.name}` }),
  render: (lesson, { school }) => (
    <LessonPage
      brand={brandOf(school)}
      lesson={lesson}
      fileUrl={(key) => publicUrl(school.id, key) ?? '/media/missing'}
    />
  ),
})

export default preview.Page
export const generateMetadata = preview.generateMetadata
