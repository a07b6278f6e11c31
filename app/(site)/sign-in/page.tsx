import { z } from 'zod'
import { signIn } from '#app/actions/auth'
import { siteFrame } from '#app/(site)/sign-in/site-frame'
import { siteRefusal } from '#app/refusals'
import { SignInView } from '#components/auth/sign-in-view'
import { publicAccess } from '#lib/auth/access'
import { providers } from '#lib/auth/next-auth'
import { sitePage } from '#lib/auth/page'
import { GoTo, ownPath } from '#lib/auth/redirect'
import { signInSearch } from '#lib/identity/contract'
import { homePath, platformDoor } from '#lib/identity/rules'
import { translator } from '#lib/i18n/translate'
import { demoPeople } from '#lib/tenancy/demo-schools'
import { requestFrame } from '#lib/tenancy/frame'

const entrance = sitePage({
  id: 'site.sign-in',
  access: publicAccess('The door itself.'),
  refused: siteRefusal,
  params: z.strictObject({}),
  search: signInSearch,
  load: async ({ actor, search }) => {
    const home = homePath(null)
    const next = ownPath(search.next, home)
    if (actor.kind === 'person') throw new GoTo(next)
    return {
      frame: await requestFrame(),
      form: { next, home, providers: providers(), demo: demoPeople(null) },
    }
  },
  metadata: ({ frame }) => ({
    title: `${translator(frame.locale, 'auth.signIn')('title')} · SmartLMS`,
    robots: { index: false },
  }),
  render: ({ frame, form }, { search: { error, done } }) =>
    siteFrame(
      frame,
      <SignInView
        door={platformDoor(frame.locale)}
        action={signIn}
        open={false}
        error={error}
        done={done}
        {...form}
      />,
    ),
})

export default entrance.Page
export const generateMetadata = entrance.generateMetadata
