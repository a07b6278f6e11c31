import { z } from 'zod'
import { requestSchool } from '#app/actions/school-sign-up'
import { siteRefusal } from '#app/refusals'
import { SiteFrame } from '#app/site-frame'
import { AskedView } from '#components/site-sign-up/asked-view'
import { SignUpView } from '#components/site-sign-up/sign-up-view'
import { publicAccess } from '#lib/auth/access'
import { sitePage } from '#lib/auth/page'
import { translator } from '#lib/i18n/translate'
import { hostOf } from '#lib/schools/rules'
import { requestFrame } from '#lib/tenancy/frame'

const signUp = sitePage({
  id: 'site.sign-up',
  access: publicAccess('Anybody may ask for a school.'),
  refused: siteRefusal,
  params: z.strictObject({}),
  search: z.strictObject({ sent: z.literal('1').optional() }),
  load: async () => ({ frame: await requestFrame(), requestKey: crypto.randomUUID() }),
  metadata: ({ frame }) => ({ title: `${translator(frame.locale, 'siteSignUp')('title')} · SmartLMS` }),
  render: ({ frame: { locale, siteUrl, demo }, requestKey }, { search }) => (
    <SiteFrame>
      {search.sent === undefined ? (
        <SignUpView
          locale={locale}
          rootHost={hostOf(siteUrl)}
          requestKey={requestKey}
          action={requestSchool}
        />
      ) : (
        <AskedView locale={locale} demo={demo} />
      )}
    </SiteFrame>
  ),
})

export default signUp.Page
export const generateMetadata = signUp.generateMetadata
