import { z } from 'zod'

/** What the outbox says of a letter: its kind, and ids. Everything else is read when it goes out. */

const id = z.string().regex(/^[a-z0-9]{1,40}$/)

export const tokenPayload = z.strictObject({ tokenId: id })
export const invitationPayload = z.strictObject({ invitationId: id })
export const schoolRequestPayload = z.strictObject({ requestId: id })

export const noticePayload = z.strictObject({
  userId: id,
  /** Of a change of address: the letter goes to the address that was the person's when it was asked for. */
  tokenId: id.optional(),
  what: z.enum([
    'password-changed',
    'second-factor-on',
    'second-factor-off',
    'recovery-codes-used',
    'email-changed',
    'email-change-asked',
    'email-welcome',
    'identity-linked',
    'identity-unlinked',
    'recovery-codes-new',
    'signed-up-already',
  ]),
})

export const certificatePayload = z.strictObject({
  certificateId: id,
  /** What became of it; else it stands again. */
  revoked: z.boolean(),
})

export const limitPayload = z.strictObject({
  userId: id,
  kind: z.enum(['people', 'courses', 'storage', 'ai']),
  /** Bytes for storage, else things. */
  used: z.number().nonnegative(),
  limit: z.number().positive(),
})

export const messagePayload = z.strictObject({ messageId: id })
/** Of a notice: one, or all that waited for the same moment (milliseconds since 1970). */
export const noticeLetterPayload = z.strictObject({ noticeId: id })
export const noticesLetterPayload = z.strictObject({ userId: id, at: z.number().int() })

export type Notice = z.infer<typeof noticePayload>['what']
export type Limit = Omit<z.infer<typeof limitPayload>, 'userId'>
