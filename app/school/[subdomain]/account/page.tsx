import { z } from 'zod'
import { changeEmail, removeAvatar, saveAvatar, saveProfile } from '#app/actions/account'
import { schoolRefusal } from '#app/refusals'
import { ProfileView } from '#components/account/profile-view'
import { doneField } from '#lib/account/contract'
import { profileOf } from '#lib/account/rules'
import { anyPerson } from '#lib/auth/access'
import { person } from '#lib/auth/actor'
import { page } from '#lib/auth/page'
import { variantUrl } from '#lib/files/rules'
import { translator } from '#lib/i18n/translate'
import { schoolPlace } from './place'

const profile = page({
  id: 'school.account',
  access: anyPerson('Everybody may see their own account.'),
  refused: schoolRefusal,
  params: z.strictObject({}),
  search: z.strictObject({ done: doneField }),
  load: async ({ actor, school }) => {
    const self = person(actor)
    const avatarUrl = variantUrl(school.id, self.avatar, 160)
    return { profile: profileOf(self, avatarUrl, new Date()), place: await schoolPlace(school, self) }
  },
  metadata: (_data, { school }) => ({
    title: `${translator(school.locale, 'account.profile')('title')} · ${school.name}`,
    robots: { index: false },
  }),
  render: ({ profile: shown, place }, { search }) => (
    <ProfileView
      place={place}
      profile={shown}
      actions={{ saveProfile, saveAvatar, removeAvatar, changeEmail }}
      done={search.done}
    />
  ),
})

export default profile.Page
export const generateMetadata = profile.generateMetadata
