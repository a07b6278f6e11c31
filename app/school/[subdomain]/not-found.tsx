import type { Metadata } from 'next'
import { NotFound } from '#components/errors/not-found'
import { brandOf } from '#lib/catalog/views'
import { requestFrame, schoolOrNotFound } from '#lib/tenancy/frame'
import { notFoundMetadata } from '#lib/tenancy/not-found-metadata'

export default async function SchoolNotFound() {
  return <NotFound brand={brandOf(await schoolOrNotFound())} />
}

/** Next takes the title of every page with this status from here, and not from the page. */
export async function generateMetadata(): Promise<Metadata> {
  return notFoundMetadata(await requestFrame())
}
