import type { CourseCard as Course } from '#lib/catalog/contract'
import { CourseCard } from './course-card'

/** Cards in one to four columns. `level` is the heading level of their titles. */
export function CourseGrid({
  locale,
  label,
  courses,
  level,
}: {
  locale: string
  label: string
  courses: readonly Course[]
  level: 2 | 3
}) {
  return (
    <ul aria-label={label} className="grid grid-cols-1 gap-x-6 gap-y-12 sm:grid-cols-2 lg:grid-cols-3">
      {courses.map((course, index) => (
        <li key={course.id}>
          <CourseCard locale={locale} course={course} level={level} eager={index < 3} />
        </li>
      ))}
    </ul>
  )
}
