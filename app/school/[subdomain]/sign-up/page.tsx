import { z } from 'zod'
import { signUp } from '#app/actions/auth'
import { schoolRefusal } from '#app/refusals'
import { SignUpView } from '#components/auth/sign-up-view'
import { publicAccess } from '#lib/auth/access'
import { page } from '#lib/auth/page'
import { GoTo } from '#lib/auth/redirect'
import { letterSearch } from '#lib/identity/contract'
import { doorOf, homePath } from '#lib/identity/rules'
import { translator } from '#lib/i18n/translate'
import { requestFrame } from '#lib/tenancy/frame'

const join = page({
  id: 'school.sign-up',
  access: publicAccess('Strangers ask to join here, or read how they can.'),
  refused: schoolRefusal,
  params: z.strictObject({}),
  search: letterSearch,
  load: async ({ actor, school }) => {
    if (actor.kind === 'person') throw new GoTo(homePath(school))
    return { demo: (await requestFrame()).demo }
  },
  metadata: (_data, { school }) => ({
    title: translator(school.locale, 'auth.signUp')('title', { school: school.name }),
  }),
  render: ({ demo }, { school, search }) => (
    <SignUpView
      door={doorOf(school)}
      action={signUp}
      open={school.signUp === 'OPEN'}
      domains={school.mailDomains}
      sent={search.done === 'sent'}
      demo={demo}
    />
  ),
})

export default join.Page
export const generateMetadata = join.generateMetadata
