import { UnknownSchool } from '#components/errors/unknown-school'
import { publicAccess } from '#lib/auth/access'
import { statePage } from '#lib/auth/page'
import { translator } from '#lib/i18n/translate'
import { requestFrame } from '#lib/tenancy/frame'

const unknown = statePage({
  id: 'state.unknown',
  path: '/state/unknown',
  access: publicAccess('Says that no school has this address.'),
  title: ({ locale }) => translator(locale, 'errors')('unknownTitle'),
  render: async () => {
    const { locale, siteUrl } = await requestFrame()
    return <UnknownSchool locale={locale} siteUrl={siteUrl} />
  },
})

export default unknown.Page
export const generateMetadata = unknown.generateMetadata
