import 'server-only'
import { putTutor } from '#lib/db/queries/tutor'
import { type Author, findEditable } from '#lib/db/queries/teach'
import type { TenantDb } from '#lib/db/tenant'
import { AppError } from '#lib/errors'
import { type SettingsForm, type TutorSettings, tutorSettings } from './contract'

function settingsIn(text: string): TutorSettings | null {
  try {
    return tutorSettings.safeParse(JSON.parse(text)).data ?? null
  } catch {
    return null
  }
}

/**
 * Sets a course's tutor. @returns how it was before and is now; null: it is the same
 * @throws AppError 'conflict' when somebody else changed it since it was read, 'invalid_input'; as `findEditable`
 */
export async function changeSettings(
  db: TenantDb,
  { form, by }: Readonly<{ form: SettingsForm; by: Author }>,
): Promise<Readonly<{ before: TutorSettings; after: TutorSettings }> | null> {
  const { courseId, base, on, manner, topics, openExams } = form
  await findEditable(db, { courseId, by })
  const before = settingsIn(base)
  if (before === null) throw new AppError('invalid_input', 'The settings that were changed can’t be read.')
  const after = { on: on === 'on', manner, topics, openExams: openExams === 'on' }
  if (JSON.stringify(before) === JSON.stringify(after)) return null
  const stored = await putTutor(db, { courseId, base, settings: JSON.stringify(after) })
  if (!stored) throw new AppError('conflict', 'The tutor was set otherwise since it was read.')
  return { before, after }
}
