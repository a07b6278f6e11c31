import 'server-only'
import { randomBytes } from 'node:crypto'

/** A new certificate's code: 132 random bits in 22 letters that an address may hold. Whoever has it may check it. */
export function newCertificateCode(): string {
  return randomBytes(18).toString('base64url').slice(0, 22)
}
