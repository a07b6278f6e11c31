import 'server-only'
import type { TenantDb } from '../handle'
import { sql, type Statement } from '../sql'

/** When a lesson opens to learners. Whoever teaches or is in charge sees it before. */

/**
 * Whether lesson `l` is open to the learner of an enrollment: its day has come, and the lesson that it waits for is
 * completed. A lesson that was deleted, or whose part was, keeps nobody waiting.
 * @param enrollmentId a text, or null for somebody who isn't enrolled: for them nothing is completed
 */
export function released(db: TenantDb, enrollmentId: Statement): Statement {
  return sql`((l."releaseAt" is null or l."releaseAt" <= now()) and (l."releaseAfterId" is null
    or not exists (select from "Lesson" b
      join "Module" bm on bm."tenantId" = b."tenantId" and bm.id = b."moduleId" and bm."deletedAt" is null
      where b."tenantId" = ${db.tenantId} and b.id = l."releaseAfterId" and b."deletedAt" is null)
    or exists (select from "LessonProgress" d
      where d."tenantId" = ${db.tenantId} and d."enrollmentId" = ${enrollmentId} and d."lessonId" = l."releaseAfterId" and d.completed)))`
}
