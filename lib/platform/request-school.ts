import 'server-only'
import { timeZones } from '#lib/account/contract'
import { PLATFORM_TENANT_ID } from '#lib/db/platform'
import { tell } from '#lib/db/queries/outbox'
import { addSchoolRequest, dropCorrected, dropSchoolRequest } from '#lib/db/queries/school-requests'
import { withRealm } from '#lib/db/tenant'
import { mayWrite } from '#lib/identity/tries'
import { SCHOOL_REQUEST_HOURS } from '#lib/schools/contract'
import { addressFault, refusedAddress } from './address'

type Input = Readonly<{
  requestKey: string
  schoolName: string
  subdomain: string
  /** Of its future admin. */
  name: string
  email: string
  /** What the browser says; an unknown one becomes UTC. */
  timeZone: string
  client: Readonly<{ ip: string }>
  locale: string
}>

/**
 * Asks for a school. Nothing comes of it but a letter with a link: the school is made by whoever reads the mail of the
 * address. The same form sent again, at the same moment too, makes one request and one letter; an address that has
 * been written to too often gets none, and the answer doesn't say so. Sent again with another address or subdomain it
 * takes the place of what it asked for before.
 * @throws AppError 'invalid_input' for a subdomain that no school may have, or that some school has
 */
export async function requestSchool(input: Input): Promise<void> {
  const { requestKey, schoolName, subdomain, name, email, locale, client } = input
  const timeZone = timeZones().has(input.timeZone) ? input.timeZone : 'UTC'
  await withRealm(PLATFORM_TENANT_ID, async (db) => {
    const fault = await addressFault(db, subdomain)
    if (fault !== null) throw refusedAddress(fault, locale)
    const id = await addSchoolRequest(db, {
      ...{ requestKey, schoolName, subdomain, adminName: name, email, timeZone, locale },
      hours: SCHOOL_REQUEST_HOURS,
    })
    if (id === null) return
    // Counted after the row, so that a second press, which finds it, isn't counted as a second letter.
    if (await mayWrite(db, { letter: 'school-request', account: email, ip: client.ip })) {
      await tell(db, { kind: 'mail.school-request', payload: { requestId: id } })
      await dropCorrected(db, { id, requestKey })
    } else await dropSchoolRequest(db, id)
  })
}
