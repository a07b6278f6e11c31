import type { Client } from 'pg'
import { SCHOOLS } from './schools'

/**
 * Brings `Enrollment.progress` of the demo schools back in line with their lessons. Needed where a newer version of
 * the demo world added lessons to courses that were there: enrollments keep their rows, and their percentages would lie.
 */
export async function recountProgress(client: Client): Promise<void> {
  await client.query(
    `with lessons as (
      select m."courseId", count(*) total from "Module" m
      join "Lesson" l on l."tenantId" = m."tenantId" and l."moduleId" = m.id
      where m."tenantId" = any($1) and m."deletedAt" is null and l."deletedAt" is null group by 1
    ), counted as (
      select e.id, e."tenantId", count(p.id) done, n.total, max(p."completedAt") latest
      from "Enrollment" e join lessons n using ("courseId")
      left join "LessonProgress" p on p."tenantId" = e."tenantId" and p."enrollmentId" = e.id and p.completed
      where e."tenantId" = any($1) group by e.id, e."tenantId", n.total
    )
    update "Enrollment" e set progress = round(least(done, total) * 100.0 / total, 2),
      "completedAt" = case when done >= total then coalesce(e."completedAt", latest) end
    from counted c where c."tenantId" = e."tenantId" and c.id = e.id
      and e.progress <> round(least(done, total) * 100.0 / total, 2)::float8`,
    [SCHOOLS.map(({ id }) => id)],
  )
}

/** Adds what the rows left to be counted to the tallies, as the worker does: the demo shows its numbers at once. */
export async function foldDemo(client: Client): Promise<void> {
  for (const { id } of SCHOOLS) await client.query('select smartlms_fold($1, 1000000)', [id])
}
