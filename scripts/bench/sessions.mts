import { createHash, randomBytes } from 'node:crypto'
import type { Client } from 'pg'
import { Failure } from '../launcher/failure.mts'

/** Signs learners of a course in, as signing in does. @returns their Cookie headers @throws Failure when there are fewer */
export async function sessionsOf(
  owner: Client,
  { tenantId, courseId, people }: Readonly<{ tenantId: string; courseId: string; people: number }>,
): Promise<string[]> {
  const tokens = Array.from({ length: people }, () => randomBytes(32).toString('base64url'))
  const hashes = tokens.map((token) => createHash('sha256').update(token).digest('hex'))
  const made = await owner.query(
    `insert into "Session" ("tenantId", "userId", "tokenHash", method, "expiresAt")
     select $1, e."userId", h.hash, 'password', now() + interval '1 day'
     from (select "userId", row_number() over (order by "userId") as place from "Enrollment"
       where "tenantId" = $1 and "courseId" = $2) e
     join unnest($3::text[]) with ordinality as h(hash, place) using (place)`,
    [tenantId, courseId, hashes],
  )
  if (made.rowCount !== people)
    throw new Failure(`The measured course has ${made.rowCount ?? 0} learners to sign in, not ${people}.`)
  return tokens.map((token) => `smartlms.session=${token}`)
}
