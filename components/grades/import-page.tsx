import { formWords } from '../form/form-words'
import { CourseFrame } from '../teach/course-frame'
import type { FormAction } from '#components/ui/form-context'
import { LinkButton } from '#components/ui/link-button'
import { translator } from '#lib/i18n/translate'
import type { CourseHead } from '#lib/teach/contract'
import { ImportForm } from './import-form'
import { importWords } from './import-words'

/** Grades from a file: first what would change, then the change. */
export function ImportPage({
  locale,
  course,
  actions,
}: Readonly<{
  locale: string
  course: CourseHead
  actions: Readonly<Record<'preview' | 'apply', FormAction>>
}>) {
  const t = translator(locale, 'grades.import')
  return (
    <CourseFrame locale={locale} course={course} current="grades">
      <div className="mb-4 flex flex-wrap items-start justify-between gap-4">
        <h2 className="font-reading text-22 font-medium">{t('title')}</h2>
        <LinkButton href={`/teach/courses/${course.id}/grades`} look="quiet" size="small">
          {translator(locale, 'grades.teach')('back')}
        </LinkButton>
      </div>
      <div className="mb-8 max-w-column text-soft">
        <p>{t('intro')}</p>
        <p className="mt-2">{t('how')}</p>
        <p className="mt-4">
          <a
            href={`/api/grades/${course.id}/csv`}
            download
            className="inline-flex min-h-11 items-center font-medium text-accent-11 underline underline-offset-4"
          >
            {t('export')}
          </a>
        </p>
      </div>
      <ImportForm
        words={importWords(locale)}
        messages={formWords(locale)}
        courseId={course.id}
        {...actions}
      />
    </CourseFrame>
  )
}
