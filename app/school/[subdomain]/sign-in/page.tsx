import { z } from 'zod'
import { signIn } from '#app/actions/auth'
import { schoolRefusal } from '#app/refusals'
import { SignInView } from '#components/auth/sign-in-view'
import { publicAccess } from '#lib/auth/access'
import { providers } from '#lib/auth/next-auth'
import { page } from '#lib/auth/page'
import { GoTo, ownPath } from '#lib/auth/redirect'
import { signInSearch } from '#lib/identity/contract'
import { doorOf, homePath } from '#lib/identity/rules'
import { translator } from '#lib/i18n/translate'
import { demoPeople } from '#lib/tenancy/demo-schools'

const entrance = page({
  id: 'school.sign-in',
  access: publicAccess('The door itself.'),
  refused: schoolRefusal,
  params: z.strictObject({}),
  search: signInSearch,
  load: ({ actor, school, search }) => {
    const home = homePath(school)
    const next = ownPath(search.next, home)
    if (actor.kind === 'person') throw new GoTo(next)
    return Promise.resolve({ next, home, providers: providers(), demo: demoPeople(school.subdomain) })
  },
  metadata: (_data, { school }) => ({
    title: `${translator(school.locale, 'auth.signIn')('title')} · ${school.name}`,
  }),
  render: (data, { school, search: { error, done } }) => (
    <SignInView
      door={doorOf(school)}
      action={signIn}
      open={school.signUp === 'OPEN'}
      error={error}
      done={done}
      {...data}
    />
  ),
})

export default entrance.Page
export const generateMetadata = entrance.generateMetadata
