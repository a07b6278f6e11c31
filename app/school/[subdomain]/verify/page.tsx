import { z } from 'zod'
import { confirmAddress } from '#app/actions/auth'
import { schoolRefusal } from '#app/refusals'
import { DeadLinkView } from '#components/auth/dead-link-view'
import { UseLinkView } from '#components/auth/use-link-view'
import { publicAccess } from '#lib/auth/access'
import { page } from '#lib/auth/page'
import { GoTo } from '#lib/auth/redirect'
import { tokenSearch } from '#lib/identity/contract'
import { doorOf, homePath } from '#lib/identity/rules'
import { peekLink } from '#lib/identity/use-link'
import { translator } from '#lib/i18n/translate'

const verify = page({
  id: 'school.verify',
  access: publicAccess('The link from a letter is the proof.'),
  refused: schoolRefusal,
  params: z.strictObject({}),
  search: tokenSearch,
  load: async ({ db, actor, school, search: { token = '' } }) => {
    const link = await peekLink(db, { purpose: 'verify-email', token })
    // The one they came in by, seen again.
    if (link === null && actor.kind === 'person') throw new GoTo(homePath(school))
    return { link: link === null ? null : { token, email: link.userEmail } }
  },
  metadata: (_data, { school }) => ({
    title: `${translator(school.locale, 'auth.verify')('title')} · ${school.name}`,
    robots: { index: false },
  }),
  render: ({ link }, { school }) => {
    const door = doorOf(school)
    if (link === null) return <DeadLinkView door={door} kind="verify" />
    return (
      <UseLinkView door={door} action={confirmAddress} kind="verify" token={link.token} about={link.email} />
    )
  },
})

export default verify.Page
export const generateMetadata = verify.generateMetadata
