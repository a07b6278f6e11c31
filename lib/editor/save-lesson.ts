import 'server-only'
import { InvalidDocumentError, type LessonDocument, parseDocument } from '#lib/content/document'
import { filmOf } from '#lib/content/films'
import type { Reader } from '#lib/db/queries/catalog'
import { type EditedLesson, getLessonToEdit, mayWaitFor, momentOf } from '#lib/db/queries/lesson-editor'
import { keepFiles } from '#lib/db/queries/lesson-files'
import { updateLesson } from '#lib/db/queries/lessons'
import { recompleteLesson } from '#lib/db/queries/progress'
import type { TenantDb } from '#lib/db/tenant'
import { AppError } from '#lib/errors'
import { translator } from '#lib/i18n/translate'
import { notify } from '#lib/notifications/notify'
import type { LessonState, SaveRequest } from './contract'
import { fileKeys, stateOf } from './views'

type Input = SaveRequest & Readonly<{ lessonId: string; reader: Reader; timeZone: string; locale: string }>

/** What a save came to: the lesson's new `updatedAt` and the fields that changed, or what somebody else saved before. */
export type Saved =
  | Readonly<{
      kind: 'saved'
      updatedAt: Date
      before: Readonly<Record<string, unknown>>
      after: Readonly<Record<string, unknown>>
      /** Whether the text changed. */
      text: boolean
    }>
  | Readonly<{ kind: 'conflict'; theirs: LessonState }>

type Refusal = 'document' | 'file' | 'film' | 'captions' | 'noFilm' | 'watched' | 'after'

function refused(locale: string, field: string, reason: Refusal, cause?: unknown): AppError {
  const fields = { [field]: translator(locale, 'editor')(`refused.${reason}`) }
  return new AppError('invalid_input', `A lesson was refused: ${reason}.`, { fields, cause })
}

function documentOf(value: unknown, locale: string): LessonDocument | undefined {
  if (value === undefined) return undefined
  try {
    return parseDocument(JSON.stringify(value))
  } catch (error) {
    if (error instanceof InvalidDocumentError) throw refused(locale, 'document', 'document', error)
    throw error
  }
}

/**
 * Every file that a lesson begins to name is in the school's books, and stays there: a key that was guessed, or is
 * another school's, is in none.
 */
async function assertFiles(
  db: TenantDb,
  keys: readonly string[],
  known: ReadonlySet<string>,
  fault: AppError,
): Promise<void> {
  const wanted = keys.filter((key) => !known.has(key))
  if (wanted.length === 0) return
  const recorded = new Set(await keepFiles(db, wanted))
  if (!wanted.every((key) => key.startsWith(`${db.tenantId}/`) && recorded.has(key))) throw fault
}

async function assertFilm(db: TenantDb, row: EditedLesson, { changes, locale }: Input): Promise<void> {
  const { videoUrl, captions } = changes
  const upload = (key: string, type: RegExp) =>
    key.startsWith(`${db.tenantId}/private/lessons/`) && type.test(key)
  if (videoUrl != null && videoUrl !== row.videoUrl && filmOf(videoUrl) === null) {
    const fault = refused(locale, 'videoUrl', 'film')
    if (!upload(videoUrl, /\.(?:mp4|webm)$/)) throw fault
    await assertFiles(db, [videoUrl], new Set(), fault)
  }
  if (captions != null && captions !== row.captions) {
    const fault = refused(locale, 'captions', 'captions')
    if (!upload(captions, /\.vtt$/)) throw fault
    await assertFiles(db, [captions], new Set(), fault)
  }
}

/** Nobody could ever complete a lesson by watching a film that it hasn't. */
function assertCompletable(row: EditedLesson, { changes, locale }: Input): void {
  const completion = changes.completion ?? row.completion
  const film = changes.videoUrl === undefined ? row.videoUrl : changes.videoUrl
  if (completion !== 'WATCHED' || film !== null) return
  if (changes.videoUrl !== undefined) throw refused(locale, 'videoUrl', 'watched')
  if (changes.completion !== undefined) throw refused(locale, 'completion', 'noFilm')
}

async function assertOrder(db: TenantDb, row: EditedLesson, { changes, locale }: Input): Promise<void> {
  const { releaseAfterId } = changes
  if (releaseAfterId == null || releaseAfterId === row.releaseAfterId) return
  const order = { courseId: row.courseId, lessonId: row.id, afterId: releaseAfterId }
  if (!(await mayWaitFor(db, order))) throw refused(locale, 'releaseAfterId', 'after')
}

/** What the log says of a change: the fields' values, of the text only that it changed. */
function difference(row: EditedLesson, changes: Omit<SaveRequest['changes'], 'document'>) {
  const was: Readonly<Record<string, unknown>> = { ...row }
  const changed = Object.entries(changes).filter(
    ([name, value]) => value !== undefined && value !== was[name],
  )
  return {
    before: Object.fromEntries(changed.map(([name]) => [name, was[name]])),
    after: Object.fromEntries(changed),
  }
}

/**
 * Saves what an author changed, unless somebody else saved the lesson meanwhile: then nothing changes, and theirs is
 * the answer. @throws AppError 'not_found' for a lesson that isn't this person's to edit, 'invalid_input'
 */
export async function saveLesson(db: TenantDb, input: Input): Promise<Saved> {
  const { lessonId, reader, timeZone, seen, locale } = input
  const document = documentOf(input.changes.document, locale)
  const row = await getLessonToEdit(db, { lessonId, reader, timeZone, lock: true })
  if (row.updatedAt.getTime() !== seen.getTime()) return { kind: 'conflict', theirs: stateOf(row) }
  if (document !== undefined) {
    // What was there may stay, whether the books know it or not: the demo's own pictures are in none.
    const known = new Set(fileKeys(stateOf(row).document))
    await assertFiles(db, fileKeys(document), known, refused(locale, 'document', 'file'))
  }
  await assertFilm(db, row, input)
  assertCompletable(row, input)
  await assertOrder(db, row, input)
  const { document: _document, releaseAt, ...rest } = input.changes
  const moment =
    releaseAt == null ? releaseAt : await momentOf(db, { local: releaseAt, timeZone: row.timeZone })
  const changes = {
    ...Object.fromEntries(Object.entries(rest).filter(([, value]) => value !== undefined)),
    ...(document === undefined ? {} : { content: document }),
    ...(moment === undefined ? {} : { releaseAt: moment }),
  }
  const { updatedAt } = await updateLesson(db, { lessonId, seen, changes })
  const { before, after } = difference(row, { ...rest, ...(releaseAt === undefined ? {} : { releaseAt }) })
  if ('releaseAt' in after && moment != null && moment > new Date())
    await notify(db, { kind: 'new-lessons', id: row.courseId, at: moment.getTime(), runAt: moment })
  if ('completion' in after || 'completionPercent' in after || 'videoUrl' in after || 'duration' in after)
    await recompleteLesson(db, { courseId: row.courseId, lessonId })
  return { kind: 'saved', updatedAt, before, after, text: document !== undefined }
}
