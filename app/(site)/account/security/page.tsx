import { z } from 'zod'
import * as actions from '#app/actions/account'
import { setTheme } from '#app/actions/preferences'
import { siteRefusal } from '#app/refusals'
import { SecurityView } from '#components/account/security-view'
import { SiteFrame } from '#components/account/site-frame'
import { doneField, problemField, providerField } from '#lib/account/contract'
import { loadSecurity } from '#lib/account/load-security'
import { anyPerson } from '#lib/auth/access'
import { person } from '#lib/auth/actor'
import { providers } from '#lib/auth/next-auth'
import { sitePage } from '#lib/auth/page'
import { withRealm } from '#lib/db/tenant'
import { translator } from '#lib/i18n/translate'
import { platformPlace } from '../place'

const security = sitePage({
  id: 'site.account-security',
  access: anyPerson('Everybody may look after their own sign-in.', { duringSetUp: true }),
  refused: siteRefusal,
  params: z.strictObject({}),
  search: z.strictObject({ done: doneField, error: problemField, link: providerField }),
  load: async ({ actor }) => {
    const self = person(actor)
    const { place, frame, viewer } = await platformPlace(self)
    const shown = { ...self, issuer: place.name, providers: providers() }
    const loaded = await withRealm(self.tenantId, (db) => loadSecurity(db, shown))
    return { security: loaded, place, frame, viewer }
  },
  metadata: ({ place }) => ({
    title: `${translator(place.locale, 'account.security')('title')} · ${place.name}`,
    robots: { index: false },
  }),
  render: ({ security: shown, place, frame, viewer }, { search }) => (
    <SiteFrame frame={frame} themeAction={setTheme} viewer={viewer}>
      <SecurityView
        place={place}
        security={shown}
        actions={actions}
        done={search.done}
        problem={search.error}
        linking={search.link}
      />
    </SiteFrame>
  ),
})

export default security.Page
export const generateMetadata = security.generateMetadata
