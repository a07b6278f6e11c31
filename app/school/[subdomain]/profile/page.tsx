import { z } from 'zod'
import { hideEarned, shareProfile } from '#app/actions/motivation'
import { schoolRefusal } from '#app/refusals'
import { OwnProfilePage } from '#components/awards/own-profile-page'
import { anyPerson } from '#lib/auth/access'
import { person } from '#lib/auth/actor'
import { page } from '#lib/auth/page'
import { profileSearch } from '#lib/awards/contract'
import { loadOwnProfile } from '#lib/awards/load-profile'
import { translator } from '#lib/i18n/translate'

const profile = page({
  id: 'school.profile',
  access: anyPerson('What somebody earned is their own.'),
  refused: schoolRefusal,
  params: z.strictObject({}),
  search: profileSearch,
  load: async ({ db, actor, school }) => {
    const { userId, name, avatar, timeZone } = person(actor)
    const now = new Date()
    const zone = timeZone ?? school.timeZone
    return { now, own: await loadOwnProfile(db, { userId, name, avatar, timeZone: zone, now }) }
  },
  metadata: (_data, { school }) => ({
    title: `${translator(school.locale, 'profile')('own')} · ${school.name}`,
    robots: { index: false },
  }),
  render: ({ own, now }, { school, search }) => (
    <OwnProfilePage
      locale={school.locale}
      own={own}
      now={now}
      done={search.done}
      actions={{ share: shareProfile, hide: hideEarned }}
    />
  ),
})

export default profile.Page
export const generateMetadata = profile.generateMetadata
