import { owner } from '#tests/support/served'

/** Exams and attempts for requests that are about who may see them. */
export type ExamFacts = Readonly<{
  /** Of a course that the student is enrolled in and neither the first instructor nor the admin is. */
  own: string
  /** The student's attempt at it, handed in. */
  attempt: string
  /** Another student's. */
  others: string
  /** Of another school. */
  foreign: string
}>

async function one(text: string, values: readonly unknown[]): Promise<string> {
  const { rows } = await owner().query<{ id: string }>(text, [...values])
  if (rows[0] === undefined) throw new Error(`The demo world lacks what a test needs: ${text}`)
  return rows[0].id
}

/** Adds what the demo world's student may lack. */
export async function examFacts(tenantId: string, studentId: string): Promise<ExamFacts> {
  const own = await one(
    `select x.id from "Exam" x join "Course" c on c.id = x."courseId" and c.status = 'PUBLISHED'
       join "Enrollment" e on e."courseId" = c.id and e."userId" = $2
     where x."tenantId" = $1 and not exists (
       select from "Enrollment" n join "User" u on u.id = n."userId" and u.role <> 'STUDENT' where n."courseId" = c.id)
     order by x.id limit 1`,
    [tenantId, studentId],
  )
  const foreign = await one(`select x.id from "Exam" x where x."tenantId" <> $1 order by x.id limit 1`, [
    tenantId,
  ])
  await owner().query(
    `update "Exam" set "publishedAt" = coalesce("publishedAt", now()) where id = any($1::text[])`,
    [[own, foreign]],
  )
  const attempt = (userId: string, id: string): Promise<string> =>
    one(
      `insert into "ExamAttempt" (id, "tenantId", "examId", "versionId", "userId", number, counts, answers, "startedAt", "deadlineAt", "submittedAt", "endedBy")
       select $4, v."tenantId", v."examId", v.id, $3, 90, false, '{"version":1,"answers":{}}', now() - interval '2 days',
         now() - interval '1 day', now() - interval '1 day', 'LEARNER'
       from "ExamVersion" v where v."tenantId" = $1 and v."examId" = $2 order by v.number desc limit 1
       on conflict (id) do update set number = 90 returning id`,
      [tenantId, own, userId, id],
    )
  const other = await one(
    `select id from "User" where "tenantId" = $1 and role = 'STUDENT' and id <> $2 order by id limit 1`,
    [tenantId, studentId],
  )
  return {
    own,
    attempt: await attempt(studentId, 'matrixattemptown'),
    others: await attempt(other, 'matrixattemptother'),
    foreign,
  }
}
