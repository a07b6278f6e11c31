import { z } from 'zod'
import { publicAccess } from '#lib/auth/access'
import { sitePage } from '#lib/auth/page'

const landing = sitePage({
  id: 'site.landing',
  access: publicAccess('The platform’s front door.'),
  params: z.strictObject({}),
  search: z.strictObject({}),
  load: () => Promise.resolve({}),
  metadata: () => ({ title: 'SmartLMS' }),
  render: () => <main><h1>SmartLMS</h1></main>,
})

export default landing.Page
export const generateMetadata = landing.generateMetadata
