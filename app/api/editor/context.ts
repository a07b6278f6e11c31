import 'server-only'
import type { z } from 'zod'
import { currentActor, person } from '#lib/auth/actor'
import { currentClient } from '#lib/auth/client'
import { readerOf } from '#lib/auth/reader'
import { parseStrictly } from '#lib/auth/parse'
import { AppError } from '#lib/errors'
import { limitsOf } from '#lib/plans/rules'
import { readLimited } from '#lib/security/read-limited'
import type { School } from '#lib/tenancy/school'

/** Who edits, in which school: what every route of the editor begins with, once its builder has let them in. */
export async function editorContext(school: School) {
  const actor = await currentActor()
  const { userId } = person(actor)
  const { id: tenantId, locale, timeZone } = school
  return {
    sender: { tenantId, userId, locale },
    ...{ tenantId, userId, locale, timeZone },
    client: await currentClient(),
    reader: readerOf(actor),
    limitBytes: limitsOf(school.plan).storageBytes,
  }
}

/** A request's JSON, parsed strictly. @throws AppError 'invalid_input', 'payload_too_large' */
export async function jsonOf<S extends z.ZodType>(
  request: Request,
  shape: S,
  limit: number,
  locale: string,
): Promise<z.infer<S>> {
  const text = await readLimited(request, limit)
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch (error) {
    throw new AppError('invalid_input', 'The body is not JSON.', { cause: error })
  }
  return parseStrictly(shape, value, locale)
}

/** A request's bytes. @throws AppError 'payload_too_large' */
export async function bytesOf(request: Request, limit: number): Promise<Uint8Array> {
  const chunks: Uint8Array[] = []
  let size = 0
  for await (const chunk of request.body ?? []) {
    size += chunk.byteLength
    if (size > limit) throw new AppError('payload_too_large', `A body is larger than ${String(limit)} bytes.`)
    chunks.push(chunk)
  }
  return Buffer.concat(chunks)
}
