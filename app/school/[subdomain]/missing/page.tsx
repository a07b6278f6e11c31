import { NotFound } from '#components/errors/not-found'
import { publicAccess } from '#lib/auth/access'
import { statePage } from '#lib/auth/page'
import { brandOf } from '#lib/catalog/views'
import { translator } from '#lib/i18n/translate'
import { schoolOrNotFound } from '#lib/tenancy/frame'

/** Any other address of a school: a 404 that looks like the school. */
const missing = statePage({
  id: 'school.missing',
  path: '/missing',
  access: publicAccess('Says only that there is nothing.'),
  title: ({ locale }) => translator(locale, 'errors')('missingTitle'),
  render: async () => <NotFound brand={brandOf(await schoolOrNotFound())} />,
})

export default missing.Page
export const generateMetadata = missing.generateMetadata
