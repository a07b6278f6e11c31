import { z } from 'zod'
import { stopTheseLetters, wantTheseLetters } from '#app/actions/notifications'
import { schoolRefusal } from '#app/refusals'
import { StopPage } from '#components/notices/stop-page'
import { publicAccess } from '#lib/auth/access'
import { page } from '#lib/auth/page'
import { translator } from '#lib/i18n/translate'
import { stopSearch } from '#lib/notifications/contract/forms'
import { loadStop } from '#lib/notifications/settings'

const stop = page({
  id: 'school.unsubscribe',
  access: publicAccess('A letter leads here, and its reader may not be signed in. The link is signed.'),
  refused: schoolRefusal,
  params: z.strictObject({}),
  search: stopSearch,
  load: async ({ db, search }) => {
    const asked = { types: search.types ?? '', token: search.token ?? '' }
    const found = await loadStop(db, asked)
    return { asked, link: found === null ? null : { types: found.types, stopped: found.stopped } }
  },
  metadata: (_data, { school }) => ({
    title: translator(school.locale, 'notices.stop')('title', { school: school.name }),
    robots: { index: false },
  }),
  render: ({ asked, link }, { school }) => (
    <StopPage
      locale={school.locale}
      schoolName={school.name}
      asked={asked}
      link={link}
      actions={{ stop: stopTheseLetters, want: wantTheseLetters }}
    />
  ),
})

export default stop.Page
export const generateMetadata = stop.generateMetadata
