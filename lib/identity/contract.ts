import { z } from 'zod'

/** What the forms of signing in and joining send. Addresses are ASCII before they are lowered: `K` (Kelvin) is no k. */

export const emailField = z
  .string()
  .trim()
  .max(254)
  .pipe(z.email())
  .transform((text) => text.toLowerCase())

export const PASSWORD_MIN = 10
const PASSWORD_MAX = 200

/** A password that somebody chooses. Any characters, no rules of composition; what is easy to guess is refused later. */
export const newPasswordField = z.string().min(PASSWORD_MIN).max(PASSWORD_MAX)

/** A password that is checked, whatever it was when it was chosen. */
const passwordField = z.string().min(1).max(1_000)

/** What mail programs make a link of. A name stands in letters to people who have never heard of the school. */
const LINK = /:\/\/|\bwww\./i

/** Controls, format characters, line ends, and letters that look like nothing. */
const UNSEEN = /[\p{C}\p{Zl}\p{Zp}\u115f\u1160\u2800\u3164\uffa0]/u

/** Joiners that Persian, Hindi and others spell with: between characters, never at an end. */
const JOINERS = /(?<=\S)[\u200c\u200d]+(?=\S)/gu

/** Something that can be seen: no space, and no mark that needs a letter to stand on. */
const SEEN = /[^\p{Z}\p{M}\p{C}]/u

/** Why a text can't be a name, as a key of the catalogue's `names`; null when it can. */
export function nameFault(text: string): 'link' | 'unseen' | null {
  if (LINK.test(text.normalize('NFKC'))) return 'link'
  const bare = text.replace(JOINERS, '')
  return UNSEEN.test(bare) || (text !== '' && !SEEN.test(bare)) ? 'unseen' : null
}

/**
 * The name of a person or of a school, empty ones included: one line that makes no link and hides nothing. The one
 * rule for everybody who can write a name, because each of them can have a letter sent with it.
 * @param max in UTF-16 units
 */
export function nameText(max: number): z.ZodString {
  return z
    .string()
    .trim()
    .max(max)
    .superRefine((text, context) => {
      const fault = nameFault(text)
      if (fault !== null) context.addIssue({ code: 'custom', params: { name: fault } })
    })
}

const NAME_MAX = 200

/** A person's name. */
export const nameField = nameText(NAME_MAX).min(1)

/** The same, where it may be left out. */
export const optionalNameField = nameText(NAME_MAX).transform((name) => (name === '' ? null : name))

export const tokenField = z.string().min(1).max(200)

/** Where to go afterwards; what doesn't stay on this host is ignored by `ownPath`. */
export const nextField = z.string().max(500).optional()

export const signInForm = z.strictObject({ email: emailField, password: passwordField, next: nextField })

export const secondStepForm = z.strictObject({
  /** Six digits of the app, or a recovery code; spaces and hyphens don't count. */
  code: z.string().trim().min(6).max(40),
  next: nextField,
})

export const addressForm = z.strictObject({ email: emailField })

export const magicLinkForm = z.strictObject({ email: emailField, next: nextField })

export const tokenForm = z.strictObject({ token: tokenField })

export const resetPasswordForm = z.strictObject({ token: tokenField, password: newPasswordField })

export const signUpForm = z.strictObject({ name: nameField, email: emailField })

export const acceptForm = z.strictObject({ token: tokenField, name: nameField, password: newPasswordField })

/** What a link's text may be; anything else is a link that doesn't work, and no error. */
const lenient = z.string().max(500).optional().catch(undefined)

/** Why the sign-in page is shown again, as words in its address. */
export const SIGN_IN_ERRORS = [
  'provider',
  'link-first',
  'not-invited',
  'disabled',
  'taken',
  'expired',
  'full',
] as const
export type SignInError = (typeof SIGN_IN_ERRORS)[number]

/** What was done just before, as words in its address. */
export const SIGN_IN_NEWS = ['password', 'signed-out', 'email'] as const
export type SignInNews = (typeof SIGN_IN_NEWS)[number]

export const signInSearch = z.strictObject({
  next: lenient,
  error: z.enum(SIGN_IN_ERRORS).optional().catch(undefined),
  done: z.enum(SIGN_IN_NEWS).optional().catch(undefined),
})

export const secondStepSearch = z.strictObject({
  next: lenient,
  with: z.enum(['recovery']).optional().catch(undefined),
})

/** Of pages that ask for a letter: `sent` once it is on its way, if it is. */
export const letterSearch = z.strictObject({
  next: lenient,
  done: z.enum(['sent']).optional().catch(undefined),
})

/** Of pages that a letter leads to. */
export const tokenSearch = z.strictObject({ token: lenient })

/** The same, on the page that also asks for such a letter. */
export const magicLinkSearch = z.strictObject({ ...tokenSearch.shape, ...letterSearch.shape })

/** Minutes that the links in letters are good for. */
export const LINK_MINUTES = { verify: 24 * 60, reset: 60, magic: 15, step: 10, changeEmail: 60 } as const

/** Days that an invitation is good for, and hours that one's own request to join is. */
export const INVITATION_DAYS = 14
export const SIGN_UP_HOURS = 24

/** Who is signed in, as the frame around a page shows them. */
export type Viewer = {
  name: string
  email: string
  avatarUrl: string | null
  /** Has a place in the school's administration. */
  administers: boolean
  permissions: readonly string[]
  /** Notices that they haven't read, a hundred at most; on the root host none. */
  unread: number
  /** When that was so: milliseconds since 1970. */
  at: number
}

/** Whose door a page of signing in is: a school's, or the platform's. `subdomain` also chooses its drawing. */
export type Door = {
  name: string
  subdomain: string
  logoUrl: string | null
  locale: string
  isSchool: boolean
}
