import 'server-only'
import { readLinkToken } from '#lib/adapters/keys/keys'
import { PLATFORM_TENANT_ID } from '#lib/db/platform'
import { addressInUse, holdAddress } from '#lib/db/platform/addresses'
import { recordAudit } from '#lib/db/queries/audit'
import { findSchoolRequest, openRequestedSchool, settleSchoolRequest } from '#lib/db/queries/school-requests'
import { type TenantDb, withRealm } from '#lib/db/tenant'
import { AppError, codeOf } from '#lib/errors'
import { translator } from '#lib/i18n/translate'
import { choosePassword } from '#lib/identity/choose-password'
import type { RequestView } from '#lib/schools/contract'
import { subdomainFault } from '#lib/schools/rules'
import { addressFault, refusedAddress } from './address'

type Client = Readonly<{ ip: string; requestId: string | null }>

function idBehind(token: string): string | null {
  return readLinkToken('school-request', PLATFORM_TENANT_ID, token)
}

/** The request behind the link of a letter; null when the link is forged, some other link, or too old. */
export async function peekSchoolRequest(token: string): Promise<RequestView | null> {
  const id = idBehind(token)
  if (id === null) return null
  return withRealm(PLATFORM_TENANT_ID, async (db) => {
    const found = await findSchoolRequest(db, id)
    if (found === null) return null
    const { schoolName, subdomain, adminName, email, opened } = found
    const fault = opened ? null : await addressFault(db, subdomain)
    return { schoolName, subdomain, adminName, email, opened, fault }
  })
}

function over(locale: string): AppError {
  const form = translator(locale, 'schoolAddress')('linkOver')
  return new AppError('not_found', 'The request is over, or never was.', { fields: { form } })
}

type Settled = Readonly<{ id: string; subdomain: string; hash: string }>

/** The unit in which the school comes to be, together with its row in the platform's log. */
async function open(db: TenantDb, input: Settled, client: Client, locale: string): Promise<void> {
  const { id, subdomain } = input
  // First, because it makes those who press at the same moment wait: afterwards they find the school open.
  if (!(await settleSchoolRequest(db, input))) {
    if ((await findSchoolRequest(db, id))?.opened === true) return
    throw over(locale)
  }
  await holdAddress(db, subdomain)
  const fault = await addressInUse(db, subdomain)
  if (fault !== null) throw refusedAddress(fault, locale)
  const schoolId = await openRequestedSchool(db, id)
  if (schoolId === null) throw over(locale)
  await recordAudit(db, {
    ...{ action: 'platform.open-school', actorId: null, targetType: 'Tenant', targetId: schoolId },
    ...{ after: { subdomain, plan: 'FREE' }, client },
  })
}

/**
 * Opens the school that was asked for, with its first admin, whose address the link has confirmed. Opening it again,
 * at the same moment too, changes nothing: the school and the password of the first press stand.
 * @param input.subdomain the one that was asked for, or another when it was taken meanwhile
 * @throws AppError 'not_found' when the link doesn't work any more, 'invalid_input' for a subdomain that can't be had
 *   or a password that is easy to guess
 */
export async function openSchool(
  input: Readonly<{ token: string; subdomain: string; password: string; client: Client; locale: string }>,
): Promise<void> {
  const { token, subdomain, password, client, locale } = input
  const id = idBehind(token)
  const seen = id === null ? null : await withRealm(PLATFORM_TENANT_ID, (db) => findSchoolRequest(db, id))
  if (id === null || seen === null) throw over(locale)
  if (seen.opened) return
  const fault = subdomainFault(subdomain)
  if (fault !== null) throw refusedAddress(fault, locale)
  const own = [seen.adminName, seen.email, seen.schoolName, subdomain]
  const hash = await choosePassword({ password, own, locale })
  try {
    await withRealm(PLATFORM_TENANT_ID, (db) => open(db, { id, subdomain, hash }, client, locale))
  } catch (error) {
    // The unique index had the last word: somebody outside of this code has taken the name in between.
    throw codeOf(error) === 'conflict' ? refusedAddress('taken', locale) : error
  }
}
