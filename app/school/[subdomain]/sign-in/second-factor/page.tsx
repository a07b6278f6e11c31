import { z } from 'zod'
import { takeSecondFactor } from '#app/actions/auth'
import { schoolRefusal } from '#app/refusals'
import { SecondStepView } from '#components/auth/second-step-view'
import { publicAccess } from '#lib/auth/access'
import { page } from '#lib/auth/page'
import { GoTo, ownPath } from '#lib/auth/redirect'
import { readCookie } from '#lib/auth/session-cookie'
import { secondStepSearch } from '#lib/identity/contract'
import { doorOf, homePath } from '#lib/identity/rules'
import { translator } from '#lib/i18n/translate'

const step = page({
  id: 'school.second-factor',
  access: publicAccess('Between the password and the code nobody is signed in yet.'),
  refused: schoolRefusal,
  params: z.strictObject({}),
  search: secondStepSearch,
  load: async ({ actor, school, search }) => {
    const home = homePath(school)
    const next = ownPath(search.next, home)
    if (actor.kind === 'person') throw new GoTo(next)
    if ((await readCookie('step')) === null) throw new GoTo('/sign-in')
    return { next, home, recovery: search.with === 'recovery' }
  },
  metadata: (_data, { school }) => ({
    title: `${translator(school.locale, 'auth.step')('title')} · ${school.name}`,
    robots: { index: false },
  }),
  render: (data, { school }) => <SecondStepView door={doorOf(school)} action={takeSecondFactor} {...data} />,
})

export default step.Page
export const generateMetadata = step.generateMetadata
