import { z } from 'zod'
import {
  announceToSchool,
  changeSchoolAnnouncement,
  keepSchoolAnnouncement,
} from '#app/actions/announcements'
import { schoolRefusal } from '#app/refusals'
import { AdminPage } from '#components/admin/admin-page'
import { Announce } from '#components/announcements/announce-page'
import { Notice } from '#components/ui/notice'
import { PageHeader } from '#components/ui/page-header'
import { announceSearch } from '#lib/announcements/contract'
import { can } from '#lib/auth/access'
import { person } from '#lib/auth/actor'
import { page } from '#lib/auth/page'
import { translator } from '#lib/i18n/translate'
import { loadSaid } from '../../announcements/said'

const announcements = page({
  id: 'admin.announcements',
  access: can('school:settings'),
  refused: schoolRefusal,
  params: z.strictObject({}),
  search: announceSearch,
  load: async ({ db, school, actor, search }) => ({
    said: await loadSaid(db, { courseId: null, search, actor, school }),
    requestKey: crypto.randomUUID(),
  }),
  metadata: (_data, { school }) => ({
    title: `${translator(school.locale, 'announcements')('title')} · ${school.name}`,
  }),
  render: ({ said, requestKey }, { school, actor, search }) => {
    const t = translator(school.locale, 'announcements')
    return (
      <AdminPage locale={school.locale} permissions={person(actor).permissions} current="announcements">
        {search.done === undefined ? null : (
          <div className="mb-8" role="status">
            <Notice tone="good" title={t(`done.${search.done}`)} />
          </div>
        )}
        <PageHeader title={t('title')} intro={t('schoolIntro')} />
        <Announce
          locale={school.locale}
          path="/admin/announcements"
          place={{}}
          said={said}
          requestKey={requestKey}
          removed={search.removed ?? null}
          actions={{ say: announceToSchool, change: changeSchoolAnnouncement, keep: keepSchoolAnnouncement }}
        />
      </AdminPage>
    )
  },
})

export default announcements.Page
export const generateMetadata = announcements.generateMetadata
