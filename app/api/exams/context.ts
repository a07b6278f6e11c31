import 'server-only'
import type { z } from 'zod'
import { currentActor, person } from '#lib/auth/actor'
import { currentClient } from '#lib/auth/client'
import { parseStrictly } from '#lib/auth/parse'
import { type TenantDb, withTenant } from '#lib/db/tenant'
import { AppError } from '#lib/errors'
import { readLimited } from '#lib/security/read-limited'
import type { School } from '#lib/tenancy/school'

/** Who sits, in which school, and what was sent: what every route of the exam room begins with. */
export async function examRequest<S extends z.ZodType>(
  request: Request,
  school: School,
  { shape, limit }: Readonly<{ shape: S; limit: number }>,
): Promise<{ userId: string; body: z.infer<S>; client: Awaited<ReturnType<typeof currentClient>> }> {
  const { userId } = person(await currentActor())
  const text = await readLimited(request, limit)
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch (error) {
    throw new AppError('invalid_input', 'The body is not JSON.', { cause: error })
  }
  return { userId, body: parseStrictly(shape, value, school.locale), client: await currentClient() }
}

/**
 * A unit of work of the exam room. What others' locks kept from being done is to be tried again, which 503 says and 409
 * doesn't.
 */
export async function examUnit<T>(school: School, work: (db: TenantDb) => Promise<T>): Promise<T> {
  try {
    return await withTenant(school.id, work)
  } catch (error) {
    if (error instanceof AppError && error.code === 'conflict' && error.reason === null)
      throw new AppError('unavailable', error.message, { cause: error })
    throw error
  }
}
