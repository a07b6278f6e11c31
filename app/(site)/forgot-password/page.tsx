import { z } from 'zod'
import { requestPasswordReset } from '#app/actions/auth'
import { siteFrame } from '#app/(site)/sign-in/site-frame'
import { siteRefusal } from '#app/refusals'
import { AskLetterView } from '#components/auth/ask-letter-view'
import { publicAccess } from '#lib/auth/access'
import { sitePage } from '#lib/auth/page'
import { letterSearch } from '#lib/identity/contract'
import { platformDoor } from '#lib/identity/rules'
import { translator } from '#lib/i18n/translate'
import { requestFrame } from '#lib/tenancy/frame'

const forgot = sitePage({
  id: 'site.forgot-password',
  access: publicAccess('Who forgot their password can’t sign in.'),
  refused: siteRefusal,
  params: z.strictObject({}),
  search: letterSearch,
  load: () => requestFrame(),
  metadata: ({ locale }) => ({
    title: `${translator(locale, 'auth.forgot')('title')} · SmartLMS`,
    robots: { index: false },
  }),
  render: (frame, { search }) =>
    siteFrame(
      frame,
      <AskLetterView
        door={platformDoor(frame.locale)}
        kind="forgot"
        action={requestPasswordReset}
        sent={search.done === 'sent'}
        demo={frame.demo}
      />,
    ),
})

export default forgot.Page
export const generateMetadata = forgot.generateMetadata
