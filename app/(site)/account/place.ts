import type { AccountPlace } from '#lib/account/contract'
import { currentViewer } from '#lib/auth/viewer'
import type { Viewer } from '#lib/identity/contract'
import { type Frame, requestFrame } from '#lib/tenancy/frame'

/** The platform, as the account pages of its own people name it, and the frame around them. */
export async function platformPlace(
  reader: Readonly<{ timeZone: string | null }>,
): Promise<{ place: AccountPlace; frame: Frame; viewer: Viewer | null }> {
  const frame = await requestFrame()
  const { locale, demo } = frame
  const timeZone = reader.timeZone ?? 'UTC'
  const place = { name: 'SmartLMS', locale, isSchool: false, timeZone, ownTimeZone: 'UTC', demo }
  return { place, frame, viewer: await currentViewer() }
}
