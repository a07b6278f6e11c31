import type { ReactNode } from 'react'
import { StatusBadge } from '#components/ui/status-badge'
import { translator } from '#lib/i18n/translate'
import type { CourseHit, ExamHit, LessonHit, Part } from '#lib/search/contract'

function Group({ id, title, children }: { id: string; title: string; children: ReactNode }) {
  return (
    <section aria-labelledby={id}>
      <h2 id={id} className="mb-2 text-18 font-semibold">
        {title}
      </h2>
      <ul className="divide-y divide-line border-y border-line">{children}</ul>
    </section>
  )
}

function Head({ locale, hit }: { locale: string; hit: CourseHit | ExamHit }) {
  return (
    <h3 className="flex flex-wrap items-center gap-x-3 gap-y-1 font-reading leading-[1.3] font-semibold wrap-break-word">
      <a
        href={hit.href}
        className="min-w-0 group-hover:text-accent-11 after:absolute after:inset-0 after:rounded-sm focus-visible:outline-none focus-visible:after:outline-2 focus-visible:after:outline-accent-8"
      >
        {hit.title}
      </a>
      {hit.unlisted ? (
        <StatusBadge tone="neutral">{translator(locale, 'search')('unlisted')}</StatusBadge>
      ) : null}
    </h3>
  )
}

const ITEM = 'group relative flex min-h-11 flex-col justify-center py-3'

function Snippet({ parts }: { parts: readonly Part[] }) {
  if (parts.length === 0) return null
  return (
    <p className="mt-1 text-14 text-soft wrap-break-word">
      {parts.map(({ text, marked }, n) =>
        marked ? (
          <mark key={n} className="rounded-[2px] bg-accent-4 text-accent-12">
            {text}
          </mark>
        ) : (
          text
        ),
      )}
    </p>
  )
}

/** Courses that a search found. */
export function CourseHits({ locale, courses }: { locale: string; courses: readonly CourseHit[] }) {
  return (
    <Group id="courses-found" title={translator(locale, 'search')('courses')}>
      {courses.map((course) => (
        <li key={course.id} className={ITEM}>
          <Head locale={locale} hit={course} />
        </li>
      ))}
    </Group>
  )
}

/** Exams that a search found, each with the course that it belongs to. */
export function ExamHits({ locale, exams }: { locale: string; exams: readonly ExamHit[] }) {
  const t = translator(locale, 'search')
  return (
    <Group id="exams-found" title={t('exams')}>
      {exams.map((exam) => (
        <li key={exam.id} className={ITEM}>
          <Head locale={locale} hit={exam} />
          <p className="text-14 text-soft">{t('in', { course: exam.courseTitle })}</p>
        </li>
      ))}
    </Group>
  )
}

/** Lessons that a search found, each with the passage that holds the words. */
export function LessonHits({ locale, lessons }: { locale: string; lessons: readonly LessonHit[] }) {
  const t = translator(locale, 'search')
  return (
    <Group id="lessons-found" title={t('lessons')}>
      {lessons.map((lesson) => (
        <li key={lesson.id} className={ITEM}>
          <Head locale={locale} hit={lesson} />
          <p className="text-14 text-soft">{t('in', { course: lesson.courseTitle })}</p>
          <Snippet parts={lesson.snippet} />
        </li>
      ))}
    </Group>
  )
}
