import { z } from 'zod'
import { requestMagicLink, signInByMagicLink } from '#app/actions/auth'
import { siteFrame } from '#app/(site)/sign-in/site-frame'
import { siteRefusal } from '#app/refusals'
import { AskLetterView } from '#components/auth/ask-letter-view'
import { DeadLinkView } from '#components/auth/dead-link-view'
import { UseLinkView } from '#components/auth/use-link-view'
import { publicAccess } from '#lib/auth/access'
import { sitePage } from '#lib/auth/page'
import { GoTo, ownPath } from '#lib/auth/redirect'
import { realmOfRequest } from '#lib/auth/session'
import { withRealm } from '#lib/db/tenant'
import { magicLinkSearch } from '#lib/identity/contract'
import { homePath, platformDoor } from '#lib/identity/rules'
import { peekLink } from '#lib/identity/use-link'
import { translator } from '#lib/i18n/translate'
import { requestFrame } from '#lib/tenancy/frame'

const magic = sitePage({
  id: 'site.magic-link',
  access: publicAccess('Asks for a link that signs in, and is what the link leads to.'),
  refused: siteRefusal,
  params: z.strictObject({}),
  search: magicLinkSearch,
  load: async ({ actor, search }) => {
    const { token } = search
    const frame = await requestFrame()
    const next = ownPath(search.next, homePath(null))
    if (token === undefined) return { frame, next, link: undefined }
    const { tenantId } = await realmOfRequest()
    const link = await withRealm(tenantId, (db) => peekLink(db, { purpose: 'magic-link', token }))
    // The one they came in by, seen again.
    if (link === null && actor.kind === 'person') throw new GoTo(next)
    return { frame, next, link: link === null ? null : { token, email: link.userEmail } }
  },
  metadata: ({ frame }) => ({
    title: `${translator(frame.locale, 'auth.magic')('title')} · SmartLMS`,
    robots: { index: false },
  }),
  render: ({ frame, next, link }, { search }) => {
    const door = platformDoor(frame.locale)
    if (link === null) return siteFrame(frame, <DeadLinkView door={door} kind="magic" />)
    if (link === undefined) {
      const ask = { door, action: requestMagicLink, next, sent: search.done === 'sent', demo: frame.demo }
      return siteFrame(frame, <AskLetterView kind="magic" {...ask} />)
    }
    const use = {
      door,
      action: signInByMagicLink,
      kind: 'magic',
      token: link.token,
      about: link.email,
    } as const
    return siteFrame(frame, <UseLinkView {...use} />)
  },
})

export default magic.Page
export const generateMetadata = magic.generateMetadata
