import { z } from 'zod'
import { setNewPassword } from '#app/actions/auth'
import { siteFrame } from '#app/(site)/sign-in/site-frame'
import { siteRefusal } from '#app/refusals'
import { DeadLinkView } from '#components/auth/dead-link-view'
import { ResetPasswordView } from '#components/auth/reset-password-view'
import { publicAccess } from '#lib/auth/access'
import { sitePage } from '#lib/auth/page'
import { realmOfRequest } from '#lib/auth/session'
import { withRealm } from '#lib/db/tenant'
import { tokenSearch } from '#lib/identity/contract'
import { platformDoor } from '#lib/identity/rules'
import { peekLink } from '#lib/identity/use-link'
import { translator } from '#lib/i18n/translate'
import { requestFrame } from '#lib/tenancy/frame'

const reset = sitePage({
  id: 'site.reset-password',
  access: publicAccess('The link from a letter is the proof.'),
  refused: siteRefusal,
  params: z.strictObject({}),
  search: tokenSearch,
  load: async ({ search: { token = '' } }) => {
    const { tenantId } = await realmOfRequest()
    const link = await withRealm(tenantId, (db) => peekLink(db, { purpose: 'reset-password', token }))
    return { frame: await requestFrame(), link: link === null ? null : { token, email: link.userEmail } }
  },
  metadata: ({ frame }) => ({
    title: `${translator(frame.locale, 'auth.reset')('title')} · SmartLMS`,
    robots: { index: false },
  }),
  render: ({ frame, link }) => {
    const door = platformDoor(frame.locale)
    if (link === null) return siteFrame(frame, <DeadLinkView door={door} kind="reset" />)
    return siteFrame(frame, <ResetPasswordView door={door} action={setNewPassword} {...link} />)
  },
})

export default reset.Page
export const generateMetadata = reset.generateMetadata
