import { z } from 'zod'
import * as actions from '#app/actions/account'
import { schoolRefusal } from '#app/refusals'
import { SecurityView } from '#components/account/security-view'
import { doneField, problemField, providerField } from '#lib/account/contract'
import { loadSecurity } from '#lib/account/load-security'
import { anyPerson } from '#lib/auth/access'
import { person } from '#lib/auth/actor'
import { providers } from '#lib/auth/next-auth'
import { page } from '#lib/auth/page'
import { translator } from '#lib/i18n/translate'
import { schoolPlace } from '../place'

const security = page({
  id: 'school.account-security',
  access: anyPerson('Everybody may look after their own sign-in.', { duringSetUp: true }),
  refused: schoolRefusal,
  params: z.strictObject({}),
  search: z.strictObject({ done: doneField, error: problemField, link: providerField }),
  load: async ({ db, actor, school }) => {
    const self = person(actor)
    const shown = { ...self, issuer: school.name, providers: providers() }
    return { security: await loadSecurity(db, shown), place: await schoolPlace(school, self) }
  },
  metadata: (_data, { school }) => ({
    title: `${translator(school.locale, 'account.security')('title')} · ${school.name}`,
    robots: { index: false },
  }),
  render: ({ security: shown, place }, { search }) => (
    <SecurityView
      place={place}
      security={shown}
      actions={actions}
      done={search.done}
      problem={search.error}
      linking={search.link}
    />
  ),
})

export default security.Page
export const generateMetadata = security.generateMetadata
