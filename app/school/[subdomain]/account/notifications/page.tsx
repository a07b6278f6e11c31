import { z } from 'zod'
import { saveNoticeSettings } from '#app/actions/notifications'
import { schoolRefusal } from '#app/refusals'
import { NoticeSettingsPage } from '#components/notices/settings-page'
import { anyPerson } from '#lib/auth/access'
import { person } from '#lib/auth/actor'
import { page } from '#lib/auth/page'
import { translator } from '#lib/i18n/translate'
import { settingsSearch } from '#lib/notifications/contract/forms'
import { loadSettings } from '#lib/notifications/settings'

const settings = page({
  id: 'school.account-notifications',
  access: anyPerson('Everybody chooses what they hear of.'),
  refused: schoolRefusal,
  params: z.strictObject({}),
  search: settingsSearch,
  load: async ({ db, school, actor }) => {
    const { userId, timeZone } = person(actor)
    return { ...(await loadSettings(db, userId)), timeZone: timeZone ?? school.timeZone }
  },
  metadata: (_data, { school }) => ({
    title: `${translator(school.locale, 'notices.settings')('title')} · ${school.name}`,
    robots: { index: false },
  }),
  render: ({ timeZone, ...held }, { school, search }) => (
    <NoticeSettingsPage
      locale={school.locale}
      timeZone={timeZone}
      held={held}
      saved={search.done === 'saved'}
      save={saveNoticeSettings}
    />
  ),
})

export default settings.Page
export const generateMetadata = settings.generateMetadata
