import 'server-only'
import { isKey, isShown } from '#lib/adapters/storage/keys'
import { storage } from '#lib/adapters/storage/storage'
import { AppError } from '#lib/errors'
import { answerWith, type FileRequest } from './answer'

/**
 * Answers with a school's public file, whole or the part that was asked for. The key is built here from the school's
 * id, so a path can't name another school's files; kinds that could run script are as good as absent.
 * It may be kept by the visitor's own browser only: a shared cache would need the host in its key.
 * @throws AppError 'not_found', 'unavailable'
 */
export async function servePublicFile(
  tenantId: string,
  segments: readonly string[],
  request: FileRequest,
): Promise<Response> {
  const key = [tenantId, 'public', ...segments].join('/')
  const plain = isKey(key) && isShown(key) && segments.every((segment) => !segment.includes('/'))
  const file = plain ? await storage().open(key) : null
  if (file === null) throw new AppError('not_found', 'No such public file.')
  return answerWith(file, request, { 'Cache-Control': 'private, max-age=3600' })
}
