import { z } from 'zod'
import { publicAccess } from '#lib/auth/access'
import { sitePage } from '#lib/auth/page'
import { AppError } from '#lib/errors'

/** Any other address of the root host. */
const missing = sitePage({
  id: 'site.missing',
  access: publicAccess('Says only that there is nothing.'),
  params: z.strictObject({ rest: z.array(z.string()) }),
  search: z.strictObject({}),
  load: () => Promise.reject(new AppError('not_found', 'No page has this address.')),
  metadata: () => ({}),
  render: () => null,
})

export default missing.Page
export const generateMetadata = missing.generateMetadata
