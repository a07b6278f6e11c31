import 'server-only'
import { createHash } from 'node:crypto'
import { isKey } from '#lib/adapters/storage/keys'
import { fileName, keyName } from '#lib/files/handed-names'
import { signedUrl } from '#lib/files/links'

/** Files that learners hand in: where they lie, whose they are, and how they are opened. */

/** Of one question of one attempt. */
export type FilePlace = Readonly<{ attemptId: string; questionId: string }>

/** Half a day: as long as an exam may take, or somebody who grades sits over it. */
const SECONDS = 43_200

/** Ids of questions have capitals, and keys don't. */
function folderOf(tenantId: string, { attemptId, questionId }: FilePlace): string {
  const question = createHash('sha256').update(questionId).digest('hex').slice(0, 16)
  return `${tenantId}/private/exams/${attemptId}/${question}/`
}

/** The prefix of all files of a question of an attempt. */
export const filesFolder = folderOf

/** A new key. `random`: 32 hex digits; `extension` without its dot. */
export function fileKey(
  tenantId: string,
  place: FilePlace,
  file: Readonly<{ name: string; extension: string; random: string }>,
): string {
  return `${folderOf(tenantId, place)}${keyName(file)}`
}

/** Whether a key is one of this question's of this very attempt. */
export function isFileOf(tenantId: string, place: FilePlace, key: string): boolean {
  return isKey(key) && key.startsWith(folderOf(tenantId, place))
}

/**
 * The address of a file that stands in an answer of this attempt. Call it only for somebody who may read the attempt:
 * the link is the permission. @returns null for a key that isn't one of the question's of the attempt
 */
export function answerFileUrl(tenantId: string, place: FilePlace, key: string): string | null {
  if (!isFileOf(tenantId, place, key)) return null
  return signedUrl(tenantId, key, { now: new Date(), seconds: SECONDS, name: fileName(key) })
}
