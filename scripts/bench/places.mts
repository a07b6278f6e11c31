import type { Client } from 'pg'
import { Failure } from '../launcher/failure.mts'
import type { Place } from './protocol.mts'

export const PAGES = ['front', 'catalogue', 'course', 'lesson'] as const

/** The four pages of one school. */
export type Places = Readonly<Record<Place['page'], Place>>

// Of the published courses that open a lesson to everybody, the one with the most lessons, then with the most learners.
const PICK = `
  select t.id as "tenantId", t.subdomain, c.id as "courseId", p.id as "lessonId", n.lessons
  from "Tenant" t
  join "Course" c on c."tenantId" = t.id and c.status = 'PUBLISHED' and c."deletedAt" is null
  cross join lateral (
    select count(*)::int as lessons from "Module" m
    join "Lesson" l on l."tenantId" = m."tenantId" and l."moduleId" = m.id and l."deletedAt" is null
    where m."tenantId" = t.id and m."courseId" = c.id and m."deletedAt" is null
  ) n
  left join lateral (
    select l.id from "Module" m
    join "Lesson" l on l."tenantId" = m."tenantId" and l."moduleId" = m.id and l."deletedAt" is null and l.preview
    where m."tenantId" = t.id and m."courseId" = c.id and m."deletedAt" is null
    order by m."order", l."order" limit 1
  ) p on true
  where t.subdomain = $1 and c."publishedAt" <= now()
  order by p.id is null, n.lessons desc,
    (select count(*) from "Enrollment" e where e."tenantId" = t.id and e."courseId" = c.id) desc, c.id
  limit 1`

type Picked = {
  tenantId: string
  subdomain: string
  courseId: string
  lessonId: string | null
  lessons: number
}

/** Addresses to measure in a school. @throws Failure when it has no published course */
export async function placesOf(client: Client, subdomain: string): Promise<Places & { lessons: number }> {
  const [picked] = (await client.query<Picked>(PICK, [subdomain])).rows
  if (picked === undefined) throw new Failure(`The school ${subdomain} has no published course to measure.`)
  const { lessons, lessonId, ...rest } = picked
  const place = (page: Place['page']): Place => ({ page, ...rest, lessonId: lessonId ?? '' })
  return {
    front: place('front'),
    catalogue: place('catalogue'),
    course: place('course'),
    lesson: place('lesson'),
    lessons,
  }
}
