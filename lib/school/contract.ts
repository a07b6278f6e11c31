import { z } from 'zod'
import { nameText } from '#lib/identity/contract'
import type { FirstStep, UsageKind } from './rules'
import type { UsageState } from '#lib/plans/rules'

/** What the forms about the school itself send. */

export const SCHOOL_NAME_MAX = 120
export const DESCRIPTION_MAX = 500
/** Letters of the list of mail domains, as typed. */
export const DOMAINS_MAX = 13_000

/** How dates and numbers may be written. The words are English everywhere so far. */
export const LOCALES = ['en', 'en-GB', 'en-US', 'en-AU', 'en-CA', 'en-IE', 'en-IN', 'en-NZ', 'en-ZA'] as const

/** `updatedAt` of the school as the form saw it. */
const seenField = z.iso.datetime({ precision: 3 }).transform((text) => new Date(text))

export const brandForm = z.strictObject({
  name: nameText(SCHOOL_NAME_MAX)
    .min(1)
    .transform((text) => text.normalize('NFC')),
  description: z
    .string()
    .trim()
    .max(DESCRIPTION_MAX)
    .transform((text) => (text === '' ? null : text.replace(/\r\n/g, '\n'))),
  accentColor: z
    .string()
    .trim()
    .regex(/^#?(?:[0-9a-f]{3}|[0-9a-f]{6})$/i)
    .transform((text) => {
      const digits = text.replace('#', '').toUpperCase()
      return `#${digits.length === 6 ? digits : [...digits].map((one) => one + one).join('')}`
    }),
  timeZone: z
    .string()
    .min(1)
    .max(60)
    .regex(/^[A-Za-z_]+(?:\/[A-Za-z0-9_+-]+)*$/),
  locale: z.string().regex(/^[a-zA-Z-]{2,35}$/),
  seen: seenField,
})

export const logoForm = z.strictObject({ file: z.instanceof(File) })

export const nothingForm = z.strictObject({})

export const signInForm = z.strictObject({
  signUp: z.enum(['OPEN', 'INVITED']),
  /** One a line. */
  mailDomains: z.string().max(DOMAINS_MAX),
  staffSecondFactor: z
    .literal('on')
    .optional()
    .transform((value) => value === 'on'),
  tutor: z
    .literal('on')
    .optional()
    .transform((value) => value === 'on'),
  seen: seenField,
})

/** What is said once, after a change. */
export const brandSearch = z.strictObject({
  done: z.enum(['brand', 'logo', 'logo-removed']).optional().catch(undefined),
})
export const settingsSearch = z.strictObject({ done: z.enum(['saved']).optional().catch(undefined) })

export type UsageMeter = Readonly<{ kind: UsageKind; used: number; limit: number | null; state: UsageState }>

export type Overview = {
  plan: 'FREE' | 'PRO' | 'ENTERPRISE'
  meters: UsageMeter[]
  people: number
  invitations: number
  activeWeek: number
  activeMonth: number
  steps: { id: FirstStep; done: boolean }[]
}

export type SignInSettings = {
  signUp: 'OPEN' | 'INVITED'
  mailDomains: string[]
  staffSecondFactor: boolean
  tutor: boolean
  /** Staff who would be asked for a second factor. */
  staffWithout: number
  /** Whether the reader has one. */
  ownSecondFactor: boolean
  /** ISO. */
  seen: string
}

export type BrandSettings = {
  name: string
  description: string | null
  /** `#rrggbb`. */
  accentColor: string
  timeZone: string
  locale: string
  logoUrl: string | null
  /** ISO. */
  seen: string
}
