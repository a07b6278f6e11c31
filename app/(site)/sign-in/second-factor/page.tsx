import { z } from 'zod'
import { takeSecondFactor } from '#app/actions/auth'
import { siteFrame } from '#app/(site)/sign-in/site-frame'
import { siteRefusal } from '#app/refusals'
import { SecondStepView } from '#components/auth/second-step-view'
import { publicAccess } from '#lib/auth/access'
import { sitePage } from '#lib/auth/page'
import { GoTo, ownPath } from '#lib/auth/redirect'
import { readCookie } from '#lib/auth/session-cookie'
import { secondStepSearch } from '#lib/identity/contract'
import { homePath, platformDoor } from '#lib/identity/rules'
import { translator } from '#lib/i18n/translate'
import { requestFrame } from '#lib/tenancy/frame'

const step = sitePage({
  id: 'site.second-factor',
  access: publicAccess('Between the password and the code nobody is signed in yet.'),
  refused: siteRefusal,
  params: z.strictObject({}),
  search: secondStepSearch,
  load: async ({ actor, search }) => {
    const home = homePath(null)
    const next = ownPath(search.next, home)
    if (actor.kind === 'person') throw new GoTo(next)
    if ((await readCookie('step')) === null) throw new GoTo('/sign-in')
    return { frame: await requestFrame(), form: { next, home, recovery: search.with === 'recovery' } }
  },
  metadata: ({ frame }) => ({
    title: `${translator(frame.locale, 'auth.step')('title')} · SmartLMS`,
    robots: { index: false },
  }),
  render: ({ frame, form }) =>
    siteFrame(
      frame,
      <SecondStepView door={platformDoor(frame.locale)} action={takeSecondFactor} {...form} />,
    ),
})

export default step.Page
export const generateMetadata = step.generateMetadata
