import { LINK_MAX, type MeetingPlatform } from '../contract/constants'

/** Hosts that a platform's meetings have; a name below one of them is one of them. */
const HOSTS: Readonly<Record<Exclude<MeetingPlatform, 'OTHER'>, readonly string[]>> = {
  ZOOM: ['zoom.us', 'zoom.com', 'zoomgov.com'],
  GOOGLE_MEET: ['meet.google.com'],
  MICROSOFT_TEAMS: ['teams.microsoft.com', 'teams.live.com', 'teams.microsoft.us'],
}

/** A link that may be kept: https, with a host, without a name and a password in it. Null: it isn't one. */
export function webLink(text: string): URL | null {
  if (text.length > LINK_MAX || /[\s\p{Cc}]/u.test(text) || !URL.canParse(text)) return null
  const url = new URL(text)
  const { protocol, hostname, username, password } = url
  return protocol === 'https:' && hostname.includes('.') && username === '' && password === '' ? url : null
}

const isOn = (host: string, known: string): boolean => host === known || host.endsWith(`.${known}`)

/** Whose link it is by its host; null: none of the platforms that are known. */
function platformOf(url: URL): Exclude<MeetingPlatform, 'OTHER'> | null {
  const host = url.hostname.replace(/\.$/, '')
  const found = (['ZOOM', 'GOOGLE_MEET', 'MICROSOFT_TEAMS'] as const).find((platform) =>
    HOSTS[platform].some((known) => isOn(host, known)),
  )
  return found ?? null
}

/** Why a link isn't one of a platform's meetings; null: it is. 'OTHER' takes every https link. */
export function linkFault(
  platform: MeetingPlatform,
  text: string,
):
  Readonly<{ kind: 'noLink' }> | Readonly<{ kind: 'wrongHost'; host: string; hint: MeetingPlatform }> | null {
  const url = webLink(text)
  if (url === null) return { kind: 'noLink' }
  if (platform === 'OTHER') return null
  const found = platformOf(url)
  return found === platform ? null : { kind: 'wrongHost', host: url.hostname, hint: found ?? 'OTHER' }
}
