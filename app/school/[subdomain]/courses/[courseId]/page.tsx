import { z } from 'zod'
import { CoursePage } from '#components/course/course-page'
import { schoolRefusal } from '#app/refusals'
import { publicAccess } from '#lib/auth/access'
import { page } from '#lib/auth/page'
import { readerOf } from '#lib/auth/reader'
import { idInPath } from '#lib/catalog/input'
import { brandOf, outlineOf } from '#lib/catalog/views'
import { findPublishedCourse, listOutline } from '#lib/db/queries/catalog'
import { AppError } from '#lib/errors'

const course = page({
  id: 'school.course',
  access: publicAccess('A published course shows what it teaches to everybody; drafts are a 404.'),
  refused: schoolRefusal,
  params: z.strictObject({ courseId: idInPath }),
  search: z.strictObject({}),
  load: async ({ db, school, params, actor }) => {
    const found = await findPublishedCourse(db, params.courseId, readerOf(actor))
    if (found === null) throw new AppError('not_found', 'No published course has this id.')
    return outlineOf(school, found, await listOutline(db, found.id))
  },
  metadata: (outline, { school }) => ({
    title: `${outline.title} · ${school.name}`,
    ...(outline.description === null ? {} : { description: outline.description.slice(0, 200) }),
  }),
  render: (outline, { school }) => <CoursePage brand={brandOf(school)} course={outline} />,
})

export default course.Page
export const generateMetadata = course.generateMetadata
