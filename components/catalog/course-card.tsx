import { ProgressBar } from '#components/ui/progress-bar'
import { durationInWords } from '#lib/i18n/duration'
import { translator } from '#lib/i18n/translate'
import type { CourseCard as Course } from '#lib/catalog/contract'
import { CourseCover } from './course-cover'

/** Lessons and time in one line of words; a course without lessons says only that. */
function courseMeta(locale: string, course: Pick<Course, 'lessonCount' | 'durationSeconds'>): string {
  const lessons = translator(locale, 'counts')('lessons', { count: course.lessonCount })
  return course.durationSeconds > 0
    ? `${lessons} · ${durationInWords(locale, course.durationSeconds)}`
    : lessons
}

/**
 * A course in a list. The whole card is one link with the title as its name: the title's link is stretched over the
 * card, so a screen reader hears the title, not all of the card.
 */
export function CourseCard({
  locale,
  course,
  level,
  eager = false,
}: {
  locale: string
  course: Course
  /** The heading level that fits the page's outline. */
  level: 2 | 3
  eager?: boolean
}) {
  const t = translator(locale, 'catalogue')
  const Title = level === 2 ? 'h2' : 'h3'
  return (
    <article className="course-card relative flex h-full flex-col">
      <div className="lift">
        <CourseCover courseId={course.id} coverUrl={course.coverUrl} eager={eager} />
      </div>
      <Title className="mt-3 font-reading text-18 leading-[1.3] font-semibold">
        <a href={`/courses/${course.id}`} className="line-clamp-3">
          {course.title}
        </a>
      </Title>
      <p className="mt-1 truncate text-14 text-soft">{t('by', { name: course.instructorName })}</p>
      {course.description === null ? null : <p className="mt-2 line-clamp-2 text-14">{course.description}</p>}
      <p className="mt-2 text-14 text-soft">{courseMeta(locale, course)}</p>
      {course.progress === null ? null : (
        <p className="mt-2 flex items-center gap-2 text-14 text-soft">
          <ProgressBar value={course.progress} max={100} />
          <span className="tabular-nums">
            {translator(locale, 'learn.enroll')('percent', { percent: Math.floor(course.progress) / 100 })}
          </span>
        </p>
      )}
    </article>
  )
}
