import { z } from 'zod'
import { changeEmail } from '#app/actions/auth'
import { siteFrame } from '#app/(site)/sign-in/site-frame'
import { siteRefusal } from '#app/refusals'
import { AddressChange } from '#components/auth/address-change'
import { DeadLinkView } from '#components/auth/dead-link-view'
import { UseLinkView } from '#components/auth/use-link-view'
import { publicAccess } from '#lib/auth/access'
import { sitePage } from '#lib/auth/page'
import { realmOfRequest } from '#lib/auth/session'
import { withRealm } from '#lib/db/tenant'
import { tokenSearch } from '#lib/identity/contract'
import { peekAddressChange } from '#lib/identity/change-address'
import { platformDoor } from '#lib/identity/rules'
import { translator } from '#lib/i18n/translate'
import { requestFrame } from '#lib/tenancy/frame'

const change = sitePage({
  id: 'site.change-email',
  access: publicAccess('The link from a letter is the proof; it may be read on another device.'),
  refused: siteRefusal,
  params: z.strictObject({}),
  search: tokenSearch,
  load: async ({ search: { token = '' } }) => {
    const { tenantId } = await realmOfRequest()
    const seen = await withRealm(tenantId, (db) => peekAddressChange(db, token))
    return { frame: await requestFrame(), change: seen }
  },
  metadata: ({ frame }) => ({
    title: `${translator(frame.locale, 'auth.change')('title')} · SmartLMS`,
    robots: { index: false },
  }),
  render: ({ frame, change: seen }) => {
    const door = platformDoor(frame.locale)
    if (seen === null) return siteFrame(frame, <DeadLinkView door={door} kind="change" />)
    const { token, name, before, after } = seen
    const use = { door, action: changeEmail, kind: 'change', token, about: name } as const
    return siteFrame(
      frame,
      <UseLinkView {...use}>
        <AddressChange locale={door.locale} before={before} after={after} />
      </UseLinkView>,
    )
  },
})

export default change.Page
export const generateMetadata = change.generateMetadata
