import type { ReactNode } from 'react'
import { CourseCover } from '#components/catalog/course-cover'
import { EnrollPanel, type CourseReader } from '#components/learning/enroll-panel'
import { LeaveForm } from '#components/learning/leave-form'
import { Badge } from '#components/ui/badge'
import { Breadcrumbs } from '#components/ui/breadcrumbs'
import type { FormAction } from '#components/ui/form-context'
import { Icon } from '#components/ui/icon'
import { Notice } from '#components/ui/notice'
import type { CourseOutline, SchoolBrand } from '#lib/catalog/contract'
import { translator } from '#lib/i18n/translate'
import { Facts } from './facts'
import { LiveClass } from './live-class'
import { Outline } from './outline'

const SAID = { enrolled: 'done', left: 'left', completed: 'completed' } as const

/** Whether what an address says was done is so: anybody may follow or keep such an address. */
function isSo(done: keyof typeof SAID, { enrolled }: CourseOutline): boolean {
  if (done === 'completed') return enrolled !== null && enrolled.completedAt !== null
  return (enrolled !== null) === (done === 'enrolled')
}

/** A paragraph per blank line: descriptions are plain text. */
function paragraphs(text: string): string[] {
  return text
    .split(/\n\s*\n/)
    .map((part) => part.trim())
    .filter((part) => part !== '')
}

type Props = {
  brand: SchoolBrand
  course: CourseOutline
  /** Its exams and assignments, for those who are enrolled. */
  practice?: ReactNode
  reader: CourseReader
  /** What was just done, to be said above the rest. */
  done: keyof typeof SAID | null
  actions: Readonly<{ enroll: FormAction; leave: FormAction }>
}

/** What a learner can do afterwards, and on which shelves the course stands. */
function Promises({ locale, course }: { locale: string; course: CourseOutline }) {
  const t = translator(locale, 'learn.enroll')
  const { outcomes, categories } = course
  return (
    <>
      {categories.length === 0 ? null : (
        <p className="mt-4 flex flex-wrap gap-2">
          <span className="sr-only">{t('categories')}</span>
          {categories.map((name) => (
            <Badge key={name}>{name}</Badge>
          ))}
        </p>
      )}
      {outcomes.length === 0 ? null : (
        <section aria-labelledby="outcomes" className="mt-8 max-w-[68ch]">
          <h2 id="outcomes" className="font-reading text-18 font-semibold">
            {t('outcomes')}
          </h2>
          <ul className="mt-3 flex flex-col gap-2">
            {outcomes.map((text, index) => (
              <li key={index} className="flex gap-2 wrap-anywhere">
                <Icon name="check" size={18} className="mt-0.5 text-accent-11" />
                {text}
              </li>
            ))}
          </ul>
        </section>
      )}
    </>
  )
}

/** A course: what it is, what it asks, what it covers, and the way in or on. */
export function CoursePage({ brand, course, practice, reader, done, actions }: Props) {
  const t = translator(brand.locale, 'course')
  const nav = translator(brand.locale, 'shell')
  const said = done !== null && isSo(done, course) ? SAID[done] : null
  return (
    <article>
      <Breadcrumbs label={t('breadcrumb')} crumbs={[{ label: nav('courses'), href: '/courses' }]} />
      {said === null ? null : (
        <div className="mt-4">
          <Notice tone="good" title={translator(brand.locale, 'learn.enroll')(said)} />
        </div>
      )}
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
          <div className="mt-6" data-chrome>
            <EnrollPanel brand={brand} course={course} reader={reader} enroll={actions.enroll} />
          </div>
          <Promises locale={brand.locale} course={course} />
        </header>
        <aside
          aria-label={t('facts')}
          className="flex flex-col gap-6 lg:col-start-2 lg:row-span-2 lg:row-start-1"
        >
          <CourseCover courseId={course.id} coverUrl={course.coverUrl} eager />
          <Facts brand={brand} course={course} />
          {course.nextLiveClass === null ? null : <LiveClass brand={brand} live={course.nextLiveClass} />}
        </aside>
        <div>
          <Outline brand={brand} courseId={course.id} modules={course.modules} opened={course.opened} />
          {practice}
          {course.enrolled === null ? null : (
            <div className="mt-12" data-chrome>
              <LeaveForm locale={brand.locale} courseId={course.id} leave={actions.leave} />
            </div>
          )}
        </div>
      </div>
    </article>
  )
}
