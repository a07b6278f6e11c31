import 'server-only'
import type { z } from 'zod'
import { type Actor, person } from '#lib/auth/actor'
import { currentClient } from '#lib/auth/client'
import { jsonBody } from '#lib/auth/json-body'
import { type TenantDb, withTenant } from '#lib/db/tenant'
import { AppError } from '#lib/errors'
import type { School } from '#lib/tenancy/school'

/** Who sits, in which school, and what was sent: what every route of the exam room begins with. */
export async function examRequest<S extends z.ZodType>(
  { request, school, actor }: Readonly<{ request: Request; school: School; actor: Actor }>,
  { shape, limit }: Readonly<{ shape: S; limit: number }>,
): Promise<{ userId: string; body: z.infer<S>; client: Awaited<ReturnType<typeof currentClient>> }> {
  const { userId } = person(actor)
  const body = await jsonBody(request, { shape, limit, locale: school.locale })
  return { userId, body, client: await currentClient() }
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
