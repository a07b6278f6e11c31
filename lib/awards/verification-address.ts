import 'server-only'
import { schoolOrigin } from '#lib/adapters/mail/origins'

/** Where anybody who has a certificate's code checks it: an address that is printed, so it never changes. */
export function verificationAddress(subdomain: string, code: string): string {
  return `${schoolOrigin(subdomain)}/certificates/${code}`
}
