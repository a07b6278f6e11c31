import { z } from 'zod'
import { requestMagicLink, signInByMagicLink } from '#app/actions/auth'
import { schoolRefusal } from '#app/refusals'
import { AskLetterView } from '#components/auth/ask-letter-view'
import { DeadLinkView } from '#components/auth/dead-link-view'
import { UseLinkView } from '#components/auth/use-link-view'
import { publicAccess } from '#lib/auth/access'
import { page } from '#lib/auth/page'
import { GoTo, ownPath } from '#lib/auth/redirect'
import { magicLinkSearch } from '#lib/identity/contract'
import { doorOf, homePath } from '#lib/identity/rules'
import { peekLink } from '#lib/identity/use-link'
import { translator } from '#lib/i18n/translate'
import { requestFrame } from '#lib/tenancy/frame'

const magic = page({
  id: 'school.magic-link',
  access: publicAccess('Asks for a link that signs in, and is what the link leads to.'),
  refused: schoolRefusal,
  params: z.strictObject({}),
  search: magicLinkSearch,
  load: async ({ db, actor, school, search }) => {
    const { token } = search
    const { demo } = await requestFrame()
    const next = ownPath(search.next, homePath(school))
    if (token === undefined) return { demo, next, link: undefined }
    const link = await peekLink(db, { purpose: 'magic-link', token })
    // The one they came in by, seen again.
    if (link === null && actor.kind === 'person') throw new GoTo(next)
    return { demo, next, link: link === null ? null : { token, email: link.userEmail } }
  },
  metadata: (_data, { school }) => ({
    title: `${translator(school.locale, 'auth.magic')('title')} · ${school.name}`,
    robots: { index: false },
  }),
  render: ({ demo, next, link }, { school, search }) => {
    const door = doorOf(school)
    if (link === null) return <DeadLinkView door={door} kind="magic" />
    if (link === undefined) {
      const ask = { door, action: requestMagicLink, next, sent: search.done === 'sent', demo }
      return <AskLetterView kind="magic" {...ask} />
    }
    return (
      <UseLinkView
        door={door}
        action={signInByMagicLink}
        kind="magic"
        token={link.token}
        about={link.email}
      />
    )
  },
})

export default magic.Page
export const generateMetadata = magic.generateMetadata
