import { SiteMessage } from '#components/errors/site-message'
import { publicAccess } from '#lib/auth/access'
import { statePage } from '#lib/auth/page'
import { translator } from '#lib/i18n/translate'
import { requestFrame } from '#lib/tenancy/frame'

const missing = statePage({
  id: 'state.missing',
  path: '/state/missing',
  access: publicAccess('Says that the root host has nothing at this address.'),
  title: ({ locale }) => translator(locale, 'errors')('missingTitle'),
  render: async () => {
    const { locale, siteUrl } = await requestFrame()
    return <SiteMessage locale={locale} siteUrl={siteUrl} kind="missing" />
  },
})

export default missing.Page
export const generateMetadata = missing.generateMetadata
