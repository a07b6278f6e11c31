import { EmptyState } from '#components/ui/empty-state'
import { PageHeader } from '#components/ui/page-header'
import { Pager } from '#components/ui/pager'
import type { AnnouncementView } from '#lib/announcements/contract'
import { translator } from '#lib/i18n/translate'
import { AnnouncementText } from './announcement-text'

/** All that was announced to a course, or to the school, newest first. */
export function ReadAnnouncements({
  locale,
  path,
  course,
  listed,
}: {
  locale: string
  /** The address of this page. */
  path: string
  /** Null: to the whole school. */
  course: Readonly<{ id: string; title: string }> | null
  listed: Readonly<{
    rows: readonly AnnouncementView[]
    nextCursor: string | null
    previousCursor: string | null
    timeZone: string
  }>
}) {
  const t = translator(locale, 'announcements')
  const { rows, nextCursor, previousCursor, timeZone } = listed
  const at = (cursor: string | null, label: string) =>
    cursor === null ? null : { href: `${path}?cursor=${cursor}`, label }
  const crumbs =
    course === null
      ? {}
      : { crumbs: { label: t('crumbs'), items: [{ label: course.title, href: `/courses/${course.id}` }] } }
  return (
    <>
      <PageHeader
        title={course === null ? t('title') : t('titleOf', { course: course.title })}
        intro={course === null ? t('intro') : t('introOf')}
        {...crumbs}
      />
      {rows.length === 0 ? (
        <EmptyState seed={`${path}:read`} title={t('emptyTitle')} body={t('emptyBody')} />
      ) : (
        <ul className="mb-8">
          {rows.map((announcement) => (
            <AnnouncementText key={announcement.id} {...{ locale, timeZone, announcement }} />
          ))}
        </ul>
      )}
      <Pager label={t('pages')} previous={at(previousCursor, t('newer'))} next={at(nextCursor, t('older'))} />
    </>
  )
}
