import { FRESH_MINUTES, type LetterPart, type ProfileView, type Proof } from './contract'

/** Whether a sign-in was lately enough to stand for a password that somebody doesn't have. */
export function isFresh(signedInAt: Date, now: Date): boolean {
  const age = now.getTime() - signedInAt.getTime()
  return age >= 0 && age < FRESH_MINUTES * 60_000
}

/** What this person has to show before a change of how they sign in. */
export function proofOf(person: Readonly<{ hasPassword: boolean; signedInAt: Date }>, now: Date): Proof {
  if (person.hasPassword) return 'password'
  return isFresh(person.signedInAt, now) ? 'fresh' : 'stale'
}

/** A person's profile as it is shown to themselves. */
export function profileOf(
  person: Readonly<{
    name: string
    email: string
    timeZone: string | null
    hasPassword: boolean
    signedInAt: Date
  }>,
  avatarUrl: string | null,
  now: Date,
): ProfileView {
  const { name, email, timeZone } = person
  return { name, email, timeZone, avatarUrl, proof: proofOf(person, now) }
}

type Mark = readonly [pattern: RegExp, name: string]

/** First match wins: nearly every browser also names those that it wants to be taken for. */
const BROWSERS: readonly Mark[] = [
  [/\bEdg(?:e|A|iOS)?\/\d/, 'Edge'],
  [/\b(?:OPR|Opera|OPT)\/\d/, 'Opera'],
  [/\bSamsungBrowser\/\d/, 'Samsung Internet'],
  [/\bVivaldi\/\d/, 'Vivaldi'],
  [/\bYaBrowser\/\d/, 'Yandex Browser'],
  [/\bDuckDuckGo\/\d/, 'DuckDuckGo'],
  [/\b(?:Firefox|FxiOS)\/\d/, 'Firefox'],
  [/\b(?:Chrome|Chromium|CriOS|HeadlessChrome)\/\d/, 'Chrome'],
  [/\bVersion\/\d+.*\bSafari\/\d/, 'Safari'],
]

/** iPads with desktop pages call themselves Macs, so a Mac may be one; nothing in the text tells them apart. */
const SYSTEMS: readonly Mark[] = [
  [/\bWindows NT\b/, 'Windows'],
  [/\biPhone\b/, 'iPhone'],
  [/\biPad\b/, 'iPad'],
  [/\bAndroid\b/, 'Android'],
  [/\bCrOS\b/, 'ChromeOS'],
  [/\bMacintosh\b/, 'macOS'],
  [/\bLinux\b/, 'Linux'],
]

function markOf(marks: readonly Mark[], text: string): string | null {
  return marks.find(([pattern]) => pattern.test(text))?.[1] ?? null
}

/** What a browser says of itself, in words that its owner knows. A guess for their eyes; nothing is decided by it. */
export function deviceOf(userAgent: string | null): { browser: string | null; system: string | null } {
  const text = (userAgent ?? '').slice(0, 300)
  return { browser: markOf(BROWSERS, text), system: markOf(SYSTEMS, text) }
}

/** Whether somebody would still come in without one of their identities. Letters with links don't count: mail fails. */
export function mayUnlink(input: Readonly<{ hasPassword: boolean; identities: number }>): boolean {
  return input.hasPassword || input.identities > 1
}

export type ZoneGroup = { region: string; zones: { id: string; city: string }[] }

const OTHER = 'UTC'

/** Time zones by their region, each with its place in plain words: `America/New_York` → America, "New York". */
export function zoneGroups(zones: Iterable<string>): ZoneGroup[] {
  const groups = new Map<string, ZoneGroup>()
  for (const id of [...zones].sort()) {
    const slash = id.indexOf('/')
    const region = slash < 0 || id.startsWith('Etc/') ? OTHER : id.slice(0, slash)
    const city = (slash < 0 ? id : id.slice(slash + 1)).replaceAll('_', ' ').replaceAll('/', ', ')
    const group = groups.get(region) ?? { region, zones: [] }
    group.zones.push({ id, city })
    groups.set(region, group)
  }
  return [...groups.values()]
}

/** An address in a letter's text, up to what can't belong to one. A sentence's own end isn't part of it. */
const ADDRESS = /https?:\/\/[^\s<>"'`]*[^\s<>"'`.,;:!?)\]]/g

/**
 * A letter's text with its links. Only addresses of this installation become links (the root host's and its schools',
 * scheme and port included): whatever else somebody wrote into a name stays text.
 * @param site address of the root host
 */
export function letterParts(text: string, site: string): LetterPart[] {
  const parts: LetterPart[] = []
  let from = 0
  for (const match of text.matchAll(ADDRESS)) {
    const before = text.slice(from, match.index)
    if (before !== '') parts.push({ text: before, href: null })
    parts.push({ text: match[0], href: isOurs(match[0], site) ? match[0] : null })
    from = match.index + match[0].length
  }
  const rest = text.slice(from)
  return rest === '' ? parts : [...parts, { text: rest, href: null }]
}

function isOurs(address: string, site: string): boolean {
  if (!URL.canParse(address) || !URL.canParse(site)) return false
  const given = new URL(address)
  const root = new URL(site)
  const ours = given.hostname === root.hostname || given.hostname.endsWith(`.${root.hostname}`)
  const plain = given.username === '' && given.password === ''
  return ours && plain && given.protocol === root.protocol && given.port === root.port
}

/** The part of the day that it is for somebody, for greeting them. */
export function dayPart(now: Date, timeZone: string): 'morning' | 'afternoon' | 'evening' {
  const hour = Number(
    new Intl.DateTimeFormat('en', { hour: '2-digit', hourCycle: 'h23', timeZone }).format(now),
  )
  if (hour >= 4 && hour < 12) return 'morning'
  return hour >= 12 && hour < 18 ? 'afternoon' : 'evening'
}
