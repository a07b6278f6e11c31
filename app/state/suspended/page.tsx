import { SuspendedSchool } from '#components/errors/suspended-school'
import { publicAccess } from '#lib/auth/access'
import { statePage } from '#lib/auth/page'
import { translator } from '#lib/i18n/translate'
import { requestFrame } from '#lib/tenancy/frame'

const suspended = statePage({
  id: 'state.suspended',
  path: '/state/suspended',
  access: publicAccess('Says that the school is closed for now.'),
  title: ({ locale, schoolName }) =>
    translator(locale, 'errors')('suspendedTitle', { school: schoolName ?? '' }),
  render: async () => {
    const { locale, siteUrl, schoolName } = await requestFrame()
    return <SuspendedSchool locale={locale} siteUrl={siteUrl} school={schoolName ?? ''} />
  },
})

export default suspended.Page
export const generateMetadata = suspended.generateMetadata
