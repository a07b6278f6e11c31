import { CourseFrame } from '../teach/course-frame'
import { LinkButton } from '#components/ui/link-button'
import type { PersonGrades } from '#lib/grades/contract'
import { COURSE_ITEM } from '#lib/grades/contract/constants'
import { translator } from '#lib/i18n/translate'
import type { CourseHead } from '#lib/teach/contract'
import { GradeHead } from './grade-head'
import { GradeLines } from './grade-lines'

/** Somebody's grades in a course, each the way to where it is changed. */
export function PersonPage({
  locale,
  course,
  grades,
}: Readonly<{ locale: string; course: CourseHead; grades: PersonGrades }>) {
  const t = translator(locale, 'grades.teach')
  const base = `/teach/courses/${course.id}/grades`
  const own = `${base}/${grades.userId}`
  return (
    <CourseFrame locale={locale} course={course} current="grades">
      <div className="flex flex-wrap items-start justify-between gap-4">
        <div>
          <h2 className="font-reading text-22 font-medium wrap-anywhere">{grades.name}</h2>
          <p className="text-14 text-soft wrap-anywhere">{grades.email}</p>
        </div>
        <LinkButton href={base} look="quiet" size="small">
          {t('back')}
        </LinkButton>
      </div>
      <div className="mt-6 flex flex-col gap-10">
        <div>
          <GradeHead locale={locale} grades={grades} />
          <p className="mt-3">
            <LinkButton href={`${own}/${COURSE_ITEM}`} look="quiet" size="small">
              {t('change')}
            </LinkButton>
          </p>
        </div>
        <GradeLines
          locale={locale}
          timeZone={grades.timeZone}
          categories={grades.categories}
          hrefOf={({ item }) => `${own}/${item.id}`}
        />
      </div>
    </CourseFrame>
  )
}
