import { z } from 'zod'
import { changeEmail } from '#app/actions/auth'
import { schoolRefusal } from '#app/refusals'
import { AddressChange } from '#components/auth/address-change'
import { DeadLinkView } from '#components/auth/dead-link-view'
import { UseLinkView } from '#components/auth/use-link-view'
import { publicAccess } from '#lib/auth/access'
import { page } from '#lib/auth/page'
import { tokenSearch } from '#lib/identity/contract'
import { peekAddressChange } from '#lib/identity/change-address'
import { doorOf } from '#lib/identity/rules'
import { translator } from '#lib/i18n/translate'

const change = page({
  id: 'school.change-email',
  access: publicAccess('The link from a letter is the proof; it may be read on another device.'),
  refused: schoolRefusal,
  params: z.strictObject({}),
  search: tokenSearch,
  load: async ({ db, search: { token = '' } }) => ({ change: await peekAddressChange(db, token) }),
  metadata: (_data, { school }) => ({
    title: `${translator(school.locale, 'auth.change')('title')} · ${school.name}`,
    robots: { index: false },
  }),
  render: (data, { school }) => {
    const door = doorOf(school)
    if (data.change === null) return <DeadLinkView door={door} kind="change" />
    const { token, name, before, after } = data.change
    return (
      <UseLinkView door={door} action={changeEmail} kind="change" token={token} about={name}>
        <AddressChange locale={door.locale} before={before} after={after} />
      </UseLinkView>
    )
  },
})

export default change.Page
export const generateMetadata = change.generateMetadata
