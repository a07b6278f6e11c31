import { z } from 'zod'
import { markLesson } from '#app/actions/learn'
import { schoolRefusal } from '#app/refusals'
import { LessonPage } from '#components/lesson/lesson-page'
import { PreviewFrame } from '#components/teach/preview-frame'
import { can } from '#lib/auth/access'
import { page } from '#lib/auth/page'
import type { LessonView } from '#lib/catalog/contract'
import { brandOf, videoOf } from '#lib/catalog/views'
import { findEditable, getPreviewedLesson, listStructure, type PreviewedLesson } from '#lib/db/queries/teach'
import { lessonFileUrl } from '#lib/files/lesson-file-url'
import { translator } from '#lib/i18n/translate'
import type { School } from '#lib/tenancy/school'
import { lessonPath, type PreviewView } from '#lib/teach/contract'
import { readDraft } from '#lib/teach/drafts'
import { authorOf } from '../../../../editing'

type Place = Readonly<{ courseId: string; ids: readonly string[] }>

function previewOf(school: School, lesson: PreviewedLesson, { courseId, ids }: Place): PreviewView {
  const { id, title, courseTitle, moduleTitle, duration } = lesson
  const index = ids.indexOf(id)
  const { document, undescribed } = readDraft(lesson.content)
  const view: LessonView = {
    ...{ id, title, courseId, courseTitle, moduleTitle, document },
    ...{ position: index + 1, total: ids.length, durationSeconds: duration },
    video: videoOf(school, lesson.videoUrl, lesson.captions),
    // Nobody learns here: nothing is locked, nothing is kept, and the way on is the preview's own.
    ...{ lock: null, outline: [], learner: null, previous: null, next: null },
  }
  return {
    ...{ courseId, lessonId: id, title, undescribed: undescribed.length },
    previous: ids[index - 1] ?? null,
    next: ids[index + 1] ?? null,
    lesson: document === null ? null : view,
  }
}

const preview = page({
  id: 'teach.preview',
  access: can('course:edit'),
  refused: schoolRefusal,
  params: lessonPath,
  search: z.strictObject({}),
  load: async ({ db, school, params: { courseId, lessonId }, actor }) => {
    await findEditable(db, { courseId, by: authorOf(actor) })
    const lesson = await getPreviewedLesson(db, { courseId, lessonId })
    const rows = await listStructure(db, courseId)
    const ids = rows.flatMap((row) => (row.lessonId === null ? [] : [row.lessonId]))
    return previewOf(school, lesson, { courseId, ids })
  },
  metadata: (view, { school }) => ({
    title: `${translator(school.locale, 'teach.preview')('bar')}: ${view.title} · ${school.name}`,
  }),
  render: ({ lesson, ...view }, { school }) => (
    <PreviewFrame locale={school.locale} view={view}>
      {lesson === null ? null : (
        <LessonPage
          brand={brandOf(school)}
          lesson={lesson}
          readerId={null}
          notes={null}
          mark={markLesson}
          courseHref={`/teach/courses/${view.courseId}`}
          fileUrl={(key, name) => lessonFileUrl(school.id, key, name) ?? '/media/missing'}
        />
      )}
    </PreviewFrame>
  ),
})

export default preview.Page
export const generateMetadata = preview.generateMetadata
