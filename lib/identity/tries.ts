import 'server-only'
import { mac } from '#lib/adapters/keys/keys'
import { type Counted, countTry, settleTries, type Tried } from '#lib/db/queries/throttles'
import type { TenantDb } from '#lib/db/tenant'
import { AppError } from '#lib/errors'
import { translator } from '#lib/i18n/translate'
import { placeOf, slowDown } from './rules'

/**
 * The headings that a try to sign in is counted under. Refused, for a while that grows, are a place that has tried an
 * account in vain, and a place that has tried a few hundred accounts: whoever has the right password and comes from
 * elsewhere gets in. Many wrong tries at one account, or in a school as a whole, only make the answer slower, which
 * guessing a million passwords can't afford and one person can. (Tries under way count until they turn out well, so
 * a place is given as many as a school's whole house may send in one minute.)
 */
const PAIR = { kind: 'sign-in.pair', free: 4, longest: 900 } as const
const ACCOUNT = { kind: 'sign-in.account', free: 20, longest: 0 } as const
const PLACE = { kind: 'sign-in.place', free: 300, longest: 30 } as const
const SCHOOL = { kind: 'sign-in.school', free: 1_000, longest: 0 } as const

/** Keys hold neither address nor IP: what is counted is nobody's business afterwards. */
function key(tenantId: string, ...parts: readonly string[]): string {
  return mac('throttle', [tenantId, ...parts].join('\n')).slice(0, 24)
}

type At = Readonly<{ account: string; ip: string }>

function headings(tenantId: string, { account, ip }: At): Counted[] {
  const place = placeOf(ip)
  return [
    { ...PAIR, key: key(tenantId, account, place) },
    { ...ACCOUNT, key: key(tenantId, account) },
    { ...PLACE, key: key(tenantId, place) },
    { ...SCHOOL, key: key(tenantId) },
  ]
}

function tooOften(locale: string, seconds: number): AppError {
  const t = translator(locale, 'tries')
  const text =
    seconds < 90 ? t('seconds', { count: seconds }) : t('minutes', { count: Math.ceil(seconds / 60) })
  return new AppError('rate_limited', `Wait ${String(seconds)} s.`, { fields: { form: text } })
}

/**
 * Counts a try to sign in, before its outcome is known.
 * @returns seconds to hold the answer back @throws AppError 'rate_limited'
 */
export async function countSignIn(db: TenantDb, at: At, locale: string): Promise<number> {
  const tried = await countTry(db, headings(db.tenantId, at))
  const of = (kind: string): Tried | undefined => tried.find((row) => row.kind === kind)
  const wait = Math.max(of(PAIR.kind)?.wait ?? 0, of(PLACE.kind)?.wait ?? 0)
  if (wait > 0) throw tooOften(locale, wait)
  return Math.max(...[ACCOUNT, SCHOOL].map(({ kind, free }) => slowDown(of(kind)?.failures ?? 0, free)))
}

/** The try was none of a stranger's: the pair's count is forgotten, the others lose the one it added. */
export async function settleSignIn(db: TenantDb, at: At): Promise<void> {
  const all = headings(db.tenantId, at)
  await settleTries(db, {
    forgotten: all.filter(({ kind }) => kind === PAIR.kind),
    takenBack: all.filter(({ kind }) => kind !== PAIR.kind),
  })
}

/** Letters that one address, and one place, may cause: beyond them nothing is sent, and nothing says so. */
export async function mayWrite(db: TenantDb, at: At): Promise<boolean> {
  const tried = await countTry(db, [
    { kind: 'letter.address', key: key(db.tenantId, 'letter', at.account), free: 3, longest: 3_600 },
    { kind: 'letter.place', key: key(db.tenantId, 'letter-from', placeOf(at.ip)), free: 30, longest: 600 },
  ])
  return tried.every(({ wait }) => wait === 0)
}

/** Counts a wrong code of a person's second factor. @throws AppError 'rate_limited' */
export async function countCode(db: TenantDb, userId: string, locale: string): Promise<void> {
  const [tried] = await countTry(db, [
    { kind: 'second-factor', key: key(db.tenantId, 'code', userId), free: 5, longest: 900 },
  ])
  if (tried !== undefined && tried.wait > 0) throw tooOften(locale, tried.wait)
}

/** A right code forgets the wrong ones before it. */
export async function settleCode(db: TenantDb, userId: string): Promise<void> {
  await settleTries(db, {
    forgotten: [{ kind: 'second-factor', key: key(db.tenantId, 'code', userId) }],
    takenBack: [],
  })
}
