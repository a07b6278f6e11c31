import { z } from 'zod'

/** What the forms of signing in and joining send. Addresses are ASCII before they are lowered: `K` (Kelvin) is no k. */

export const emailField = z
  .string()
  .trim()
  .max(254)
  .pipe(z.email())
  .transform((text) => text.toLowerCase())

export const PASSWORD_MIN = 10
export const PASSWORD_MAX = 200

/** A password that somebody chooses. Any characters, no rules of composition; what is easy to guess is refused later. */
export const newPasswordField = z.string().min(PASSWORD_MIN).max(PASSWORD_MAX)

/** A password that is checked, whatever it was when it was chosen. */
export const passwordField = z.string().min(1).max(1_000)

/** A person's name: one line. */
export const nameField = z
  .string()
  .trim()
  .min(1)
  .max(200)
  .regex(/^[^\p{Cc}\p{Zl}\p{Zp}]+$/u)

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
}
