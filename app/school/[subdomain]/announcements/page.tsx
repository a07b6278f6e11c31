import { z } from 'zod'
import { schoolRefusal } from '#app/refusals'
import { ReadAnnouncements } from '#components/announcements/read-page'
import { readSearch } from '#lib/announcements/contract'
import { anyPerson } from '#lib/auth/access'
import { person } from '#lib/auth/actor'
import { page } from '#lib/auth/page'
import { listAnnouncements } from '#lib/db/queries/announcements'
import { cursorFrom } from '#lib/db/queries/cursor'
import { translator } from '#lib/i18n/translate'

const PAGE = 20

const announcements = page({
  id: 'school.announcements',
  access: anyPerson('The school announces to all of its people.'),
  refused: schoolRefusal,
  params: z.strictObject({}),
  search: readSearch,
  load: async ({ db, school, actor, search }) => {
    const timeZone = person(actor).timeZone ?? school.timeZone
    const cursor = cursorFrom(search.cursor)
    return { ...(await listAnnouncements(db, { courseId: null, cursor, limit: PAGE })), timeZone }
  },
  metadata: (_data, { school }) => ({
    title: `${translator(school.locale, 'announcements')('title')} · ${school.name}`,
    robots: { index: false },
  }),
  render: (listed, { school }) => (
    <ReadAnnouncements locale={school.locale} path="/announcements" course={null} listed={listed} />
  ),
})

export default announcements.Page
export const generateMetadata = announcements.generateMetadata
