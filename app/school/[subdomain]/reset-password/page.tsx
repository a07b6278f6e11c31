import { z } from 'zod'
import { setNewPassword } from '#app/actions/auth'
import { schoolRefusal } from '#app/refusals'
import { DeadLinkView } from '#components/auth/dead-link-view'
import { ResetPasswordView } from '#components/auth/reset-password-view'
import { publicAccess } from '#lib/auth/access'
import { page } from '#lib/auth/page'
import { tokenSearch } from '#lib/identity/contract'
import { doorOf } from '#lib/identity/rules'
import { peekLink } from '#lib/identity/use-link'
import { translator } from '#lib/i18n/translate'

const reset = page({
  id: 'school.reset-password',
  access: publicAccess('The link from a letter is the proof.'),
  refused: schoolRefusal,
  params: z.strictObject({}),
  search: tokenSearch,
  load: async ({ db, search: { token = '' } }) => {
    const link = await peekLink(db, { purpose: 'reset-password', token })
    return { link: link === null ? null : { token, email: link.userEmail } }
  },
  metadata: (_data, { school }) => ({
    title: `${translator(school.locale, 'auth.reset')('title')} · ${school.name}`,
    robots: { index: false },
  }),
  render: ({ link }, { school }) => {
    const door = doorOf(school)
    if (link === null) return <DeadLinkView door={door} kind="reset" />
    return <ResetPasswordView door={door} action={setNewPassword} {...link} />
  },
})

export default reset.Page
export const generateMetadata = reset.generateMetadata
