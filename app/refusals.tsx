import type { Metadata } from 'next'
import { ForbiddenView } from '#components/errors/forbidden-view'
import { NotFound } from '#components/errors/not-found'
import { ServerError } from '#components/errors/server-error'
import { SiteMessage } from '#components/errors/site-message'
import { Unavailable } from '#components/errors/unavailable'
import type { Refused } from '#lib/auth/page'
import { brandOf } from '#lib/catalog/views'
import type { ErrorCode } from '#lib/errors'
import { translator } from '#lib/i18n/translate'
import { requestFrame, schoolOrNotFound } from '#lib/tenancy/frame'

async function title(code: ErrorCode): Promise<Metadata> {
  const { locale, schoolName } = await requestFrame()
  const t = translator(locale, 'errors')
  const text = code === 'unavailable' ? t('unavailableTitle') : t('notFoundTitle')
  return { title: `${text} · ${schoolName ?? 'SmartLMS'}`, robots: { index: false } }
}

/** What a page of a school shows when it is refused. The school’s frame stands around it. */
export const schoolRefusal: Refused = {
  metadata: ({ refused }) => title(refused),
  render: async ({ refused, errorId }) => {
    const school = await schoolOrNotFound()
    if (refused === 'not_found') return <NotFound brand={brandOf(school)} />
    if (refused === 'unavailable') return <Unavailable locale={school.locale} />
    if (refused === 'forbidden' || refused === 'unauthenticated')
      return <ForbiddenView brand={brandOf(school)} />
    return <ServerError errorId={errorId} />
  },
}

/** The same on the root host, whole frame included. */
export const siteRefusal: Refused = {
  metadata: ({ refused }) => title(refused),
  render: async ({ refused, errorId }) => {
    const { locale, siteUrl } = await requestFrame()
    if (refused === 'unavailable') return <SiteMessage locale={locale} siteUrl={siteUrl} kind="unavailable" />
    if (refused === 'unexpected') return <ServerError errorId={errorId} />
    return <SiteMessage locale={locale} siteUrl={siteUrl} kind="missing" />
  },
}
