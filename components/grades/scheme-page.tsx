import { formWords } from '../form/form-words'
import { CourseFrame } from '../teach/course-frame'
import type { FormAction } from '#components/ui/form-context'
import { LinkButton } from '#components/ui/link-button'
import type { GradeItem, GradeScheme } from '#lib/grades/contract'
import { translator } from '#lib/i18n/translate'
import type { CourseHead } from '#lib/teach/contract'
import { SchemeEditor } from './scheme-editor'
import { schemeWords } from './scheme-words'

/** How grades of a course come about. */
export function SchemePage({
  locale,
  course,
  items,
  base,
  scheme,
  done,
  save,
}: Readonly<{
  locale: string
  course: CourseHead
  items: readonly GradeItem[]
  base: string
  scheme: GradeScheme
  done: boolean
  save: FormAction
}>) {
  const t = translator(locale, 'grades.scheme')
  return (
    <CourseFrame locale={locale} course={course} current="grades" done={done ? t('saved') : null}>
      <div className="mb-8 flex flex-wrap items-start justify-between gap-4">
        <h2 className="font-reading text-22 font-medium">{t('title')}</h2>
        <LinkButton href={`/teach/courses/${course.id}/grades`} look="quiet" size="small">
          {translator(locale, 'grades.teach')('back')}
        </LinkButton>
      </div>
      <noscript>
        <p className="text-soft">{t('needsScript')}</p>
      </noscript>
      <SchemeEditor
        key={base}
        courseId={course.id}
        base={base}
        scheme={scheme}
        items={items.map(({ id, title }) => ({ id, title }))}
        words={schemeWords(locale)}
        messages={formWords(locale)}
        save={save}
      />
    </CourseFrame>
  )
}
