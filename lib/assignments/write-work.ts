import 'server-only'
import {
  addVersion,
  dropDraft,
  findLearnerAssignment,
  findVersionOf,
  lockOwnWork,
  putDraft,
} from '#lib/db/queries/assignments'
import type { TenantDb } from '#lib/db/tenant'
import { AppError } from '#lib/errors'
import { translator } from '#lib/i18n/translate'
import type { z } from 'zod'
import type { draftBody, WorkForm } from './contract'
import { type Terms, termsOf } from './views'
import { areOwnFiles } from './work-files'

type Draft = z.infer<typeof draftBody>
type By = Readonly<{ userId: string; timeZone: string; locale: string }>
type Input = By & Readonly<{ form: WorkForm }>

function fault(field: string, message: string): AppError {
  return new AppError('invalid_input', 'Work that can’t be taken.', { fields: { [field]: message } })
}

function isWebAddress(text: string): boolean {
  const url = URL.parse(text)
  return url !== null && /^https?:$/.test(url.protocol) && url.hostname !== ''
}

function firstField(accepts: readonly string[]): string {
  if (accepts.includes('TEXT')) return 'content'
  return accepts.includes('LINK') ? 'link' : 'files'
}

/** What is handed in: only of the kinds that are taken, and not nothing. */
function workOf({ form, locale }: Input, accepts: readonly string[]) {
  const t = translator(locale, 'assignment.faults')
  const content = accepts.includes('TEXT') && form.content.trim() !== '' ? form.content : null
  const link = accepts.includes('LINK') && form.link !== '' ? form.link : null
  const files = accepts.includes('FILE') ? form.files : []
  if (link !== null && !isWebAddress(link)) throw fault('link', t('link'))
  if (content === null && link === null && files.length === 0) throw fault(firstField(accepts), t('nothing'))
  return { content, link, files }
}

/** Files that somebody else sent, or that were let go since, belong to nobody's work. */
async function refuseOthersFiles(
  db: TenantDb,
  { form, userId, locale }: By & Readonly<{ form: Draft }>,
  files: readonly string[],
): Promise<void> {
  if (!(await areOwnFiles(db, { assignmentId: form.assignmentId, userId }, files)))
    throw fault('files', translator(locale, 'assignment.faults')('fileGone'))
}

function refuseWhenShut({ state, settings }: Terms, accepts: readonly string[], locale: string): void {
  const field = firstField(accepts)
  const t = translator(locale, 'assignment.faults')
  if (state === 'closed') throw fault(field, t('closed'))
  if (state === 'used-up') throw fault(field, t('usedUp', { count: settings.times ?? 0 }))
}

const seenOf = ({ seen }: Draft): Date | null => (seen === '' ? null : new Date(seen))

/**
 * Keeps what somebody is writing for later.
 * @returns when it was saved: what the next one has seen
 * @throws AppError 'not_found' for an assignment that they can't see; 'conflict' when another page of theirs has saved
 * since this one was opened: nothing is written then; 'invalid_input' for files that aren't theirs
 */
export async function saveDraft(db: TenantDb, input: By & Readonly<{ form: Draft }>): Promise<string> {
  const { form, userId, timeZone, locale } = input
  const { assignmentId, content, link } = form
  const row = await findLearnerAssignment(db, { assignmentId, userId, timeZone })
  if (row === null) throw new AppError('not_found', 'No assignment of one’s own courses has this id.')
  const files = row.accepts.includes('FILE') ? form.files : []
  await refuseOthersFiles(db, input, files)
  const kept = await putDraft(db, { assignmentId, userId, content, link, files, seen: seenOf(form) })
  if (kept === null)
    throw new AppError('conflict', 'Another page has saved since.', {
      fields: { [firstField(row.accepts)]: translator(locale, 'assignment.faults')('newer') },
    })
  return kept.toISOString()
}

/**
 * Hands in, at the moment at which it was asked for by the database's clock. Pressed twice, the second press finds what the first one made.
 * @returns the number of the version and how many days late it is; `fresh`: it was made now, with so many `files`
 * @throws AppError 'not_found' for an assignment that they can't see; 'invalid_input' for nothing, for a link that is
 * none, for files that aren't theirs, and where nothing is taken in any more
 */
export async function handIn(
  db: TenantDb,
  input: Input,
): Promise<Readonly<{ number: number; daysLate: number; files: number; fresh: boolean }>> {
  const { form, userId, timeZone, locale } = input
  const { assignmentId, key } = form
  const now = await lockOwnWork(db, { assignmentId, userId })
  const row = await findLearnerAssignment(db, { assignmentId, userId, timeZone })
  if (now === null || row === null)
    throw new AppError('not_found', 'No assignment of one’s own courses has this id.')
  const { submissionId } = row
  const terms = termsOf({ ...row, now })
  const before = submissionId === null ? null : await findVersionOf(db, { submissionId, key })
  if (before !== null) return { number: before, daysLate: terms.daysLateAt(now), files: 0, fresh: false }
  refuseWhenShut(terms, row.accepts, locale)
  const work = workOf(input, row.accepts)
  await refuseOthersFiles(db, input, work.files)
  const number = await addVersion(db, { assignmentId, userId, key, at: now, ...work })
  await dropDraft(db, { assignmentId, userId, seen: seenOf(form) })
  return { number, daysLate: terms.daysLateAt(now), files: work.files.length, fresh: true }
}
