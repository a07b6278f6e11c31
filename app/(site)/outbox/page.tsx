import { z } from 'zod'
import { setTheme } from '#app/actions/preferences'
import { siteRefusal } from '#app/refusals'
import { SiteFrame } from '#components/account/site-frame'
import { Outbox } from '#components/outbox/outbox'
import { listLetters } from '#lib/account/list-letters'
import { publicAccess } from '#lib/auth/access'
import { sitePage } from '#lib/auth/page'
import { currentViewer } from '#lib/auth/viewer'
import { AppError } from '#lib/errors'
import { translator } from '#lib/i18n/translate'
import { requestFrame } from '#lib/tenancy/frame'

/** The platform's own tenant, whose letters these are. */
const PLATFORM = 'platform'

const outbox = sitePage({
  id: 'site.outbox',
  access: publicAccess(
    'Letters of the demo’s made-up people, in demo mode only: nobody could sign up without.',
  ),
  refused: siteRefusal,
  params: z.strictObject({}),
  search: z.strictObject({}),
  load: async () => {
    const frame = await requestFrame()
    if (!frame.demo) throw new AppError('not_found', 'Letters are shown in demo mode only.')
    const letters = await listLetters(PLATFORM, frame.siteUrl)
    return { letters, now: new Date(), frame, viewer: await currentViewer() }
  },
  metadata: ({ frame }) => ({
    title: `${translator(frame.locale, 'outbox')('title')} · SmartLMS`,
    robots: { index: false },
  }),
  render: ({ letters, now, frame, viewer }) => (
    <SiteFrame frame={frame} themeAction={setTheme} viewer={viewer}>
      <Outbox locale={frame.locale} timeZone="UTC" letters={letters} now={now} />
    </SiteFrame>
  ),
})

export default outbox.Page
export const generateMetadata = outbox.generateMetadata
