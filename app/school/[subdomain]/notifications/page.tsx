import { z } from 'zod'
import { markAllNoticesRead, markNoticeRead, openNotice } from '#app/actions/notifications'
import { schoolRefusal } from '#app/refusals'
import { NoticesPage } from '#components/notices/notices-page'
import { anyPerson } from '#lib/auth/access'
import { person } from '#lib/auth/actor'
import { page } from '#lib/auth/page'
import { cursorFrom } from '#lib/db/queries/cursor'
import { listNotices } from '#lib/db/queries/notifications'
import { translator } from '#lib/i18n/translate'
import { noticesSearch } from '#lib/notifications/contract/forms'

const PAGE = 30

const notices = page({
  id: 'school.notifications',
  access: anyPerson('Everybody sees what they were told themselves.'),
  refused: schoolRefusal,
  params: z.strictObject({}),
  search: noticesSearch,
  load: async ({ db, school, actor, search }) => {
    const { userId, timeZone } = person(actor)
    const cursor = cursorFrom(search.cursor)
    const now = new Date()
    const listed = await listNotices(db, { userId, type: search.type ?? null, cursor, limit: PAGE })
    return { ...listed, now, timeZone: timeZone ?? school.timeZone }
  },
  metadata: (_data, { school }) => ({
    title: `${translator(school.locale, 'notices.page')('title')} · ${school.name}`,
    robots: { index: false },
  }),
  render: (listed, { school, search }) => (
    <NoticesPage
      locale={school.locale}
      type={search.type ?? null}
      cursor={search.cursor ?? null}
      listed={listed}
      actions={{ open: openNotice, read: markNoticeRead, readAll: markAllNoticesRead }}
    />
  ),
})

export default notices.Page
export const generateMetadata = notices.generateMetadata
