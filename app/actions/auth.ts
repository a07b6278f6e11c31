'use server'
import { publicAccess } from '#lib/auth/access'
import { realmAction } from '#lib/auth/action'
import { keepSession, writeEntered } from '#lib/auth/entered'
import { GoTo, ownPath } from '#lib/auth/redirect'
import type { Realm } from '#lib/auth/session'
import { clearCookie, readCookie } from '#lib/auth/session-cookie'
import { AppError, codeOf } from '#lib/errors'
import { translator } from '#lib/i18n/translate'
import { changeAddressByLink } from '#lib/identity/change-address'
import { completeSignIn } from '#lib/identity/complete-sign-in'
import {
  acceptForm,
  addressForm,
  magicLinkForm,
  resetPasswordForm,
  secondStepForm,
  signInForm,
  signUpForm,
  tokenForm,
} from '#lib/identity/contract'
import { acceptByLink } from '#lib/identity/join'
import { resetPassword } from '#lib/identity/reset-password'
import { homePath } from '#lib/identity/rules'
import { sendLink } from '#lib/identity/send-link'
import { signInWithPassword } from '#lib/identity/sign-in-with-password'
import { signUp as askToJoin } from '#lib/identity/sign-up'
import { signInByLink } from '#lib/identity/use-link'
import { limitsOf } from '#lib/plans/rules'
import type { School } from '#lib/tenancy/school'

const beforeSignIn = publicAccess('Nobody is signed in before they have signed in.')
const byLetter = publicAccess('The link from a letter is the proof; its reader may be on another device.')

function schoolOf(realm: Realm): School {
  if (realm.school === null) throw new AppError('not_found', 'People join schools, not the platform.')
  return realm.school
}

/** A link that stopped working while its page stood open is told where it was used, not as a missing address. */
async function byLink<T>(locale: string, work: Promise<T>): Promise<T> {
  try {
    return await work
  } catch (error) {
    if (codeOf(error) !== 'not_found') throw error
    const fields = { form: translator(locale, 'auth.errors')('deadLink') }
    throw new AppError('not_found', 'The link doesn’t work any more.', { fields, cause: error })
  }
}

/** Signs in by address and password; the second factor, where there is one, comes after it. */
export const signIn = realmAction({
  id: 'auth.sign-in',
  access: beforeSignIn,
  input: signInForm,
  run: async ({ realm, client, input, unit, locale }) => {
    const { email, password, next } = input
    const entered = await signInWithPassword(unit, { email, password, client, locale })
    throw new GoTo(await writeEntered(entered, ownPath(next, homePath(realm.school))))
  },
})

/** Takes the code of the second step. A step that is over leads back to the first one. */
export const takeSecondFactor = realmAction({
  id: 'auth.second-factor',
  access: beforeSignIn,
  input: secondStepForm,
  run: async ({ realm, client, input, unit, locale }) => {
    const next = ownPath(input.next, homePath(realm.school))
    const stepToken = await readCookie('step')
    const step = { tenantId: realm.tenantId, stepToken, code: input.code, client, locale }
    try {
      await keepSession(await completeSignIn(unit, step))
    } catch (error) {
      if (codeOf(error) !== 'unauthenticated') throw error
      await clearCookie('step')
      throw new GoTo(`/sign-in?error=expired&next=${encodeURIComponent(next)}`)
    }
    throw new GoTo(next)
  },
})

/** Sends a link that signs in by itself. Its answer is the same for every address. */
export const requestMagicLink = realmAction({
  id: 'auth.request-magic-link',
  access: beforeSignIn,
  input: magicLinkForm,
  run: async ({ realm, client, input, unit }) => {
    const next = ownPath(input.next, homePath(realm.school))
    await sendLink(unit, 'MAGIC_LINK', { email: input.email, client, next })
    throw new GoTo('/magic-link?done=sent')
  },
})

/** Uses a magic link. A form and not the link itself does, because mail scanners follow links. */
export const signInByMagicLink = realmAction({
  id: 'auth.use-magic-link',
  access: byLetter,
  input: tokenForm,
  run: async ({ realm, client, input, unit, locale }) => {
    const use = signInByLink(unit, { purpose: 'magic-link', token: input.token, client })
    const entered = await byLink(locale, use)
    throw new GoTo(await writeEntered(entered, ownPath(entered.next, homePath(realm.school))))
  },
})

/** Sends a link for a new password. Its answer is the same for every address. */
export const requestPasswordReset = realmAction({
  id: 'auth.forgot-password',
  access: beforeSignIn,
  input: addressForm,
  run: async ({ client, input, unit }) => {
    await sendLink(unit, 'RESET_PASSWORD', { email: input.email, client })
    throw new GoTo('/forgot-password?done=sent')
  },
})

/** Sets a new password by a link. It ends all sessions, so the browser goes back to signing in. */
export const setNewPassword = realmAction({
  id: 'auth.reset-password',
  access: byLetter,
  input: resetPasswordForm,
  run: async ({ realm, client, input, unit, locale }) => {
    const schoolName = realm.school?.name ?? 'SmartLMS'
    await byLink(locale, resetPassword(unit, { ...input, client, locale, schoolName }))
    throw new GoTo('/sign-in?done=password')
  },
})

/** Asks to join an open school; only a letter comes of it. */
export const signUp = realmAction({
  id: 'auth.sign-up',
  access: beforeSignIn,
  input: signUpForm,
  run: async ({ realm, client, input, unit, locale }) => {
    await askToJoin(unit, { ...input, client, locale, school: schoolOf(realm) })
    throw new GoTo('/sign-up?done=sent')
  },
})

/** Confirms an address by its letter, and signs its owner in. */
export const confirmAddress = realmAction({
  id: 'auth.verify',
  access: byLetter,
  input: tokenForm,
  run: async ({ realm, client, input, unit, locale }) => {
    const use = signInByLink(unit, { purpose: 'verify-email', token: input.token, client })
    throw new GoTo(await writeEntered(await byLink(locale, use), homePath(realm.school)))
  },
})

/** Makes an account of an invitation, and signs its owner in. */
export const acceptInvitation = realmAction({
  id: 'auth.accept-invitation',
  access: byLetter,
  input: acceptForm,
  run: async ({ realm, client, input, unit, locale }) => {
    const school = schoolOf(realm)
    const limit = limitsOf(school.plan).people
    const join = acceptByLink(unit, { ...input, limit, schoolName: school.name, client, locale })
    await keepSession(await byLink(locale, join))
    throw new GoTo(homePath(school))
  },
})

/** Gives a person the address that their letter went to. */
export const changeEmail = realmAction({
  id: 'auth.change-email',
  access: byLetter,
  input: tokenForm,
  run: async ({ actor, client, input, unit, locale }) => {
    const sessionId = actor.kind === 'person' ? actor.sessionId : null
    await byLink(locale, changeAddressByLink(unit, { token: input.token, sessionId, client, locale }))
    throw new GoTo(actor.kind === 'person' ? '/account?done=email' : '/sign-in?done=email')
  },
})
