import { z } from 'zod'
import { saveSignIn } from '#app/actions/school'
import { schoolRefusal } from '#app/refusals'
import { SettingsPage } from '#components/admin/settings-page'
import { can } from '#lib/auth/access'
import { person } from '#lib/auth/actor'
import { page } from '#lib/auth/page'
import { getSchoolSettings } from '#lib/db/queries/school'
import { translator } from '#lib/i18n/translate'
import { settingsSearch } from '#lib/school/contract'

const settings = page({
  id: 'admin.settings',
  access: can('school:settings'),
  refused: schoolRefusal,
  params: z.strictObject({}),
  search: settingsSearch,
  load: async ({ db, actor }) => {
    const { signUp, mailDomains, staffSecondFactor, tutor, staffWithout, updatedAt } =
      await getSchoolSettings(db)
    const ownSecondFactor = person(actor).secondFactor
    return {
      ...{ signUp, mailDomains, staffSecondFactor, tutor, staffWithout, ownSecondFactor },
      seen: updatedAt.toISOString(),
    }
  },
  metadata: (_settings, { school }) => ({
    title: `${translator(school.locale, 'settings')('title')} · ${school.name}`,
  }),
  render: (stored, { school, actor, search }) => (
    <SettingsPage
      locale={school.locale}
      permissions={person(actor).permissions}
      schoolName={school.name}
      settings={stored}
      saved={search.done === 'saved'}
      action={saveSignIn}
    />
  ),
})

export default settings.Page
export const generateMetadata = settings.generateMetadata
