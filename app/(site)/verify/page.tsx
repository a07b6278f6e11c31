import { z } from 'zod'
import { confirmAddress } from '#app/actions/auth'
import { siteFrame } from '#app/(site)/sign-in/site-frame'
import { siteRefusal } from '#app/refusals'
import { DeadLinkView } from '#components/auth/dead-link-view'
import { UseLinkView } from '#components/auth/use-link-view'
import { publicAccess } from '#lib/auth/access'
import { sitePage } from '#lib/auth/page'
import { GoTo } from '#lib/auth/redirect'
import { realmOfRequest } from '#lib/auth/session'
import { withRealm } from '#lib/db/tenant'
import { tokenSearch } from '#lib/identity/contract'
import { homePath, platformDoor } from '#lib/identity/rules'
import { peekLink } from '#lib/identity/use-link'
import { translator } from '#lib/i18n/translate'
import { requestFrame } from '#lib/tenancy/frame'

const verify = sitePage({
  id: 'site.verify',
  access: publicAccess('The link from a letter is the proof.'),
  refused: siteRefusal,
  params: z.strictObject({}),
  search: tokenSearch,
  load: async ({ actor, search: { token = '' } }) => {
    const { tenantId } = await realmOfRequest()
    const link = await withRealm(tenantId, (db) => peekLink(db, { purpose: 'verify-email', token }))
    // The one they came in by, seen again.
    if (link === null && actor.kind === 'person') throw new GoTo(homePath(null))
    return { frame: await requestFrame(), link: link === null ? null : { token, email: link.userEmail } }
  },
  metadata: ({ frame }) => ({
    title: `${translator(frame.locale, 'auth.verify')('title')} · SmartLMS`,
    robots: { index: false },
  }),
  render: ({ frame, link }) => {
    const door = platformDoor(frame.locale)
    if (link === null) return siteFrame(frame, <DeadLinkView door={door} kind="verify" />)
    const use = {
      door,
      action: confirmAddress,
      kind: 'verify',
      token: link.token,
      about: link.email,
    } as const
    return siteFrame(frame, <UseLinkView {...use} />)
  },
})

export default verify.Page
export const generateMetadata = verify.generateMetadata
