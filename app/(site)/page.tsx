import { z } from 'zod'
import { SiteFrame } from '#app/site-frame'
import { Landing } from '#components/site/landing'
import { siteRefusal } from '#app/refusals'
import { publicAccess } from '#lib/auth/access'
import { sitePage } from '#lib/auth/page'
import { translator } from '#lib/i18n/translate'
import { demoSchools } from '#lib/tenancy/demo-schools'
import { requestFrame } from '#lib/tenancy/frame'

const landing = sitePage({
  id: 'site.landing',
  access: publicAccess('The platform’s front door.'),
  refused: siteRefusal,
  params: z.strictObject({}),
  search: z.strictObject({}),
  load: async () => ({ frame: await requestFrame(), schools: await demoSchools() }),
  metadata: ({ frame }) => ({ title: 'SmartLMS', description: translator(frame.locale, 'landing')('intro') }),
  render: ({ frame: { locale }, schools }) => (
    <SiteFrame>
      <Landing locale={locale} demoSchools={schools} sourceUrl={null} />
    </SiteFrame>
  ),
})

export default landing.Page
export const generateMetadata = landing.generateMetadata
