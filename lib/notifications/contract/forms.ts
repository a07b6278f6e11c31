import { z } from 'zod'
import { MAIL_CHOICES, NOTICE_TYPES } from './settings'

/** What the forms and addresses of notices say. */

const id = z.string().regex(/^[a-z0-9]{1,40}$/)

/** Milliseconds since 1970. */
export const instantText = z.string().regex(/^\d{1,15}$/)

const type = z.enum(NOTICE_TYPES)

export const noticesSearch = z.strictObject({
  type: type.optional().catch(undefined),
  cursor: z.string().max(200).optional(),
})

export const openForm = z.strictObject({ id })

/** `back`: the page of the list that it was read on. */
export const readForm = z.strictObject({
  id,
  back: z
    .string()
    .max(400)
    .regex(/^\/notifications(\?[\w=&-]*)?$/),
})

/** `until`: when the page was made; what came since wasn't seen. `back`: the type that was chosen, or all. */
export const readAllForm = z.strictObject({ until: instantText, back: z.union([type, z.literal('')]) })

const clock = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/)
const mail = z.enum(MAIL_CHOICES)
const ticked = z.literal('on').optional()

const matrix = {
  ...Object.fromEntries(NOTICE_TYPES.map((one) => [`app-${one}`, ticked] as const)),
  ...Object.fromEntries(NOTICE_TYPES.map((one) => [`mail-${one}`, mail] as const)),
}

/** Everything at once; `seen`: when it was last changed, as the page knows it. */
export const settingsForm = z.strictObject({
  ...matrix,
  quiet: ticked,
  quietFrom: clock,
  quietUntil: clock,
  digestHour: z.string().regex(/^([0-9]|1\d|2[0-3])$/),
  seen: z.union([z.literal(''), z.iso.datetime({ precision: 3 })]),
})

export type SettingsForm = z.infer<typeof settingsForm> & Readonly<Record<string, string | undefined>>

export const settingsSearch = z.strictObject({ done: z.enum(['saved']).optional().catch(undefined) })

/** Of the link in a letter, and of the forms on the page that it leads to. */
export const stopQuery = z.strictObject({ types: z.string().max(200), token: z.string().max(200) })

/** The same, as a page’s address: whatever is missing is a link that doesn’t work. */
export const stopSearch = z.strictObject({
  types: z.string().max(200).optional().catch(undefined),
  token: z.string().max(200).optional().catch(undefined),
})
