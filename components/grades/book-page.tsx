import { CourseFrame } from '../teach/course-frame'
import { buttonClass } from '#components/ui/button'
import { EmptyState } from '#components/ui/empty-state'
import type { FormAction } from '#components/ui/form-context'
import { LinkButton } from '#components/ui/link-button'
import { translator } from '#lib/i18n/translate'
import type { CourseHead } from '#lib/teach/contract'
import { Book } from './book'
import { bookWords } from './book-words'

type Person = Readonly<{ userId: string; name: string }>

/** Everybody's grades in a course. Without JavaScript: the way to each person's. */
export function BookPage({
  locale,
  course,
  people,
  imported,
  change,
}: Readonly<{
  locale: string
  course: CourseHead
  people: readonly Person[]
  /** How many grades a file has changed a moment ago; null: none was read. */
  imported: number | null
  change: FormAction
}>) {
  const t = translator(locale, 'grades.book')
  const base = `/teach/courses/${course.id}/grades`
  return (
    <CourseFrame
      locale={locale}
      course={course}
      current="grades"
      done={imported === null ? null : translator(locale, 'grades.import')('done', { count: imported })}
    >
      <div className="mb-6 flex flex-wrap items-start justify-between gap-4">
        <h2 className="font-reading text-22 font-medium">{translator(locale, 'grades')('title')}</h2>
        <div className="flex flex-wrap gap-3">
          <LinkButton href={`${base}/scheme`} look="quiet" size="small">
            {translator(locale, 'grades.scheme')('link')}
          </LinkButton>
          <LinkButton href={`${base}/import`} look="quiet" size="small">
            {translator(locale, 'grades.import')('link')}
          </LinkButton>
          <a href={`/api/grades/${course.id}/csv`} download className={buttonClass('quiet', 'small')}>
            {translator(locale, 'grades.import')('export')}
          </a>
        </div>
      </div>
      {people.length === 0 ? (
        <EmptyState seed={`${course.id}:grades`} title={t('emptyTitle')} body={t('emptyBody')} />
      ) : (
        <>
          <noscript>
            <p className="text-soft">{t('needsScript')}</p>
            <ul className="mt-4 divide-y divide-line border-y border-line">
              {people.map(({ userId, name }) => (
                <li key={userId}>
                  <a
                    href={`${base}/${userId}`}
                    className="flex min-h-11 items-center underline-offset-2 hover:underline"
                  >
                    {name}
                  </a>
                </li>
              ))}
            </ul>
          </noscript>
          <Book courseId={course.id} words={bookWords(locale)} change={change} />
        </>
      )}
    </CourseFrame>
  )
}
