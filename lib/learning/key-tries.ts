import 'server-only'
import { mac } from '#lib/adapters/keys/keys'
import { type Counted, countTry, settleTries } from '#lib/db/queries/throttles'
import type { TenantDb } from '#lib/db/tenant'
import { AppError } from '#lib/errors'
import { translator } from '#lib/i18n/translate'

/** Who tries a key, and at which course: nobody's tries keep anybody else out. */
type At = Readonly<{ userId: string; courseId: string }>

/** Ten wrong keys cost nothing; every further one doubles the wait, from a second up to a quarter of an hour. */
function headingOf(tenantId: string, { userId, courseId }: At): Counted {
  const key = mac('throttle', [tenantId, 'enrollment', courseId, userId].join('\n')).slice(0, 24)
  return { kind: 'enrollment.key', key, free: 10, rule: 'wait', longest: 900 }
}

/**
 * Counts a key before it is compared, in a unit of work that ends before the comparison: a wrong key undoes its own
 * unit, and a hundred at once must count as a hundred. @throws AppError 'rate_limited' with words beside the key
 */
export async function countKey(db: TenantDb, at: At, locale: string): Promise<void> {
  const [tried] = await countTry(db, [headingOf(db.tenantId, at)])
  const wait = tried?.wait ?? 0
  if (wait === 0) return
  const t = translator(locale, 'learn.enroll.tooOften')
  const key = wait < 90 ? t('seconds', { count: wait }) : t('minutes', { count: Math.ceil(wait / 60) })
  throw new AppError('rate_limited', `Wait ${String(wait)} s.`, { fields: { key } })
}

/** The key was right: the wrong ones before it are forgotten. */
export async function forgetKeys(db: TenantDb, at: At): Promise<void> {
  await settleTries(db, { forgotten: [headingOf(db.tenantId, at)], takenBack: [] })
}
