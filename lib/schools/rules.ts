import { limitsOf, type PlanName, usageState, type UsageState } from '#lib/plans/rules'

/** Which addresses a school may take, how it stands to its plan, and what the platform may do with it. */

export const SUBDOMAIN_MIN = 3
export const SUBDOMAIN_MAX = 40

/** Names that mean something of their own: to browsers, to mail, to us, or to somebody who reads an address bar. */
const RESERVED = [
  ...[
    'www',
    'web',
    'app',
    'apps',
    'api',
    'graphql',
    'admin',
    'administrator',
    'root',
    'sysadmin',
    'superuser',
  ],
  ...[
    'mail',
    'email',
    'smtp',
    'imap',
    'pop',
    'pop3',
    'webmail',
    'mailer',
    'postmaster',
    'hostmaster',
    'webmaster',
  ],
  ...[
    'mx',
    'ns',
    'ns1',
    'ns2',
    'dns',
    'ftp',
    'sftp',
    'ssh',
    'vpn',
    'proxy',
    'gateway',
    'autodiscover',
    'autoconfig',
  ],
  ...['wpad', 'isatap', 'localhost', 'localdomain', 'broadcasthost', 'internal', 'intranet', 'local'],
  ...[
    'platform',
    'console',
    'dashboard',
    'control',
    'manage',
    'system',
    'server',
    'host',
    'hosting',
    'cloud',
  ],
  ...[
    'support',
    'help',
    'helpdesk',
    'status',
    'health',
    'contact',
    'abuse',
    'security',
    'noc',
    'trust',
    'legal',
  ],
  ...['privacy', 'terms', 'about', 'info', 'press', 'news', 'jobs', 'careers', 'billing', 'pay', 'payment'],
  ...['payments', 'invoice', 'shop', 'store', 'pricing', 'docs', 'documentation', 'wiki', 'blog', 'forum'],
  ...[
    'community',
    'static',
    'assets',
    'cdn',
    'media',
    'files',
    'images',
    'img',
    'upload',
    'uploads',
    'download',
  ],
  ...[
    'downloads',
    'auth',
    'oauth',
    'sso',
    'login',
    'logout',
    'sign-in',
    'sign-up',
    'sign-out',
    'signin',
    'signup',
  ],
  ...[
    'register',
    'account',
    'accounts',
    'profile',
    'user',
    'users',
    'password',
    'verify',
    'secure',
    'session',
  ],
  ...[
    'test',
    'testing',
    'dev',
    'develop',
    'development',
    'stage',
    'staging',
    'preview',
    'beta',
    'demo',
    'sandbox',
  ],
  ...['prod', 'production', 'live', 'backup', 'smartlms', 'smart-lms', 'lms', 'school', 'schools', 'tenant'],
  ...['everyone', 'nobody', 'null', 'undefined', 'example', 'invalid', 'onion'],
] as const

/**
 * What a name looks like at a glance: hyphens gone, letters and digits that are mistaken for each other made one
 * (0 o, 1 l i, 5 s, rn m, vv w). Two names with one skeleton could be used to pass for each other.
 * lib/db/platform/addresses.ts has the same in SQL; a test keeps the two in step.
 */
export function skeletonOf(subdomain: string): string {
  return subdomain
    .replaceAll('-', '')
    .replaceAll('rn', 'm')
    .replaceAll('vv', 'w')
    .replaceAll('0', 'o')
    .replaceAll(/[1i]/g, 'l')
    .replaceAll('5', 's')
}

/** `smartlms-support` would pass for us as well. */
const PRODUCT = skeletonOf('smartlms')
const RESERVED_SKELETONS = new Set(RESERVED.map(skeletonOf))

/** Why no school may have a subdomain. */
export type SubdomainFault = 'letters' | 'hyphens' | 'short' | 'long' | 'reserved'

/**
 * What is wrong with a subdomain in itself, whoever has it; null for a good one. Only ASCII: what a browser shows of
 * other letters is an xn-- name, which the rule about hyphens keeps out.
 */
export function subdomainFault(subdomain: string): SubdomainFault | null {
  if (!/^[a-z0-9-]*$/.test(subdomain)) return 'letters'
  if (subdomain.length < SUBDOMAIN_MIN) return 'short'
  if (subdomain.length > SUBDOMAIN_MAX) return 'long'
  if (/^-|--|-$/.test(subdomain)) return 'hyphens'
  const skeleton = skeletonOf(subdomain)
  return RESERVED_SKELETONS.has(skeleton) || skeleton.includes(PRODUCT) ? 'reserved' : null
}

/** Letters that don't come apart into a plain one and an accent. */
const PLAIN: Readonly<Record<string, string>> = {
  ...{ ß: 'ss', æ: 'ae', œ: 'oe', ø: 'o', ł: 'l', đ: 'd', ð: 'd', þ: 'th', ı: 'i', '&': ' and ' },
}

/** A subdomain made of a school's name, as far as it goes: empty for a name without Latin letters. */
export function suggestSubdomain(name: string): string {
  const plain = [...name.toLowerCase()].map((letter) => PLAIN[letter] ?? letter).join('')
  const words = plain
    .normalize('NFKD')
    .replaceAll(/[\p{M}'’]/gu, '')
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-|-$/g, '')
  if (words.length <= SUBDOMAIN_MAX) return words
  const cut = words.slice(0, SUBDOMAIN_MAX + 1)
  const whole = cut.slice(0, cut.lastIndexOf('-'))
  return cut.includes('-') ? whole : words.slice(0, SUBDOMAIN_MAX)
}

/** `acme.example:3000` of the address `https://acme.example:3000/`. */
export function hostOf(url: string): string {
  return url.replace(/^[a-z]+:\/\//, '').replace(/\/$/, '')
}

/** The address of a school's host, made of the root host's. */
export function schoolUrl(siteUrl: string, subdomain: string): string {
  return siteUrl.replace('://', `://${subdomain}.`)
}

export const PLAN_NAMES = ['FREE', 'PRO', 'ENTERPRISE'] as const satisfies readonly PlanName[]

export const SCHOOL_STATUSES = ['ACTIVE', 'SUSPENDED', 'INACTIVE'] as const
export type SchoolStatus = (typeof SCHOOL_STATUSES)[number]

/** Where a school may go from where it is. A closed one is opened again before anything else is done with it. */
export const NEXT_STATUSES = {
  ACTIVE: ['SUSPENDED', 'INACTIVE'],
  SUSPENDED: ['ACTIVE', 'INACTIVE'],
  INACTIVE: ['ACTIVE'],
} as const satisfies Record<SchoolStatus, readonly SchoolStatus[]>

/** Whether the platform may take a school from one status to another. */
export function mayBecome(from: SchoolStatus, to: SchoolStatus): boolean {
  return NEXT_STATUSES[from].some((next) => next === to)
}

/** Letters that a reason has at least: the platform's door opens with no less. */
export const REASON_MIN = 8
export const REASON_MAX = 500

/** What a school uses of what its plan counts. */
export type Usage = Readonly<{ people: number; courses: number; storageBytes: number }>

export type UsageKind = keyof Usage

export type UsageLine = Readonly<{
  kind: UsageKind
  used: number
  limit: number | null
  state: UsageState
  /** Beyond the limit, as a smaller plan can leave a school. */
  over: boolean
}>

/** How a school stands to a plan, line by line. */
export function usageLines(plan: PlanName, usage: Usage): UsageLine[] {
  const limits = limitsOf(plan)
  return (['people', 'courses', 'storageBytes'] as const).map((kind) => {
    const [used, limit] = [usage[kind], limits[kind]]
    return { kind, used, limit, state: usageState(used, limit), over: limit !== null && used > limit }
  })
}
