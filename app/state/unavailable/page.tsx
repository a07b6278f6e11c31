import { SiteMessage } from '#components/errors/site-message'
import { publicAccess } from '#lib/auth/access'
import { statePage } from '#lib/auth/page'
import { translator } from '#lib/i18n/translate'
import { requestFrame } from '#lib/tenancy/frame'

const unavailable = statePage({
  id: 'state.unavailable',
  path: '/state/unavailable',
  access: publicAccess('Says that the database can’t be reached.'),
  title: ({ locale }) => translator(locale, 'errors')('unavailableTitle'),
  render: async () => {
    const { locale, siteUrl } = await requestFrame()
    return <SiteMessage locale={locale} siteUrl={siteUrl} kind="unavailable" />
  },
})

export default unavailable.Page
export const generateMetadata = unavailable.generateMetadata
