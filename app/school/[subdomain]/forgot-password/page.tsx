import { z } from 'zod'
import { requestPasswordReset } from '#app/actions/auth'
import { schoolRefusal } from '#app/refusals'
import { AskLetterView } from '#components/auth/ask-letter-view'
import { publicAccess } from '#lib/auth/access'
import { page } from '#lib/auth/page'
import { letterSearch } from '#lib/identity/contract'
import { doorOf } from '#lib/identity/rules'
import { translator } from '#lib/i18n/translate'
import { requestFrame } from '#lib/tenancy/frame'

const forgot = page({
  id: 'school.forgot-password',
  access: publicAccess('Who forgot their password can’t sign in.'),
  refused: schoolRefusal,
  params: z.strictObject({}),
  search: letterSearch,
  load: async () => ({ demo: (await requestFrame()).demo }),
  metadata: (_data, { school }) => ({
    title: `${translator(school.locale, 'auth.forgot')('title')} · ${school.name}`,
    robots: { index: false },
  }),
  render: ({ demo }, { school, search }) => (
    <AskLetterView
      door={doorOf(school)}
      kind="forgot"
      action={requestPasswordReset}
      sent={search.done === 'sent'}
      demo={demo}
    />
  ),
})

export default forgot.Page
export const generateMetadata = forgot.generateMetadata
