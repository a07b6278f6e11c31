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
import type { WorkForm } from './contract'
import { type Terms, termsOf } from './views'

type Input = Readonly<{ form: WorkForm; userId: string; timeZone: string; locale: string }>

function fault(field: string, message: string): AppError {
  return new AppError('invalid_input', 'Work that can’t be taken.', { fields: { [field]: message } })
}

function isWebAddress(text: string): boolean {
  const url = URL.parse(text)
  return url !== null && /^https?:$/.test(url.protocol) && url.hostname !== ''
}

/** What is handed in: only of the kinds that are taken, and not nothing. */
function workOf({ form, locale }: Input, accepts: readonly string[]) {
  const t = translator(locale, 'assignment.faults')
  const content = accepts.includes('TEXT') && form.content.trim() !== '' ? form.content : null
  const link = accepts.includes('LINK') && form.link !== '' ? form.link : null
  if (link !== null && !isWebAddress(link)) throw fault('link', t('link'))
  if (content === null && link === null)
    throw fault(accepts.includes('TEXT') ? 'content' : 'link', t('nothing'))
  return { content, link }
}

function refuseWhenShut({ state, settings }: Terms, locale: string): void {
  const t = translator(locale, 'assignment.faults')
  if (state === 'closed') throw fault('content', t('closed'))
  if (state === 'used-up') throw fault('content', t('usedUp', { count: settings.times ?? 0 }))
}

const seenOf = ({ seen }: WorkForm): Date | null => (seen === '' ? null : new Date(seen))

/**
 * Keeps what somebody is writing for later.
 * @throws AppError 'not_found' for an assignment that they can't see; 'conflict' when another page of theirs has saved
 * since this one was opened: nothing is written then
 */
export async function saveDraft(db: TenantDb, input: Input): Promise<void> {
  const { form, userId, timeZone, locale } = input
  const { assignmentId, content, link } = form
  const row = await findLearnerAssignment(db, { assignmentId, userId, timeZone })
  if (row === null) throw new AppError('not_found', 'No assignment of one’s own courses has this id.')
  const kept = await putDraft(db, { assignmentId, userId, content, link, seen: seenOf(form) })
  if (!kept)
    throw new AppError('conflict', 'Another page has saved since.', {
      fields: { content: translator(locale, 'assignment.faults')('newer') },
    })
}

/**
 * Hands in, at the moment at which it was asked for by the database's clock. Pressed twice, the second press finds what the first one made.
 * @returns the number of the version and how many days late it is; `fresh`: it was made now
 * @throws AppError 'not_found' for an assignment that they can't see; 'invalid_input' for nothing, for a link that is
 * none, and where nothing is taken in any more
 */
export async function handIn(
  db: TenantDb,
  input: Input,
): Promise<Readonly<{ number: number; daysLate: number; fresh: boolean }>> {
  const { form, userId, timeZone, locale } = input
  const { assignmentId, key } = form
  const now = await lockOwnWork(db, { assignmentId, userId })
  const row = await findLearnerAssignment(db, { assignmentId, userId, timeZone })
  if (now === null || row === null)
    throw new AppError('not_found', 'No assignment of one’s own courses has this id.')
  const { submissionId } = row
  const terms = termsOf({ ...row, now })
  const before = submissionId === null ? null : await findVersionOf(db, { submissionId, key })
  if (before !== null) return { number: before, daysLate: terms.daysLateAt(now), fresh: false }
  refuseWhenShut(terms, locale)
  const work = workOf(input, row.accepts)
  const number = await addVersion(db, { assignmentId, userId, key, at: now, ...work })
  await dropDraft(db, { assignmentId, userId, seen: seenOf(form) })
  return { number, daysLate: terms.daysLateAt(now), fresh: true }
}
