import 'server-only'
import { mac } from '#lib/adapters/keys/keys'
import { type Counted, countTry, type Heading, type Rule, settleTries } from '#lib/db/queries/throttles'
import type { TenantDb } from '#lib/db/tenant'
import { AppError } from '#lib/errors'
import { translator } from '#lib/i18n/translate'

/** Who tries a key, and at which course. */
type At = Readonly<{ userId: string; courseId: string }>

type Kind = Rule & Readonly<{ kind: string; free: number }>

/** Of one person at one course: ten wrong keys cost nothing; every further one doubles the wait, up to a quarter of an hour. */
const OWN = { kind: 'enrollment.key', free: 10, rule: 'wait', longest: 900 } as const satisfies Kind

/**
 * Of everybody at one course, since many accounts can guess for one: beyond a hundred wrong keys all are compared one
 * after another, four seconds apart at most. Whoever has hardly tried stands in a line of their own, so that those who
 * guess can't fill it without ever new accounts: the right key takes longer, and still opens. `OWN` is counted before,
 * and its name comes before, so that no two tries wait for each other.
 */
const ALL = { kind: 'enrollment.keys', free: 100, rule: 'turn', pace: 4, calm: 60 } as const satisfies Kind

/** Wrong keys after which somebody no longer stands in the line of those who have hardly tried. */
const HARDLY = 2

/** A key that was counted. */
export type KeyTry = Readonly<{
  /** Seconds to wait before it is compared. */
  hold: number
  own: Heading
  all: Heading
}>

const keyOf = (...parts: readonly string[]): string => mac('throttle', parts.join('\n')).slice(0, 24)

function ownOf({ tenantId }: TenantDb, { userId, courseId }: At): Counted {
  return { ...OWN, key: keyOf(tenantId, 'enrollment', courseId, userId) }
}

function allOf({ tenantId }: TenantDb, { courseId }: At, line: 'new' | 'again'): Counted {
  return { ...ALL, key: keyOf(tenantId, 'enrollments', courseId, line) }
}

function refused(locale: string, words: 'tooOften' | 'busy', wait: number): AppError {
  const t = translator(locale, `learn.enroll.${words}`)
  const key = wait < 90 ? t('seconds', { count: wait }) : t('minutes', { count: Math.ceil(wait / 60) })
  return new AppError('rate_limited', `Wait ${String(wait)} s.`, { fields: { key } })
}

/**
 * Counts a key before it is compared, in a unit of work that ends before the comparison: a wrong key undoes its own
 * unit, and a hundred at once must count as a hundred. @throws AppError 'rate_limited' with words beside the key;
 *   nothing was counted then
 */
export async function countKey(db: TenantDb, at: At, locale: string): Promise<KeyTry> {
  const own = ownOf(db, at)
  const [mine] = await countTry(db, [own])
  if (mine !== undefined && mine.wait > 0) throw refused(locale, 'tooOften', mine.wait)
  const all = allOf(db, at, (mine?.failures ?? 0) > HARDLY ? 'again' : 'new')
  const [together] = await countTry(db, [all])
  if (together !== undefined && together.wait > 0) throw refused(locale, 'busy', together.wait)
  return { hold: together?.hold ?? 0, own, all }
}

/** The key was right: the wrong ones before it are forgotten, and the others lose this one. */
export async function forgetKeys(db: TenantDb, { own, all }: KeyTry): Promise<void> {
  await settleTries(db, { forgotten: [own], takenBack: [all] })
}
