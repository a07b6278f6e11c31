import { z } from 'zod'
import { changeEmail, removeAvatar, saveAvatar, saveProfile } from '#app/actions/account'
import { setTheme } from '#app/actions/preferences'
import { siteRefusal } from '#app/refusals'
import { ProfileView } from '#components/account/profile-view'
import { SiteFrame } from '#components/account/site-frame'
import { doneField } from '#lib/account/contract'
import { profileOf } from '#lib/account/rules'
import { anyPerson } from '#lib/auth/access'
import { person } from '#lib/auth/actor'
import { sitePage } from '#lib/auth/page'
import { translator } from '#lib/i18n/translate'
import { platformPlace } from './place'

const profile = sitePage({
  id: 'site.account',
  access: anyPerson('Everybody may see their own account.'),
  refused: siteRefusal,
  params: z.strictObject({}),
  search: z.strictObject({ done: doneField }),
  load: async ({ actor }) => {
    const self = person(actor)
    return { profile: profileOf(self, null, new Date()), ...(await platformPlace(self)) }
  },
  metadata: ({ place }) => ({
    title: `${translator(place.locale, 'account.profile')('title')} · ${place.name}`,
    robots: { index: false },
  }),
  render: ({ profile: shown, place, frame, viewer }, { search }) => (
    <SiteFrame frame={frame} themeAction={setTheme} viewer={viewer}>
      <ProfileView
        place={place}
        profile={shown}
        actions={{ saveProfile, saveAvatar, removeAvatar, changeEmail }}
        done={search.done}
      />
    </SiteFrame>
  ),
})

export default profile.Page
export const generateMetadata = profile.generateMetadata
