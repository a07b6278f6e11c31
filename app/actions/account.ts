'use server'
import type { Account } from '#lib/account/account'
import { askForAddress } from '#lib/account/ask-for-address'
import { askToLink } from '#lib/account/ask-to-link'
import { changePassword } from '#lib/account/change-password'
import {
  addressForm,
  avatarForm,
  confirmFactorForm,
  linkForm,
  nothingForm,
  passwordForm,
  profileForm,
  recoveryCodesForm,
  removeFactorForm,
  sessionForm,
  startFactorForm,
  unlinkForm,
} from '#lib/account/contract'
import { endOneSession, endOtherSessions as endOthers } from '#lib/account/end-sessions'
import { confirmFactor, dropFactor, replaceCodes, startFactor } from '#lib/account/second-factor'
import { removeAvatar as takeAvatar, setAvatar } from '#lib/account/set-avatar'
import { partIdentity } from '#lib/account/unlink-identity'
import { changeProfile } from '#lib/account/update-profile'
import { anyPerson } from '#lib/auth/access'
import { type RecordAudit, realmAction, type Unit } from '#lib/auth/action'
import { type Actor, person } from '#lib/auth/actor'
import type { Client } from '#lib/auth/client'
import { providers } from '#lib/auth/next-auth'
import { GoTo } from '#lib/auth/redirect'
import type { Realm } from '#lib/auth/session'
import { writeLinkIntent, writeSession } from '#lib/auth/session-cookie'
import { AppError } from '#lib/errors'
import { translator } from '#lib/i18n/translate'

const own = anyPerson('Everybody may change their own account.')
const ownSecurity = anyPerson('Everybody may look after their own sign-in.', { duringSetUp: true })

const PROFILE = '/account'
const SECURITY = '/account/security'

type Given = Readonly<{ actor: Actor; unit: Unit; record: RecordAudit; client: Client; locale: string }>

/** The signed-in person, as the use-cases of accounts know them. */
function accountOf({ actor, unit, record, client, locale }: Given): Account {
  const { userId, sessionId, signedInAt, email } = person(actor)
  return { unit, record, client, locale, person: { userId, sessionId, signedInAt, email } }
}

function issuerOf({ school }: Realm): string {
  return school?.name ?? 'SmartLMS'
}

/** Changes one's name and time zone. */
export const saveProfile = realmAction({
  id: 'account.profile',
  access: own,
  input: profileForm,
  run: async ({ input, ...given }) => {
    const { name, timeZone } = input
    await changeProfile(accountOf(given), { name, timeZone: timeZone === '' ? null : timeZone })
    throw new GoTo(`${PROFILE}?done=profile`)
  },
})

/** Gives oneself a picture. The platform has no store of its own, so its people have none. */
export const saveAvatar = realmAction({
  id: 'account.avatar',
  access: own,
  input: avatarForm,
  run: async ({ realm, input, ...given }) => {
    if (realm.school === null) throw new AppError('not_found', 'Only schools keep pictures.')
    if (input.file.size === 0) {
      const fields = { file: translator(given.locale, 'accountTries')('noFile') }
      throw new AppError('invalid_input', 'No picture was chosen.', { fields })
    }
    const bytes = new Uint8Array(await input.file.arrayBuffer())
    await setAvatar(accountOf(given), { tenantId: realm.school.id, bytes })
    throw new GoTo(`${PROFILE}?done=avatar`)
  },
})

/** Takes one's picture away. */
export const removeAvatar = realmAction({
  id: 'account.avatar-remove',
  access: own,
  input: nothingForm,
  run: async ({ realm, ...given }) => {
    if (realm.school === null) throw new AppError('not_found', 'Only schools keep pictures.')
    await takeAvatar(accountOf(given))
    throw new GoTo(`${PROFILE}?done=avatar-removed`)
  },
})

/** Asks for another address; the link in a letter to it changes it. */
export const changeEmail = realmAction({
  id: 'account.change-email',
  access: own,
  input: addressForm,
  run: async ({ input, ...given }) => {
    await askForAddress(accountOf(given), input)
    throw new GoTo(`${PROFILE}?done=address`)
  },
})

/** Sets another password, or the first one. */
export const savePassword = realmAction({
  id: 'account.password',
  access: ownSecurity,
  input: passwordForm,
  run: async ({ realm, input, ...given }) => {
    const known = [person(given.actor).name, issuerOf(realm)]
    await changePassword(accountOf(given), { ...input, known })
    throw new GoTo(`${SECURITY}?done=password`)
  },
})

/** Signs oneself out on one device. */
export const endSession = realmAction({
  id: 'account.end-session',
  access: ownSecurity,
  input: sessionForm,
  run: async ({ input, ...given }) => {
    await endOneSession(accountOf(given), input.sessionId)
    throw new GoTo(`${SECURITY}?done=session`)
  },
})

/** Signs oneself out everywhere but here. */
export const endOtherSessions = realmAction({
  id: 'account.end-other-sessions',
  access: ownSecurity,
  input: nothingForm,
  run: async (given) => {
    await endOthers(accountOf(given))
    throw new GoTo(`${SECURITY}?done=sessions`)
  },
})

/** Begins to set up a second factor; the page then shows what the app needs. */
export const startSecondFactor = realmAction({
  id: 'account.second-factor-start',
  access: ownSecurity,
  input: startFactorForm,
  run: async ({ realm, input, ...given }) => {
    await startFactor(accountOf(given), { issuer: issuerOf(realm), current: input.current })
    throw new GoTo(SECURITY)
  },
})

/** Switches the second factor on, and renews this browser's session. Its answer holds the recovery codes, and is the only thing that ever does. */
export const confirmSecondFactor = realmAction({
  id: 'account.second-factor-confirm',
  access: ownSecurity,
  input: confirmFactorForm,
  run: async ({ input, ...given }) => {
    const { codes, token } = await confirmFactor(accountOf(given), input.code)
    await writeSession(token)
    return { codes }
  },
})

/** Switches the second factor off. */
export const removeSecondFactor = realmAction({
  id: 'account.second-factor-remove',
  access: ownSecurity,
  input: removeFactorForm,
  run: async ({ input, ...given }) => {
    await dropFactor(accountOf(given), input)
    throw new GoTo(`${SECURITY}?done=factor-off`)
  },
})

/** Makes new recovery codes in place of the old ones. */
export const renewRecoveryCodes = realmAction({
  id: 'account.recovery-codes',
  access: ownSecurity,
  input: recoveryCodesForm,
  run: async ({ input, ...given }) => ({ codes: await replaceCodes(accountOf(given), input.current) }),
})

/** Lets this browser link an account elsewhere, for ten minutes; the page then leads there. */
export const linkIdentity = realmAction({
  id: 'account.link-identity',
  access: ownSecurity,
  input: linkForm,
  run: async ({ realm, input, ...given }) => {
    if (!providers().some(({ id }) => id === input.provider))
      throw new AppError('not_found', 'The provider is not configured.')
    const { tenantId } = realm
    await writeLinkIntent(await askToLink(accountOf(given), { tenantId, current: input.current }))
    throw new GoTo(`${SECURITY}?link=${input.provider}`)
  },
})

/** Parts an account elsewhere from one's own. */
export const unlinkIdentity = realmAction({
  id: 'account.unlink-identity',
  access: ownSecurity,
  input: unlinkForm,
  run: async ({ input, ...given }) => {
    await partIdentity(accountOf(given), input)
    throw new GoTo(`${SECURITY}?done=unlinked`)
  },
})
