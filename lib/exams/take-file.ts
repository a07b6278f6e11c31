import 'server-only'
import { randomBytes } from 'node:crypto'
import { contentTypeOf } from '#lib/adapters/storage/keys'
import { storage } from '#lib/adapters/storage/storage'
import { sittingOf } from '#lib/db/queries/answers'
import { countFilesIn } from '#lib/db/queries/exam-files'
import { recordFile, storageUsed } from '#lib/db/queries/files'
import { type TenantDb, withTenant } from '#lib/db/tenant'
import { looksLike } from '#lib/editor/rules/file-types'
import { AppError, type ErrorCode } from '#lib/errors'
import { endingOf, fileName } from '#lib/files/handed-names'
import { wholeOf } from '#lib/files/parts'
import { putCounted } from '#lib/files/put-counted'
import { answerFileUrl, fileKey, filesFolder } from './answer-files'
import type { Question } from './contract'
import type { FileQuery, FileRefusal, UploadedAnswer } from './contract/taking'
import { planOf, versionOf } from './versions'

/** Files that one question of an attempt keeps, those that were taken out of the answer included. */
const MOST_FILES = 20
/** Kinds that have a look of their own; of others the name is believed, and they are never shown in place. */
const KNOWN = new Set(['pdf', 'zip', 'docx', 'xlsx', 'pptx', 'odt', 'ods', 'odp', 'txt', 'csv'])

const CODES: Readonly<Record<FileRefusal, ErrorCode>> = {
  type: 'invalid_input',
  empty: 'invalid_input',
  size: 'payload_too_large',
  'too-many': 'limit_reached',
  'no-room': 'limit_reached',
  closed: 'conflict',
}

function refused(reason: FileRefusal): AppError {
  return new AppError(CODES[reason], `A file for an exam is refused: ${reason}.`, { reason })
}

type Input = Readonly<{
  tenantId: string
  userId: string
  query: FileQuery
  body: ReadableStream<Uint8Array> | null
  /** Of the school's plan. */
  limitBytes: number | null
  /** Writes the log, in the unit that books the file. */
  record: (db: TenantDb, file: Readonly<{ key: string; bytes: number }>) => Promise<void>
}>

type FileQuestion = Extract<Question, { type: 'file-upload' }>

/** The question that the file is for, while its attempt runs. Before any byte is taken from somebody who may not. */
async function questionFor(db: TenantDb, { userId, query, limitBytes }: Input): Promise<FileQuestion> {
  const { examId, attemptId, questionId } = query
  const own = { attemptId, examId, userId }
  const plan = await planOf(db, own)
  if (plan.types.get(questionId) !== 'file-upload')
    throw new AppError('not_found', 'The attempt has no such question for files.')
  const { submittedAt, overdue } = await sittingOf(db, own)
  if (submittedAt !== null || overdue) throw refused('closed')
  const { questions } = await versionOf(db, plan.versionId)
  const question = questions.find(({ id }) => id === questionId)
  if (question?.type !== 'file-upload') throw new AppError('not_found', 'The version has no such question.')
  if ((await countFilesIn(db, filesFolder(db.tenantId, query))) >= MOST_FILES) throw refused('too-many')
  if (limitBytes !== null && (await storageUsed(db)) + (query.part?.size ?? 1) > limitBytes)
    throw refused('no-room')
  return question
}

/**
 * Takes a file for a question of one's running attempt: as a stream into the store, then into the school's books. It
 * belongs to the attempt once its key stands in a saved answer.
 * @returns null while other parts of it have to come
 * @throws AppError 'not_found' for an attempt or question that isn't this person's; otherwise with a `FileRefusal`
 */
export async function takeFile(input: Input): Promise<UploadedAnswer | null> {
  const { tenantId, userId, query, body, limitBytes, record } = input
  const question = await withTenant(tenantId, (db) => questionFor(db, input))
  const extension = endingOf(query.name)
  if (!question.accept.includes(extension)) throw refused('type')
  if (body === null) throw refused('empty')
  if (query.part !== undefined && query.part.size > question.maxBytes) throw refused('size')
  const whole = await wholeOf({
    tenantId,
    place: `exam ${query.attemptId} ${query.questionId}`,
    part: query.part,
    body,
  })
  if (whole === null) return null
  const random = randomBytes(16).toString('hex')
  const key = fileKey(tenantId, query, { name: query.name, extension, random })
  const { bytes, head, sha256 } = await putCounted(key, whole.body, { most: question.maxBytes, refused })
  try {
    if (KNOWN.has(extension) && !looksLike(extension, head)) throw refused('type')
    const file = { key, kind: 'exam', contentType: contentTypeOf(key), bytes, sha256 }
    await withTenant(tenantId, async (db) => {
      await recordFile(db, { ...file, uploadedById: userId }, limitBytes)
      // Again: what was sent at the same moment has been booked by now, or waits for this.
      if ((await countFilesIn(db, filesFolder(tenantId, query))) > MOST_FILES) throw refused('too-many')
      await record(db, { key, bytes })
    })
  } catch (error) {
    await storage().remove(key)
    if (error instanceof AppError && error.code === 'limit_reached' && error.reason === null)
      throw refused('no-room')
    throw error
  }
  await whole.forget()
  return { key, name: fileName(key), bytes, url: answerFileUrl(tenantId, query, key) ?? '' }
}
