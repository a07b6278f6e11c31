import { formWords } from '../form/form-words'
import { CourseFrame } from '../teach/course-frame'
import type { FormAction } from '#components/ui/form-context'
import { LinkButton } from '#components/ui/link-button'
import { translator } from '#lib/i18n/translate'
import type { CourseHead } from '#lib/teach/contract'
import { AttendanceImport } from './attendance-import'
import { attendanceWords } from './attendance-words'

/** Attendance from a platform's list: first who is whom, then the marks. */
export function AttendanceImportPage({
  locale,
  course,
  classId,
  title,
  actions,
}: Readonly<{
  locale: string
  course: CourseHead
  classId: string
  title: string
  actions: Readonly<Record<'preview' | 'apply', FormAction>>
}>) {
  const t = translator(locale, 'classes.import')
  return (
    <CourseFrame locale={locale} course={course} current="classes">
      <div className="mb-4 flex flex-wrap items-start justify-between gap-4">
        <h2 className="min-w-0 font-reading text-22 font-medium wrap-anywhere">
          {t('title')}: {title}
        </h2>
        <LinkButton
          href={`/teach/courses/${course.id}/classes/${classId}/attendance`}
          look="quiet"
          size="small"
        >
          {translator(locale, 'classes.attendance')('title')}
        </LinkButton>
      </div>
      <div className="mb-8 max-w-column text-soft">
        <p>{t('intro')}</p>
        <p className="mt-2">{t('how')}</p>
      </div>
      <AttendanceImport
        words={attendanceWords(locale)}
        messages={formWords(locale)}
        ids={{ courseId: course.id, classId }}
        {...actions}
      />
    </CourseFrame>
  )
}
