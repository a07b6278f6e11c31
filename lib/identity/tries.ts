import 'server-only'
import { mac } from '#lib/adapters/keys/keys'
import {
  type Counted,
  countTry,
  type Heading,
  type Rule,
  settleTries,
  type Tried,
} from '#lib/db/queries/throttles'
import type { TenantDb } from '#lib/db/tenant'
import { AppError } from '#lib/errors'
import { translator } from '#lib/i18n/translate'
import { networkOf, placeOf, slowDown } from './rules'

type Kind = Rule & Readonly<{ kind: string; free: number }>

/**
 * What tries to sign in are counted under. See docs/decisions/0007-signing-in.md for what they are weighed against.
 *
 * A browser that somebody has signed in with before (DEVICE) has tries of its own at that account, and nobody else's
 * touch them. Everybody else is counted
 * - with their place and its network at this account, which are refused for a while that grows;
 * - with their place and its network at all accounts, which may send as much as a school's whole house does;
 * - with the school, which makes answers slower, and nothing else;
 * - with the account: tries at it are answered one after another, from wherever they come. Networks that have hardly
 *   tried it stand in a line of their own, so that those who guess can't fill it without ever new networks.
 *
 * Tries under way count until they turn out well. What many share is counted last, and only if the rest lets the try
 * on, so that nobody waits for a stranger's rows for longer than one statement takes. No two tries wait for each other:
 * DEVICE is taken before all others, NEAR before the PAIR that lies in it, and the rest by name.
 */
const DEVICE = { kind: 'sign-in.device', free: 10, rule: 'count', calm: 0 } as const satisfies Kind
const NEAR = { kind: 'sign-in.near', free: 20, rule: 'wait', longest: 900 } as const satisfies Kind
const NETWORK = { kind: 'sign-in.network', free: 1_500, rule: 'leak', calm: 3 } as const satisfies Kind
const PAIR = { kind: 'sign-in.pair', free: 4, rule: 'wait', longest: 900 } as const satisfies Kind
const PLACE = { kind: 'sign-in.place', free: 300, rule: 'leak', calm: 12 } as const satisfies Kind
const SCHOOL = { kind: 'sign-in.school', free: 1_000, rule: 'count', calm: 1 } as const satisfies Kind
const TURN = { kind: 'sign-in.turn', free: 20, rule: 'turn', pace: 8, calm: 60 } as const satisfies Kind

/** Tries at an account after which a network no longer stands in the line of those that have hardly tried it. */
const HARDLY = 3

/** Sign-ins that got as far as the second step, each of which is a token that stands for ten minutes. */
const STEP = { kind: 'sign-in.step', free: 20, rule: 'leak', calm: 30 } as const satisfies Kind

/** Codes of second factors, by who sends them, and by whose they are. */
const CODE = { kind: 'second-factor.pair', free: 5, rule: 'wait', longest: 900 } as const satisfies Kind
const CODES = { kind: 'second-factor.person', free: 100, rule: 'leak', calm: 300 } as const satisfies Kind

/** Keys hold neither address nor IP: what is counted is nobody's business afterwards. */
function key(tenantId: string, ...parts: readonly string[]): string {
  return mac('throttle', [tenantId, ...parts].join('\n')).slice(0, 24)
}

function tooOften(locale: string, seconds: number): AppError {
  const t = translator(locale, 'tries')
  const text =
    seconds < 90 ? t('seconds', { count: seconds }) : t('minutes', { count: Math.ceil(seconds / 60) })
  return new AppError('rate_limited', `Wait ${String(seconds)} s.`, { fields: { form: text } })
}

/** Counts; what is thrown undoes the counts of its unit. @throws AppError 'rate_limited' with the longest wait */
async function countOrRefuse(db: TenantDb, headings: readonly Counted[], locale: string): Promise<Tried[]> {
  const tried = await countTry(db, headings)
  const wait = Math.max(...tried.map((one) => one.wait))
  if (wait > 0) throw tooOften(locale, wait)
  return tried
}

type At = Readonly<{
  account: string
  ip: string
  /** Id of a browser that the person has signed in with, or of their session: checked by the caller. */
  device?: string | null
}>

/** A try that was counted. */
export type SignInTry = Readonly<{
  /** Seconds to hold the answer back. */
  hold: number
  /** What it was counted under. */
  headings: readonly Heading[]
}>

async function countStranger(db: TenantDb, { account, ip }: At, locale: string): Promise<SignInTry> {
  const { tenantId } = db
  const place = placeOf(ip)
  const network = networkOf(ip)
  const here: Counted[] = [
    { ...NEAR, key: key(tenantId, account, 'near', network) },
    { ...PAIR, key: key(tenantId, account, place) },
  ]
  const near = (await countOrRefuse(db, here, locale)).find(({ kind }) => kind === NEAR.kind)
  const line = (near?.failures ?? 0) > HARDLY ? 'again' : 'new'
  const all: Counted[] = [
    { ...NETWORK, key: key(tenantId, 'network', network) },
    { ...PLACE, key: key(tenantId, place) },
    { ...SCHOOL, key: key(tenantId) },
    { ...TURN, key: key(tenantId, account, line) },
  ]
  const tried = await countOrRefuse(db, all, locale)
  const wrong = tried.find(({ kind }) => kind === SCHOOL.kind)?.failures ?? 0
  const hold = Math.max(slowDown(wrong, SCHOOL.free), ...tried.map((one) => one.hold))
  return { hold, headings: [...here, ...all] }
}

/**
 * Counts a try to sign in, before its outcome is known.
 * @throws AppError 'rate_limited'; the unit that it is counted in must end with it, so that nothing of it is counted
 */
export async function countSignIn(db: TenantDb, at: At, locale: string): Promise<SignInTry> {
  const { account, device = null } = at
  if (device !== null) {
    const own = { ...DEVICE, key: key(db.tenantId, account, 'device', device) }
    const [tried] = await countTry(db, [own])
    if (tried !== undefined && tried.failures <= DEVICE.free) return { hold: 0, headings: [own] }
  }
  return countStranger(db, at, locale)
}

/** The try was none of a stranger's: what this place or browser tried at this account is forgotten, the rest loses the one it added. */
export async function settleSignIn(db: TenantDb, { headings }: SignInTry): Promise<void> {
  const own = ({ kind }: Heading): boolean => kind === PAIR.kind || kind === DEVICE.kind
  await settleTries(db, {
    forgotten: headings.filter(own),
    takenBack: headings.filter((one) => !own(one)),
  })
}

/** The try was none at all: nothing was compared. */
export async function takeBackSignIn(db: TenantDb, { headings }: SignInTry): Promise<void> {
  await settleTries(db, { forgotten: [], takenBack: headings })
}

type By = Readonly<{ userId: string; ip: string; device?: string | null }>

/** Who does something as a person: a browser or session of theirs, or a place. */
function senderOf({ ip, device = null }: By): string {
  return device === null ? placeOf(ip) : `device ${device}`
}

/**
 * Counts a sign-in that got as far as the second step. Whoever knows a password could else make steps without end.
 * @throws AppError 'rate_limited'
 */
export async function countStep(db: TenantDb, by: By, locale: string): Promise<void> {
  await countOrRefuse(db, [{ ...STEP, key: key(db.tenantId, 'step', by.userId, senderOf(by)) }], locale)
}

/**
 * What a code is counted under: who sends it, so that nobody else's wrong codes keep the owner from theirs; and the
 * person, unless it comes from a browser or a session of theirs.
 */
function codeHeadings(tenantId: string, by: By): Counted[] {
  const sender = { ...CODE, key: key(tenantId, 'code', by.userId, senderOf(by)) }
  const strangers = { ...CODES, key: key(tenantId, 'codes', by.userId) }
  return (by.device ?? null) === null ? [sender, strangers] : [sender]
}

/** Counts a code of a person's second factor, before it is compared. @throws AppError 'rate_limited' */
export async function countCode(db: TenantDb, by: By, locale: string): Promise<void> {
  await countOrRefuse(db, codeHeadings(db.tenantId, by), locale)
}

/** A right code forgets the wrong ones of its sender before it. */
export async function settleCode(db: TenantDb, by: By): Promise<void> {
  const [sender, ...others] = codeHeadings(db.tenantId, by)
  await settleTries(db, { forgotten: sender === undefined ? [] : [sender], takenBack: others })
}

/** What a letter is about. Letters of one kind never use up those of another. */
type LetterKind =
  'RESET_PASSWORD' | 'MAGIC_LINK' | 'VERIFY_EMAIL' | 'CHANGE_EMAIL' | 'sign-up' | 'school-request'

/**
 * Letters of one kind that one address, one place, and one place for one address, may cause: beyond them nothing is
 * sent, and nothing says so. What one place asks for too often takes nothing from what others may ask for.
 */
export async function mayWrite(
  db: TenantDb,
  at: Readonly<{ letter: LetterKind; account: string; ip: string }>,
): Promise<boolean> {
  const { letter, account, ip } = at
  const place = placeOf(ip)
  // A school's whole house may stand behind one address; those who ask for a school of their own don't.
  const free = letter === 'school-request' ? 30 : 300
  const headings: Counted[] = [
    {
      kind: 'letter.address',
      key: key(db.tenantId, 'letter', letter, account),
      free: 5,
      rule: 'leak',
      calm: 900,
    },
    {
      kind: 'letter.pair',
      key: key(db.tenantId, 'letter', letter, account, place),
      free: 3,
      rule: 'wait',
      longest: 3_600,
    },
    { kind: 'letter.place', key: key(db.tenantId, 'letter-from', place), free, rule: 'leak', calm: 20 },
  ]
  const tried = await countTry(db, headings)
  const refused = new Set(tried.filter(({ wait }) => wait > 0).map(({ kind }) => kind))
  if (refused.size === 0) return true
  await settleTries(db, { forgotten: [], takenBack: headings.filter(({ kind }) => !refused.has(kind)) })
  return false
}
