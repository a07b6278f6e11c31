import type { Metadata } from 'next'
import { translator } from '#lib/i18n/translate'
import { requestFrame } from '#lib/tenancy/frame'
import { notFoundMetadata } from '#lib/tenancy/not-found-metadata'

/**
 * Nothing here, and no frame to say it in. Next puts this view into the payload of every page, so it is as small
 * as can be; schools and the root host have views of their own.
 */
export default async function RootNotFound() {
  const { locale, siteUrl } = await requestFrame()
  const t = translator(locale, 'errors')
  return (
    <main className="mx-auto max-w-column p-6">
      <h1 className="font-reading text-28">{t('missingTitle')}</h1>
      <p className="mt-4">
        <a href={siteUrl}>{t('toSite')}</a>
      </p>
    </main>
  )
}

/** Next takes the title of every page with this status from here, and not from the page. */
export async function generateMetadata(): Promise<Metadata> {
  return notFoundMetadata(await requestFrame())
}
