import type { ReactNode } from 'react'
import { Avatar } from '#components/ui/avatar'
import { Icon, type IconName } from '#components/ui/icon'
import type { CourseOutline, SchoolBrand } from '#lib/catalog/contract'
import { durationInWords } from '#lib/i18n/duration'
import { formatter, translator } from '#lib/i18n/translate'

function Fact({ icon, term, children }: { icon: IconName; term: string; children: ReactNode }) {
  return (
    <div>
      <dt>
        <Icon name={icon} size={18} />
        {term}
      </dt>
      <dd>{children}</dd>
    </div>
  )
}

/** What someone asks before they begin: who teaches, how much, how long, with whom, and what is tested. */
export function Facts({ brand, course }: { brand: SchoolBrand; course: CourseOutline }) {
  const t = translator(brand.locale, 'course')
  const count = translator(brand.locale, 'counts')
  const format = formatter(brand.locale, brand.timeZone)
  const content = [
    count('lessons', { count: course.lessonCount }),
    ...(course.modules.length > 0 ? [count('modules', { count: course.modules.length })] : []),
  ]
  const practice = [
    ...(course.examCount > 0 ? [count('exams', { count: course.examCount })] : []),
    ...(course.assignmentCount > 0 ? [count('assignments', { count: course.assignmentCount })] : []),
  ]
  return (
    <div>
      <div className="flex items-center gap-3">
        <Avatar name={course.instructorName} src={course.instructorAvatarUrl} />
        <div className="min-w-0">
          <p className="text-14 text-soft">{t('instructor')}</p>
          <p className="font-medium wrap-break-word">{course.instructorName}</p>
        </div>
      </div>
      <dl className="facts mt-6 grid grid-cols-1 gap-4 sm:grid-cols-2 lg:grid-cols-1">
        <Fact icon="book-open" term={t('content')}>
          {format.list(content)}
        </Fact>
        <Fact icon="clock" term={t('duration')}>
          {course.durationSeconds > 0
            ? durationInWords(brand.locale, course.durationSeconds)
            : t('noDuration')}
        </Fact>
        <Fact icon="users" term={t('learners')}>
          {count('learners', { count: course.learnerCount })}
        </Fact>
        {practice.length > 0 ? (
          <Fact icon="exam" term={t('practice')}>
            {format.list(practice)}
          </Fact>
        ) : null}
        <Fact icon="assignment" term={t('updated')}>
          <time dateTime={course.updatedAt.toISOString()}>
            {format.dateTime(course.updatedAt, { day: 'numeric', month: 'long', year: 'numeric' })}
          </time>
        </Fact>
      </dl>
    </div>
  )
}
