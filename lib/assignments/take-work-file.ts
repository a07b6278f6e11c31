import 'server-only'
import { randomBytes } from 'node:crypto'
import { contentTypeOf } from '#lib/adapters/storage/keys'
import { storage } from '#lib/adapters/storage/storage'
import { findLearnerAssignment } from '#lib/db/queries/assignments'
import { recordFile, storageUsed } from '#lib/db/queries/files'
import { countUnhanded } from '#lib/db/queries/submission-files'
import { type TenantDb, withTenant } from '#lib/db/tenant'
import { AppError, type ErrorCode } from '#lib/errors'
import { endingOf, keyName } from '#lib/files/handed-names'
import { wholeOf } from '#lib/files/parts'
import { putCounted } from '#lib/files/put-counted'
import { type TakenFile, type WorkFileQuery, type WorkFileRefusal } from './contract'
import { FILE_BYTES_MAX, FILES_MAX } from './contract/limits'
import { changeDraftFiles } from './draft-files'
import { looksLikeWork, WORK_ENDINGS } from './rules/file-kinds'
import { termsOf } from './views'
import { shownFiles, workFolder } from './work-files'

/** Files that a person keeps for one assignment without having handed them in, those taken out again included. */
const MOST_KEPT = 20

const CODES: Readonly<Record<WorkFileRefusal, ErrorCode>> = {
  type: 'invalid_input',
  empty: 'invalid_input',
  size: 'payload_too_large',
  'too-many': 'limit_reached',
  'no-room': 'limit_reached',
  closed: 'conflict',
}

function refused(reason: WorkFileRefusal): AppError {
  return new AppError(CODES[reason], `A file for an assignment is refused: ${reason}.`, { reason })
}

type Input = Readonly<{
  tenantId: string
  userId: string
  /** IANA: the school's. */
  timeZone: string
  query: WorkFileQuery
  body: ReadableStream<Uint8Array> | null
  /** Of the school's plan. */
  limitBytes: number | null
  /** Writes the log, in the unit that books the file. */
  record: (db: TenantDb, file: Readonly<{ key: string; bytes: number }>) => Promise<void>
}>

/** Before any byte is taken from somebody who may not, and again before it is booked: that may be much later. */
async function refuseWhereShut(db: TenantDb, { userId, timeZone, query }: Input): Promise<void> {
  const { assignmentId } = query
  const row = await findLearnerAssignment(db, { assignmentId, userId, timeZone })
  if (row === null || !row.accepts.includes('FILE'))
    throw new AppError('not_found', 'No assignment of one’s own courses takes files under this id.')
  const { state } = termsOf(row)
  if (state === 'closed' || state === 'used-up') throw refused('closed')
}

async function refuseWhereFull(db: TenantDb, { userId, query, limitBytes }: Input): Promise<void> {
  const own = { assignmentId: query.assignmentId, userId }
  if ((await countUnhanded(db, own, workFolder(db.tenantId, own))) >= MOST_KEPT) throw refused('too-many')
  if (limitBytes !== null && (await storageUsed(db)) + (query.part?.size ?? 1) > limitBytes)
    throw refused('no-room')
}

/** Books what lies in the store and makes it part of the draft. @returns what the page has seen then */
async function book(
  db: TenantDb,
  input: Input,
  file: Readonly<{ key: string; bytes: number; sha256: string }>,
): Promise<string | null> {
  const { userId, query, limitBytes, record } = input
  const { key, bytes } = file
  const own = { assignmentId: query.assignmentId, userId }
  await refuseWhereShut(db, input)
  const booked = { ...file, kind: 'submission', contentType: contentTypeOf(key), uploadedById: userId }
  await recordFile(db, booked, limitBytes)
  // Again: what was sent at the same moment has been booked by now, or waits for this.
  if ((await countUnhanded(db, own, workFolder(db.tenantId, own))) > MOST_KEPT) throw refused('too-many')
  const seen = await changeDraftFiles(db, { ...own, seen: query.seen }, (files) => {
    if (files.length >= FILES_MAX) throw refused('too-many')
    return [...files, key]
  })
  await record(db, { key, bytes })
  return seen
}

/**
 * Takes a file for an assignment: as a stream into the store, then into the school's books and the draft together.
 * One that breaks off on the way leaves nothing.
 * @returns null while other parts of it have to come
 * @throws AppError 'not_found' for an assignment that they can't see or that takes no files; 'conflict' where the draft
 * is being changed all the time; otherwise with a `WorkFileRefusal`
 */
export async function takeWorkFile(input: Input): Promise<TakenFile | null> {
  const { tenantId, userId, query, body } = input
  const own = { assignmentId: query.assignmentId, userId }
  await withTenant(tenantId, async (db) => {
    await refuseWhereShut(db, input)
    await refuseWhereFull(db, input)
  })
  const extension = endingOf(query.name)
  if (!WORK_ENDINGS.includes(extension)) throw refused('type')
  if (body === null) throw refused('empty')
  if (query.part !== undefined && query.part.size > FILE_BYTES_MAX) throw refused('size')
  const whole = await wholeOf({
    tenantId,
    place: `assignment ${own.assignmentId} ${userId}`,
    part: query.part,
    body,
  })
  if (whole === null) return null
  const random = randomBytes(16).toString('hex')
  const key = workFolder(tenantId, own) + keyName({ name: query.name, extension, random })
  const { bytes, head, sha256 } = await putCounted(key, whole.body, { most: FILE_BYTES_MAX, refused })
  try {
    if (!looksLikeWork(extension, head)) throw refused('type')
    const seen = await withTenant(tenantId, (db) => book(db, input, { key, bytes, sha256 }))
    await whole.forget()
    const [file] = shownFiles(tenantId, own, [{ key, bytes }])
    if (file === undefined) throw new Error('A file that was taken is not shown.')
    return { ...file, seen }
  } catch (error) {
    await storage().remove(key)
    if (error instanceof AppError && error.code === 'limit_reached' && error.reason === null)
      throw refused('no-room')
    throw error
  }
}
