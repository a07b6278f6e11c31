import 'server-only'
import { linkToken } from '#lib/adapters/keys/keys'
import { type Letter, Undeliverable } from '#lib/adapters/mail/letter'
import { mailer } from '#lib/adapters/mail/mailer'
import { messageIdOf, schoolOrigin } from '#lib/adapters/mail/origins'
import {
  findCertificateLetter,
  findFormerAddressLetter,
  findInvitationLetter,
  findMessageLetter,
  findPersonLetter,
  findSchoolRequestLetter,
  findTokenLetter,
} from '#lib/db/queries/mail-data'
import type { TenantDb } from '#lib/db/tenant'
import { compose, type LetterKind } from './compose'
import {
  certificatePayload,
  invitationPayload,
  limitPayload,
  messagePayload,
  noticePayload,
  schoolRequestPayload,
  tokenPayload,
} from './contract'
import { noticeLetter as oneNotice, noticesLetter } from './prepare-notices'
import { type Prepared, senderOf } from './prepared'

/** A letter that no later try could deliver: the address is none, or its server will never take it. */
export class LetterRefused extends Error {
  override name = 'LetterRefused'
}

const LINKS = {
  'mail.verify-email': { word: 'verify-email', purpose: 'VERIFY_EMAIL' },
  'mail.reset-password': { word: 'reset-password', purpose: 'RESET_PASSWORD' },
  'mail.magic-link': { word: 'magic-link', purpose: 'MAGIC_LINK' },
  'mail.change-email': { word: 'change-email', purpose: 'CHANGE_EMAIL' },
} as const

async function linkLetter<Kind extends keyof typeof LINKS>(kind: Kind, db: TenantDb, payload: unknown) {
  const { tokenId } = tokenPayload.parse(payload)
  const { word, purpose } = LINKS[kind]
  const row = await findTokenLetter(db, { id: tokenId, purpose })
  if (row === null) return null
  const { name, email: address, expiresAt } = row
  const token = linkToken(word, db.tenantId, row.id)
  return { kind, to: { name, address }, sender: senderOf(db, row), data: { name, token, expiresAt } }
}

async function invitationLetter(db: TenantDb, payload: unknown): Promise<Prepared<'mail.invitation'> | null> {
  const row = await findInvitationLetter(db, invitationPayload.parse(payload).invitationId)
  if (row === null) return null
  const { name, email: address, invitedByName: inviter, byThemselves, expiresAt } = row
  const token = linkToken('invitation', db.tenantId, row.id)
  const data = { name, inviter, byThemselves, token, expiresAt }
  return { kind: 'mail.invitation', to: { name: name ?? '', address }, sender: senderOf(db, row), data }
}

async function schoolRequestLetter(
  db: TenantDb,
  payload: unknown,
): Promise<Prepared<'mail.school-request'> | null> {
  const row = await findSchoolRequestLetter(db, schoolRequestPayload.parse(payload).requestId)
  if (row === null) return null
  const { name, email: address, schoolName, expiresAt } = row
  const schoolAddress = schoolOrigin(row.schoolSubdomain).replace(/^https?:\/\//, '')
  const token = linkToken('school-request', db.tenantId, row.id)
  const data = { name, schoolName, schoolAddress, token, expiresAt }
  return { kind: 'mail.school-request', to: { name, address }, sender: senderOf(db, row), data }
}

async function noticeLetter(db: TenantDb, payload: unknown): Promise<Prepared<'mail.account-notice'> | null> {
  const { userId, what, tokenId } = noticePayload.parse(payload)
  const row =
    tokenId === undefined
      ? await findPersonLetter(db, userId)
      : await findFormerAddressLetter(db, { userId, tokenId })
  if (row === null) return null
  const { name, email: address } = row
  return {
    kind: 'mail.account-notice',
    to: { name, address },
    sender: senderOf(db, row),
    data: { name, what },
  }
}

async function certificateLetter(
  db: TenantDb,
  payload: unknown,
): Promise<Prepared<'mail.certificate'> | null> {
  const { certificateId, revoked } = certificatePayload.parse(payload)
  const row = await findCertificateLetter(db, { id: certificateId, revoked })
  if (row === null) return null
  const { name, email: address, courseTitle, code } = row
  return {
    kind: 'mail.certificate',
    to: { name, address },
    sender: senderOf(db, row),
    data: { name, courseTitle, code, revoked },
  }
}

async function limitLetter(db: TenantDb, payload: unknown): Promise<Prepared<'mail.limit-near'> | null> {
  const { userId, ...limit } = limitPayload.parse(payload)
  const row = await findPersonLetter(db, userId)
  if (row === null) return null
  const { name, email: address } = row
  return {
    kind: 'mail.limit-near',
    to: { name, address },
    sender: senderOf(db, row),
    data: { name, ...limit },
  }
}

async function messageLetter(db: TenantDb, payload: unknown): Promise<Prepared<'mail.message'> | null> {
  const row = await findMessageLetter(db, messagePayload.parse(payload).messageId)
  if (row === null) return null
  const { name, email: address, by, byEmail, courseId, courseTitle, body, replies } = row
  return {
    kind: 'mail.message',
    to: { name, address },
    sender: senderOf(db, row),
    data: { name, by, courseId, courseTitle, body, replies },
    // The writer's address is in the letter only where they chose it to be.
    ...(replies ? { replyTo: { name: by, address: byEmail } } : {}),
  }
}

async function send<Kind extends LetterKind>(
  tenantId: string,
  outboxId: string,
  prepared: Prepared<Kind>,
): Promise<void> {
  const { kind, to, sender, data, replyTo, stop } = prepared
  const letter: Letter = {
    ...compose(kind, sender, data),
    messageId: messageIdOf(outboxId),
    fromName: sender.name,
    to,
    ...(replyTo === undefined ? {} : { replyTo }),
    ...(stop === undefined ? {} : { unsubscribe: `${sender.origin}${stop}` }),
  }
  try {
    await mailer().send(tenantId, letter)
  } catch (error) {
    if (error instanceof Undeliverable) throw new LetterRefused(error.message)
    throw error
  }
}

/** What is left to do when the rows are read, outside of any unit of work. @throws LetterRefused, or Error to be tried again */
export type Sending = () => Promise<void>

type Handler = (db: TenantDb, news: Readonly<{ id: string; payload: unknown }>) => Promise<Sending | null>

function handler<Kind extends LetterKind>(
  prepare: (db: TenantDb, payload: unknown, outboxId: string) => Promise<Prepared<Kind> | null>,
): Handler {
  return async (db, { id, payload }) => {
    const { tenantId } = db
    const prepared = await prepare(db, payload, id)
    return prepared === null ? null : () => send(tenantId, id, prepared)
  }
}

/**
 * Reads what a letter is made of, by the outbox row's kind, and gives the sending of it; null when there is nothing
 * to send any more (the link was used, the person is gone). A payload of another shape throws ZodError.
 */
export const LETTERS: { readonly [Kind in LetterKind]: Handler } = {
  'mail.verify-email': handler((db, payload) => linkLetter('mail.verify-email', db, payload)),
  'mail.reset-password': handler((db, payload) => linkLetter('mail.reset-password', db, payload)),
  'mail.magic-link': handler((db, payload) => linkLetter('mail.magic-link', db, payload)),
  'mail.change-email': handler((db, payload) => linkLetter('mail.change-email', db, payload)),
  'mail.invitation': handler(invitationLetter),
  'mail.school-request': handler(schoolRequestLetter),
  'mail.account-notice': handler(noticeLetter),
  'mail.certificate': handler(certificateLetter),
  'mail.limit-near': handler(limitLetter),
  'mail.message': handler(messageLetter),
  'mail.notice': handler(oneNotice),
  'mail.notices': handler(noticesLetter),
}
