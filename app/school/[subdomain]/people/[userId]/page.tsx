import { z } from 'zod'
import { schoolRefusal } from '#app/refusals'
import { OpenProfilePage } from '#components/awards/open-profile-page'
import { anyPerson } from '#lib/auth/access'
import { page } from '#lib/auth/page'
import { personPath } from '#lib/awards/contract'
import { loadOpenProfile } from '#lib/awards/load-profile'
import { translator } from '#lib/i18n/translate'

const profile = page({
  id: 'school.person',
  access: anyPerson('The person decides: only what they chose to show is there.'),
  refused: schoolRefusal,
  params: personPath,
  search: z.strictObject({}),
  load: ({ db, params: { userId } }) => loadOpenProfile(db, { userId, now: new Date() }),
  metadata: ({ name }, { school }) => ({
    title: `${translator(school.locale, 'profile')('of', { name })} · ${school.name}`,
    robots: { index: false },
  }),
  render: (view, { school }) => <OpenProfilePage locale={school.locale} profile={view} />,
})

export default profile.Page
export const generateMetadata = profile.generateMetadata
