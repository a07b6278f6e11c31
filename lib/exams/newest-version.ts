import 'server-only'
import type { GradedExam } from '#lib/db/queries/exam-grades'
import type { TenantDb } from '#lib/db/tenant'
import type { Question } from './contract'
import { type ExamSettings, examSettingsSchema } from './contract/settings'
import { versionOf } from './versions'

/** Questions and settings that learners get now; none before the first version. */
export async function newestOf(
  db: TenantDb,
  { versionId }: Pick<GradedExam, 'versionId'>,
): Promise<Readonly<{ questions: readonly Question[]; settings: ExamSettings }>> {
  return versionId === null
    ? { questions: [], settings: examSettingsSchema.parse({}) }
    : await versionOf(db, versionId)
}
