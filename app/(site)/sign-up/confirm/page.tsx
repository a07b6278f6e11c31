import { z } from 'zod'
import { openSchool } from '#app/actions/school-sign-up'
import { siteRefusal } from '#app/refusals'
import { SiteFrame } from '#app/site-frame'
import { ConfirmView, OverView } from '#components/site-sign-up/confirm-view'
import { OpenedView } from '#components/site-sign-up/opened-view'
import { publicAccess } from '#lib/auth/access'
import { sitePage } from '#lib/auth/page'
import { translator } from '#lib/i18n/translate'
import { peekSchoolRequest } from '#lib/platform/open-school'
import { hostOf, schoolUrl } from '#lib/schools/rules'
import { requestFrame } from '#lib/tenancy/frame'

const confirm = sitePage({
  id: 'site.sign-up-confirm',
  access: publicAccess('The link of the letter is the key.'),
  refused: siteRefusal,
  params: z.strictObject({}),
  search: z.strictObject({ token: z.string().max(200).default('') }),
  load: async ({ search }) => ({
    frame: await requestFrame(),
    request: await peekSchoolRequest(search.token),
  }),
  metadata: ({ frame }) => ({
    title: `${translator(frame.locale, 'siteConfirm')('pageTitle')} · SmartLMS`,
    robots: { index: false },
  }),
  render: ({ frame: { locale, siteUrl }, request }, { search: { token } }) => {
    if (request === null)
      return (
        <SiteFrame>
          <OverView locale={locale} />
        </SiteFrame>
      )
    return (
      <SiteFrame>
        {request.opened ? (
          <OpenedView locale={locale} request={request} schoolUrl={schoolUrl(siteUrl, request.subdomain)} />
        ) : (
          <ConfirmView
            locale={locale}
            rootHost={hostOf(siteUrl)}
            token={token}
            request={request}
            action={openSchool}
          />
        )}
      </SiteFrame>
    )
  },
})

export default confirm.Page
export const generateMetadata = confirm.generateMetadata
