import { z } from 'zod'
import { schoolRefusal } from '#app/refusals'
import { Outbox } from '#components/outbox/outbox'
import { listLetters } from '#lib/account/list-letters'
import { publicAccess } from '#lib/auth/access'
import { page } from '#lib/auth/page'
import { AppError } from '#lib/errors'
import { translator } from '#lib/i18n/translate'
import { requestFrame } from '#lib/tenancy/frame'

const outbox = page({
  id: 'school.outbox',
  access: publicAccess(
    'Letters of the demo’s made-up people, in demo mode only: nobody could sign up without.',
  ),
  refused: schoolRefusal,
  params: z.strictObject({}),
  search: z.strictObject({}),
  load: async ({ school }) => {
    const { demo, siteUrl } = await requestFrame()
    if (!demo) throw new AppError('not_found', 'Letters are shown in demo mode only.')
    return { letters: await listLetters(school.id, siteUrl), now: new Date() }
  },
  metadata: (_data, { school }) => ({
    title: `${translator(school.locale, 'outbox')('title')} · ${school.name}`,
    robots: { index: false },
  }),
  render: ({ letters, now }, { school: { locale, timeZone } }) => (
    <Outbox locale={locale} timeZone={timeZone} letters={letters} now={now} />
  ),
})

export default outbox.Page
export const generateMetadata = outbox.generateMetadata
