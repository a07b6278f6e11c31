import 'server-only'
import { type Letter, Undeliverable } from './letter'

const NAME_LENGTH = 100
const SUBJECT_LENGTH = 200

/** Line ends and other controls, and the marks that turn the direction of text around: a name shows what it says. */
const UNSEEN = /[\p{Cc}\p{Zl}\p{Zp}\u200e\u200f\u202a-\u202e\u2066-\u2069]+/gu

/**
 * What people typed as one line of a header: no line end in it begins another header.
 * @param length most characters; the rest is cut off
 */
export function oneLine(text: string, length: number): string {
  return Array.from(text.replace(UNSEEN, ' ').replace(/\s+/gu, ' ').trim()).slice(0, length).join('')
}

/** Printable ASCII without what has a meaning in a header, a list of addresses or a path (RFC 5321, 4.1.2). */
const ADDRESS = /^[a-z0-9!#$%&'*+/=?^_`{|}~.-]{1,64}@[a-z0-9]([a-z0-9.-]{0,250}[a-z0-9])?$/i

/** @throws Undeliverable for anything but a plain address */
export function assertAddress(address: string): string {
  if (address.length > 254 || !ADDRESS.test(address)) throw new Undeliverable('That is no address.')
  return address
}

const MESSAGE_ID = /^[A-Za-z0-9._-]{1,120}@[A-Za-z0-9.-]{1,200}$/

/** The letter as it may go into headers. @throws Undeliverable for a malformed address, Error for a malformed id */
export function clean(letter: Letter): Letter {
  if (!MESSAGE_ID.test(letter.messageId)) throw new Error('A letter’s id is malformed.')
  const { replyTo } = letter
  return {
    ...letter,
    fromName: oneLine(letter.fromName, NAME_LENGTH),
    to: { name: oneLine(letter.to.name, NAME_LENGTH), address: assertAddress(letter.to.address) },
    ...(replyTo === undefined
      ? {}
      : { replyTo: { name: oneLine(replyTo.name, NAME_LENGTH), address: assertAddress(replyTo.address) } }),
    subject: oneLine(letter.subject, SUBJECT_LENGTH),
  }
}

/**
 * The address inside `Name <address>`, or the address alone.
 * @throws Error when MAIL_FROM holds none
 */
export function senderAddress(from: string): string {
  const inside = /<([^<>]*)>\s*$/.exec(from)?.[1] ?? from
  const address = inside.trim()
  if (!ADDRESS.test(address)) throw new Error('MAIL_FROM holds no address.')
  return address
}
