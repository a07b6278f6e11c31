import { z } from 'zod'
import * as actions from '#app/actions/teach'
import { schoolRefusal } from '#app/refusals'
import { CourseFrame } from '#components/teach/course-frame'
import { OutlineEditor } from '#components/teach/outline-editor'
import { Notice } from '#components/ui/notice'
import { outlineWords } from '../../../../../../components/teach/outline-words'
import { can } from '#lib/auth/access'
import { page } from '#lib/auth/page'
import { findEditable } from '#lib/db/queries/teach'
import { translator } from '#lib/i18n/translate'
import { coursePath } from '#lib/teach/contract'
import { readOutline } from '#lib/teach/outline'
import { headOf } from '#lib/teach/views'
import { authorOf, managesPeople } from '../../editing'

const ACTIONS = {
  addModule: actions.addModule,
  renameModule: actions.renameModule,
  removeModule: actions.removeModule,
  restoreModule: actions.restoreModule,
  addLesson: actions.addLesson,
  renameLesson: actions.renameLesson,
  removeLesson: actions.removeLesson,
  restoreLesson: actions.restoreLesson,
  arrange: actions.arrangeOutline,
  read: actions.readOutline,
}

function WithoutScripts({ locale }: { locale: string }) {
  const t = translator(locale, 'teach.outline')
  return (
    <noscript>
      <div className="mb-8">
        <Notice tone="info" title={t('noScriptTitle')}>
          {t('noScriptBody')}
        </Notice>
      </div>
    </noscript>
  )
}

const outline = page({
  id: 'teach.outline',
  access: can('course:edit'),
  refused: schoolRefusal,
  params: coursePath,
  search: z.strictObject({}),
  load: async ({ db, params: { courseId }, actor }) => {
    const by = authorOf(actor)
    const course = headOf(await findEditable(db, { courseId, by }), by, managesPeople(actor))
    return { course, modules: await readOutline(db, courseId) }
  },
  metadata: ({ course }, { school }) => ({ title: `${course.title} · ${school.name}` }),
  render: ({ course, modules }, { school }) => (
    <CourseFrame
      locale={school.locale}
      course={course}
      current="outline"
      intro={translator(school.locale, 'teach.outline')('intro')}
    >
      <WithoutScripts locale={school.locale} />
      <OutlineEditor
        courseId={course.id}
        modules={modules}
        words={outlineWords(school.locale, course.title)}
        actions={ACTIONS}
      />
    </CourseFrame>
  ),
})

export default outline.Page
export const generateMetadata = outline.generateMetadata
