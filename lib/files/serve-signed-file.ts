import 'server-only'
import { isShown } from '#lib/adapters/storage/keys'
import { storage } from '#lib/adapters/storage/storage'
import { AppError } from '#lib/errors'
import { answerWith, type FileRequest } from './answer'
import { contentDisposition } from './disposition'
import { checkLink, type LinkQuery } from './links'

/** What learners hand in is saved, pictures too: whoever grades opens it where they open such files. */
function shownInPlace(key: string): boolean {
  return isShown(key) && !key.includes('/private/submissions/')
}

/**
 * Answers a signed link to a school's private file. Pictures, films and sound are shown in place; everything else is
 * saved. Nothing keeps a copy: the link's end would not reach it.
 * @throws AppError 'not_found' for a link that opens nothing (any more) on this host, 'unavailable'
 */
export async function serveSignedFile(
  tenantId: string,
  segments: readonly string[],
  link: LinkQuery,
  request: FileRequest,
): Promise<Response> {
  const opened = checkLink(tenantId, segments, link, new Date())
  const file = opened === null ? null : await storage().open(opened.key)
  if (opened === null || file === null) throw new AppError('not_found', 'The link opens no file.')
  const { key, name } = opened
  return answerWith(file, request, {
    'Cache-Control': 'private, no-store',
    'Content-Disposition': contentDisposition(shownInPlace(key) ? 'inline' : 'attachment', key, name),
  })
}
