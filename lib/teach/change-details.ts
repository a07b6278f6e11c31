import 'server-only'
import { ensureCategories, listCategories, setCourseCategories } from '#lib/db/queries/categories'
import { type Author, getSettings, lockEditable, writeSettings } from '#lib/db/queries/teach'
import type { TenantDb } from '#lib/db/tenant'
import { AppError, type FieldErrors } from '#lib/errors'
import { translator } from '#lib/i18n/translate'
import { type DetailsForm, KEY_MIN } from './contract'
import { DETAIL_FIELDS, type DetailField, type Details, mergeDetails, readLines } from './rules'
import { detailsOf } from './views'

const split = (list: string): string[] => list.split(',').filter(Boolean)

/** What somebody else put into a field meanwhile, for the one who typed something else. */
async function theirWords(
  db: TenantDb,
  theirs: Details,
  conflicts: readonly DetailField[],
  locale: string,
): Promise<FieldErrors> {
  const t = translator(locale, 'teach.details')
  const names = conflicts.includes('categories') ? await listCategories(db) : []
  const shown = (field: DetailField): string => {
    const value = theirs[field]
    if (value === '') return t('theirsEmpty')
    if (field === 'enrollment') return t(`modes.${value === 'KEY' || value === 'INVITED' ? value : 'OPEN'}`)
    if (field !== 'categories') return value
    const ids = split(value)
    return names
      .filter(({ id }) => ids.includes(id))
      .map(({ name }) => name)
      .join(', ')
  }
  return Object.fromEntries(conflicts.map((field) => [field, t('theirs', { value: shown(field) })]))
}

async function write(db: TenantDb, courseId: string, merged: Details): Promise<void> {
  const { title, description, outcomes, timeZone, enrollment, enrollmentKey, capacity, categories } = merged
  await writeSettings(db, {
    ...{ courseId, title, outcomes: readLines(outcomes) },
    description: description === '' ? null : description,
    timeZone: timeZone === '' ? null : timeZone,
    enrollment: enrollment === 'KEY' || enrollment === 'INVITED' ? enrollment : 'OPEN',
    enrollmentKey: enrollmentKey === '' ? null : enrollmentKey,
    capacity: capacity === '' ? null : Number(capacity),
  })
  await setCourseCategories(db, { courseId, categoryIds: split(categories) })
}

/**
 * Changes the details of a course. What only one of two editors changed is kept from both; a field that both changed,
 * differently, is refused and names what stands there now.
 * @returns what changed, as the log keeps it; null when nothing did
 * @throws AppError 'conflict' and 'invalid_input' naming the fields, 'not_found'; 'forbidden' for a colleague's course
 */
export async function changeDetails(
  db: TenantDb,
  input: Readonly<{ by: Author; locale: string; form: DetailsForm }>,
): Promise<{ before: Partial<Details>; after: Partial<Details> } | null> {
  const { by, locale, form } = input
  const { courseId, base, title, description, timeZone, enrollment, enrollmentKey, capacity } = form
  await lockEditable(db, { courseId, by })
  const theirs = detailsOf(await getSettings(db, courseId))
  const made = await ensureCategories(db, form.newCategories)
  const mine: Details = {
    ...{ title, description, timeZone, enrollment, enrollmentKey, capacity },
    outcomes: form.outcomes.join('\n'),
    categories: [...new Set([...form.categories, ...made])].sort().join(),
  }
  const { merged, conflicts } = mergeDetails(base, mine, theirs)
  if (conflicts.length > 0) {
    const fields = await theirWords(db, theirs, conflicts, locale)
    throw new AppError('conflict', 'Two people changed the same details.', { fields })
  }
  if (merged.enrollment === 'KEY' && merged.enrollmentKey.length < KEY_MIN) {
    const fields = { enrollmentKey: translator(locale, 'teach.details')('keyShort', { count: KEY_MIN }) }
    throw new AppError('invalid_input', 'The enrollment key is too short.', { fields })
  }
  const changed = DETAIL_FIELDS.filter((field) => merged[field] !== theirs[field])
  if (changed.length === 0) return null
  await write(db, courseId, merged)
  // The key is a secret of those who teach; that it changed is enough for the log.
  const side = (details: Details) =>
    Object.fromEntries(changed.map((field) => [field, field === 'enrollmentKey' ? '…' : details[field]]))
  return { before: side(theirs), after: side(merged) }
}
