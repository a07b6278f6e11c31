import type { ReactNode } from 'react'
import { LinkButton } from '#components/ui/link-button'
import { Notice } from '#components/ui/notice'
import { PageHeader } from '#components/ui/page-header'
import { TabsNav } from '#components/ui/tabs-nav'
import { translator } from '#lib/i18n/translate'
import type { CourseHead } from '#lib/teach/contract'
import { CourseStatus } from './course-status'

export type CoursePlace =
  | 'outline'
  | 'exams'
  | 'assignments'
  | 'classes'
  | 'grades'
  | 'insight'
  | 'announcements'
  | 'tutor'
  | 'leaderboard'
  | 'people'
  | 'details'
  | 'publish'

const PATHS: Readonly<Record<CoursePlace, string>> = {
  outline: '',
  exams: '/exams',
  assignments: '/assignments',
  classes: '/classes',
  grades: '/grades',
  tutor: '/tutor',
  insight: '/insight',
  announcements: '/announcements',
  details: '/details',
  publish: '/publish',
  leaderboard: '/leaderboard',
  people: '/people',
}

/** What stands above each part of building one course: the way up, its name and state, and its parts. */
export function CourseFrame({
  locale,
  course,
  current,
  intro,
  done,
  children,
}: {
  locale: string
  course: CourseHead
  current: CoursePlace
  intro?: ReactNode
  /** What was done just before, in words. */
  done?: string | null
  children: ReactNode
}) {
  const t = translator(locale, 'teach')
  const places = (
    [
      'outline',
      'exams',
      'assignments',
      'classes',
      'grades',
      'insight',
      'announcements',
      'tutor',
      'leaderboard',
      'people',
      'details',
      'publish',
    ] as const
  ).filter((place) => place !== 'people' || course.people)
  return (
    <>
      {done == null ? null : (
        <div className="mb-8" role="status">
          <Notice tone="good" title={done} />
        </div>
      )}
      <PageHeader
        title={course.title}
        intro={intro}
        badge={<CourseStatus locale={locale} status={course.status} />}
        crumbs={{ label: t('crumbs'), items: [{ label: t('list.title'), href: '/teach' }] }}
        actions={
          course.previewHref === null ? undefined : (
            <LinkButton href={course.previewHref} look="quiet">
              {t('asStudent')}
            </LinkButton>
          )
        }
      />
      <TabsNav
        label={t('places.label')}
        tabs={places.map((place) => ({
          href: `/teach/courses/${course.id}${PATHS[place]}`,
          label: t(`places.${place}`),
          current: place === current,
        }))}
      />
      <div className="mt-8">{children}</div>
    </>
  )
}
