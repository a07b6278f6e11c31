import type { Metadata } from 'next'
import { SiteMessage } from '#components/errors/site-message'
import { requestFrame } from '#lib/tenancy/frame'
import { notFoundMetadata } from '#lib/tenancy/not-found-metadata'

/** Nothing here, outside of a school's frame. */
export default async function SiteNotFound() {
  const { locale, siteUrl } = await requestFrame()
  return <SiteMessage locale={locale} siteUrl={siteUrl} kind="missing" />
}

/** Next takes the title of every page with this status from here, and not from the page. */
export async function generateMetadata(): Promise<Metadata> {
  return notFoundMetadata(await requestFrame())
}
