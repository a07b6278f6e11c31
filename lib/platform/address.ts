import 'server-only'
import { addressInUse } from '#lib/db/platform/addresses'
import type { TenantDb } from '#lib/db/tenant'
import { AppError } from '#lib/errors'
import { translator } from '#lib/i18n/translate'
import type { AddressFault } from '#lib/schools/contract'
import { SUBDOMAIN_MAX, SUBDOMAIN_MIN, subdomainFault } from '#lib/schools/rules'

/** What keeps a school from having a subdomain, in itself or because of other schools; null: nothing. */
export async function addressFault(db: TenantDb, subdomain: string): Promise<AddressFault | null> {
  return subdomainFault(subdomain) ?? (await addressInUse(db, subdomain))
}

/** The refusal of a form that asks for such a subdomain. */
export function refusedAddress(fault: AddressFault, locale: string): AppError {
  const words = translator(locale, 'schoolAddress')(fault, { min: SUBDOMAIN_MIN, max: SUBDOMAIN_MAX })
  return new AppError('invalid_input', `The subdomain is refused: ${fault}.`, {
    fields: { subdomain: words },
  })
}
