import 'server-only'
import { affected, firstRow, rows, type TenantDb } from '../handle'
import { type Cursor, cutPage, type Page } from '../keyset'
import { sql, type Statement } from '../sql'
import { newestFirst } from './paging'

/** Dates of their own that single people have in one assignment. Whether the course is one's own has been asked before. */

type Which = Readonly<{ courseId: string; assignmentId: string }>
type Whose = Which & Readonly<{ userId: string }>

function from(db: TenantDb, { courseId, assignmentId }: Which): Statement {
  return sql`"AssignmentExtension" x
    join "Assignment" a on a."tenantId" = x."tenantId" and a.id = x."assignmentId" and a."courseId" = ${courseId}
    join "User" u on u."tenantId" = x."tenantId" and u.id = x."userId" and u."deletedAt" is null
    left join "Enrollment" e on e."tenantId" = x."tenantId" and e."courseId" = a."courseId" and e."userId" = x."userId"
    left join "Submission" s on s."tenantId" = x."tenantId" and s."assignmentId" = a.id and s."userId" = x."userId"
    where x."tenantId" = ${db.tenantId} and x."assignmentId" = ${assignmentId}`
}

export type ExtensionRow = {
  id: string
  userId: string
  name: string
  email: string
  dueDate: Date
  note: string | null
  /** Whether they still are in the course. */
  enrolled: boolean
  /** When they handed in, last; null: not yet. */
  submittedAt: Date | null
  createdAt: Date
}

/** One page of the people who have another date, the one who got it last first. One statement. */
export async function listExtensions(
  db: TenantDb,
  input: Which & Readonly<{ cursor: Cursor | null; limit: number }>,
): Promise<Page<ExtensionRow>> {
  const { cursor, limit } = input
  const { where, order } = newestFirst(cursor, sql`x."createdAt"`, sql`x.id`)
  const found = await rows<ExtensionRow>(
    db,
    sql`select x.id, x."userId", u.name, u.email, x."dueDate", x.note, e.id is not null as enrolled, s."submittedAt", x."createdAt"
      from ${from(db, input)} ${where} order by ${order} limit ${limit + 1}`,
  )
  return cutPage(found, limit, cursor, (row) => row.createdAt)
}

export type Extension = {
  dueDate: Date
  /** `YYYY-MM-DDTHH:mm` by the clocks of the zone that was asked for. */
  dueAt: string
  note: string | null
}

/** What one person has; null: nothing. One statement. @param input.timeZone IANA */
export async function findExtension(
  db: TenantDb,
  input: Whose & Readonly<{ timeZone: string }>,
): Promise<Extension | null> {
  return firstRow<Extension>(
    db,
    sql`select x."dueDate", to_char(x."dueDate" at time zone ${input.timeZone}, 'YYYY-MM-DD"T"HH24:MI') as "dueAt", x.note
      from ${from(db, input)} and x."userId" = ${input.userId}`,
  )
}

/**
 * Gives somebody another date, in place of the one they had. They are enrolled, the assignment is the course's.
 * @returns whether anything is another than before
 */
export async function putExtension(
  db: TenantDb,
  input: Whose & Readonly<{ dueDate: Date; note: string | null }>,
): Promise<boolean> {
  const { courseId, assignmentId, userId, dueDate, note } = input
  const written = await affected(
    db,
    sql`insert into "AssignmentExtension" as x ("tenantId", "assignmentId", "userId", "dueDate", note)
      select a."tenantId", a.id, ${userId}, ${dueDate}, ${note}
      from "Assignment" a where a."tenantId" = ${db.tenantId} and a.id = ${assignmentId} and a."courseId" = ${courseId}
      on conflict ("tenantId", "assignmentId", "userId") do update
        set "dueDate" = excluded."dueDate", note = excluded.note, "updatedAt" = now()
        where x."tenantId" = ${db.tenantId} and (x."dueDate", x.note) is distinct from (excluded."dueDate", excluded.note)`,
  )
  return written === 1
}

/** Takes the date of one's own back. @returns whether there was any */
export async function deleteExtension(
  db: TenantDb,
  { courseId, assignmentId, userId }: Whose,
): Promise<boolean> {
  const gone = await affected(
    db,
    sql`delete from "AssignmentExtension" x using "Assignment" a
      where x."tenantId" = ${db.tenantId} and x."assignmentId" = ${assignmentId} and x."userId" = ${userId}
        and a."tenantId" = x."tenantId" and a.id = x."assignmentId" and a."courseId" = ${courseId}`,
  )
  return gone === 1
}
