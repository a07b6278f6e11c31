import type { AccountPlace } from '#lib/account/contract'
import { requestFrame } from '#lib/tenancy/frame'
import type { School } from '#lib/tenancy/school'

/** A school, as the account pages of one of its people name it. */
export async function schoolPlace(
  school: School,
  reader: Readonly<{ timeZone: string | null }>,
): Promise<AccountPlace> {
  const { name, locale, timeZone } = school
  const { demo } = await requestFrame()
  return { name, locale, isSchool: true, timeZone: reader.timeZone ?? timeZone, ownTimeZone: timeZone, demo }
}
