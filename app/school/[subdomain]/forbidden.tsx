import { ForbiddenView } from '#components/errors/forbidden-view'
import { brandOf } from '#lib/catalog/views'
import { schoolOrNotFound } from '#lib/tenancy/frame'

export default async function SchoolForbidden() {
  return <ForbiddenView brand={brandOf(await schoolOrNotFound())} />
}
