import type { ReactNode } from 'react'
import { Notice } from '#components/ui/notice'
import { PageHeader } from '#components/ui/page-header'
import { TabsNav } from '#components/ui/tabs-nav'
import type { CourseHead } from '#lib/teach/contract'
import { translator } from '#lib/i18n/translate'

const PATHS = { edit: '', extensions: '/extensions', submissions: '/submissions' } as const

export type AssignmentMay = Readonly<{ edit: boolean; grade: boolean }>

/** What stands above each part of one assignment: the way up, its name, and its parts. */
export function AssignmentFrame({
  locale,
  course,
  id,
  title,
  intro,
  badge,
  may,
  current,
  done,
  children,
}: {
  locale: string
  course: CourseHead
  id: string
  title: string
  intro?: ReactNode
  badge?: ReactNode
  /** Which of its pages the reader may open. */
  may: AssignmentMay
  current: keyof typeof PATHS
  /** What was done just before, in words. */
  done: string | null
  children: ReactNode
}) {
  const t = translator(locale, 'assignmentAuthor.places')
  const teach = translator(locale, 'teach')
  const base = `/teach/courses/${course.id}`
  const places = [
    ...(may.edit ? (['edit', 'extensions'] as const) : []),
    ...(may.grade ? (['submissions'] as const) : []),
  ]
  return (
    <>
      {done === null ? null : (
        <div className="mb-8" role="status">
          <Notice tone="good" title={done} />
        </div>
      )}
      <PageHeader
        title={title}
        intro={intro}
        badge={badge}
        crumbs={{
          label: teach('crumbs'),
          items: [
            { label: teach('list.title'), href: '/teach' },
            { label: course.title, href: base },
            { label: teach('places.assignments'), href: `${base}/assignments` },
          ],
        }}
      />
      <TabsNav
        label={t('label')}
        tabs={places.map((place) => ({
          href: `${base}/assignments/${id}${PATHS[place]}`,
          label: t(place),
          current: place === current,
        }))}
      />
      <div className="mt-8">{children}</div>
    </>
  )
}
