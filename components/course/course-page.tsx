import { CourseCover } from '#components/catalog/course-cover'
import { Breadcrumbs } from '#components/ui/breadcrumbs'
import { Icon } from '#components/ui/icon'
import { LinkButton } from '#components/ui/link-button'
import type { CourseOutline, SchoolBrand } from '#lib/catalog/contract'
import { translator } from '#lib/i18n/translate'
import { Facts } from './facts'
import { LiveClass } from './live-class'
import { Outline } from './outline'

/** A paragraph per blank line: descriptions are plain text. */
function paragraphs(text: string): string[] {
  return text
    .split(/\n\s*\n/)
    .map((part) => part.trim())
    .filter((part) => part !== '')
}

/** A course as a visitor sees it: what it is, what it asks of them, and what it covers. */
export function CoursePage({ brand, course }: { brand: SchoolBrand; course: CourseOutline }) {
  const t = translator(brand.locale, 'course')
  const nav = translator(brand.locale, 'shell')
  const first = course.modules.flatMap((module) => module.lessons).find((lesson) => lesson.open)
  return (
    <article>
      <Breadcrumbs label={t('breadcrumb')} crumbs={[{ label: nav('courses'), href: '/courses' }]} />
      <div className="mt-4 grid grid-cols-1 gap-x-12 gap-y-12 lg:grid-cols-[minmax(0,1fr)_20rem] lg:grid-rows-[auto_1fr]">
        <header>
          <h1 className="font-reading text-36 font-medium tracking-[-0.01em] wrap-break-word">
            {course.title}
          </h1>
          {course.description === null ? null : (
            <div className="mt-4 max-w-[68ch] font-reading text-18">
              {paragraphs(course.description).map((text, index) => (
                <p key={index} className="mt-3 wrap-break-word">
                  {text}
                </p>
              ))}
            </div>
          )}
          {first === undefined ? null : (
            <div className="mt-6" data-chrome>
              <LinkButton href={`/learn/${course.id}/${first.id}`}>
                {course.opened ? t('firstLesson') : t('previewFirst')}
                <Icon name="arrow" size={18} />
              </LinkButton>
            </div>
          )}
        </header>
        <aside
          aria-label={t('facts')}
          className="flex flex-col gap-6 lg:col-start-2 lg:row-span-2 lg:row-start-1"
        >
          <CourseCover courseId={course.id} coverUrl={course.coverUrl} eager />
          <Facts brand={brand} course={course} />
          {course.nextLiveClass === null ? null : <LiveClass brand={brand} live={course.nextLiveClass} />}
        </aside>
        <Outline locale={brand.locale} courseId={course.id} modules={course.modules} />
      </div>
    </article>
  )
}
