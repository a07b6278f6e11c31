import 'server-only'
import { createHash, timingSafeEqual } from 'node:crypto'
import { mac } from '#lib/adapters/keys/keys'
import { type Counted, countTry, settleTries } from '#lib/db/queries/throttles'
import type { TenantDb } from '#lib/db/tenant'

/** Who tries a code, and at which exam: nobody's tries keep anybody else out. */
type At = Readonly<{ userId: string; examId: string }>

/** Ten wrong codes cost nothing; every further one doubles the wait, from a second up to a quarter of an hour. */
function headingOf(tenantId: string, { userId, examId }: At): Counted {
  const key = mac('throttle', [tenantId, 'exam', examId, userId].join('\n')).slice(0, 24)
  return { kind: 'exam.code', key, free: 10, rule: 'wait', longest: 900 }
}

function digest(code: string): Buffer {
  return createHash('sha256').update(code.trim().toLowerCase().normalize('NFC')).digest()
}

/**
 * Tries a code. It is counted before it is compared, while the person's seat is locked, so that a hundred at once count
 * as a hundred: the caller's transaction has to be committed whatever comes of it.
 */
export async function tryCode(
  db: TenantDb,
  at: At,
  { given, wanted }: Readonly<{ given: string; wanted: string }>,
): Promise<'right' | 'wrong' | 'too-often'> {
  const heading = headingOf(db.tenantId, at)
  const [tried] = await countTry(db, [heading])
  if ((tried?.wait ?? 0) > 0) return 'too-often'
  if (!timingSafeEqual(digest(given), digest(wanted))) return 'wrong'
  // The one that was right is forgotten with those before it.
  await settleTries(db, { forgotten: [heading], takenBack: [] })
  return 'right'
}
