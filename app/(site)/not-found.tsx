import { SiteMessage } from '#components/errors/site-message'
import { requestFrame } from '#lib/tenancy/frame'

/** Nothing here, outside of a school's frame. */
export default async function SiteNotFound() {
  const { locale, siteUrl } = await requestFrame()
  return <SiteMessage locale={locale} siteUrl={siteUrl} kind="missing" />
}
