import 'server-only'
import { type Actor, person } from '#lib/auth/actor'
import { currentClient } from '#lib/auth/client'
import { readerOf } from '#lib/auth/reader'
import { AppError } from '#lib/errors'
import { limitsOf } from '#lib/plans/rules'
import type { School } from '#lib/tenancy/school'

/** Who edits, in which school: what every route of the editor begins with, once its builder has let them in. */
export async function editorContext(school: School, actor: Actor) {
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
