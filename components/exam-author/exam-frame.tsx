import type { ReactNode } from 'react'
import { Icon } from '#components/ui/icon'
import { Notice } from '#components/ui/notice'
import { PageHeader } from '#components/ui/page-header'
import { StatusBadge } from '#components/ui/status-badge'
import { TabsNav } from '#components/ui/tabs-nav'
import type { ExamHead } from '#lib/exams/contract/authoring'
import { translator } from '#lib/i18n/translate'
import { StateBadge } from './state-badge'

const PATHS = {
  questions: '',
  settings: '/settings',
  accommodations: '/accommodations',
  publish: '/publish',
  attempts: '/attempts',
  analysis: '/analysis',
} as const

export type ExamPlace = keyof typeof PATHS

const PLACES = {
  edit: ['questions', 'settings', 'accommodations', 'publish'],
  grade: ['attempts', 'analysis'],
} as const satisfies Record<keyof ExamHead['may'], readonly ExamPlace[]>

/** What stands above each part of one exam: the way up, its name and state, and its parts. */
export function ExamFrame({
  locale,
  exam,
  current,
  intro,
  done,
  children,
}: {
  locale: string
  exam: ExamHead
  current: ExamPlace
  intro?: ReactNode
  /** What was done just before, in words. */
  done?: string | null
  children: ReactNode
}) {
  const t = translator(locale, 'examAuthor')
  const { course, id, may } = exam
  const places = [...(may.edit ? PLACES.edit : []), ...(may.grade ? PLACES.grade : [])]
  const base = `/teach/courses/${course.id}/exams`
  return (
    <>
      {done == null ? null : (
        <div className="mb-8" role="status">
          <Notice tone="good" title={done} />
        </div>
      )}
      <PageHeader
        title={exam.title}
        intro={intro}
        badge={
          <span className="flex flex-wrap gap-2">
            <StateBadge locale={locale} state={exam.state} />
            {exam.changed ? <StatusBadge tone="warn">{t('unpublishedChanges')}</StatusBadge> : null}
          </span>
        }
        crumbs={{
          label: t('crumbs.label'),
          items: [
            { label: t('crumbs.teach'), href: '/teach' },
            { label: course.title, href: `/teach/courses/${course.id}` },
            ...(may.edit ? [{ label: t('crumbs.exams'), href: base }] : []),
          ],
        }}
        actions={
          may.edit ? (
            <a
              href={`${base}/${id}/preview`}
              className="inline-flex min-h-11 items-center gap-2 text-14 font-medium text-accent-11 underline underline-offset-2"
            >
              <Icon name="eye" size={16} />
              {t('preview')}
            </a>
          ) : null
        }
      />
      <TabsNav
        label={t('places.label')}
        tabs={places.map((place) => ({
          href: `${base}/${id}${PATHS[place]}`,
          label: t(`places.${place}`),
          current: place === current,
        }))}
      />
      <div className="mt-8">{children}</div>
    </>
  )
}
