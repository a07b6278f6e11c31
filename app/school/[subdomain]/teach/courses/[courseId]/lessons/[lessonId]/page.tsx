import './editor.css'
import { z } from 'zod'
import { schoolRefusal } from '#app/refusals'
import { EditorPage } from '#components/editor/editor-page'
import { can } from '#lib/auth/access'
import { page } from '#lib/auth/page'
import { readerOf } from '#lib/auth/reader'
import { idInPath } from '#lib/catalog/input'
import { loadLessonToEdit } from '#lib/editor/load-lesson'
import { translator } from '#lib/i18n/translate'

const editor = page({
  id: 'teach.lesson',
  access: can('course:edit'),
  refused: schoolRefusal,
  params: z.strictObject({ courseId: idInPath, lessonId: idInPath }),
  search: z.strictObject({}),
  load: ({ db, school, params, actor }) =>
    loadLessonToEdit(db, { ...params, reader: readerOf(actor), timeZone: school.timeZone }),
  metadata: (lesson, { school }) => ({
    title: `${translator(school.locale, 'editor')('title', { title: lesson.state.title })} · ${school.name}`,
  }),
  render: (lesson, { school }) => <EditorPage locale={school.locale} lesson={lesson} />,
})

export default editor.Page
export const generateMetadata = editor.generateMetadata
