import { NotFound } from '#components/errors/not-found'
import { brandOf } from '#lib/catalog/views'
import { schoolOrNotFound } from '#lib/tenancy/frame'

export default async function SchoolNotFound() {
  return <NotFound brand={brandOf(await schoolOrNotFound())} />
}
