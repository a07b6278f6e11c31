import { createHash } from 'node:crypto'
import type { Client } from 'pg'

// A school of three thousand people who all sit one exam of forty questions.

const SCHOOL = 'benchexams'
export const EXAM_HOST = 'bench-exams'
export const EXAM = 'benchexamsx'
export const EXAMINEES = 3_000
const QUESTIONS = 40

export type Examinee = Readonly<{ userId: string; cookie: string }>

/** Half single choice with four options, half true or false. */
function questions(): unknown[] {
  return Array.from({ length: QUESTIONS }, (_, n) => {
    const common = {
      version: 1,
      id: `q${n}`,
      prompt: `What of ${n}?`,
      points: 1,
      explanation: 'Because it is so.',
    }
    if (n % 2 === 0) return { ...common, type: 'true-false', correct: true }
    const options = ['a', 'b', 'c', 'd'].map((id) => ({ id, text: `The answer that begins with ${id}` }))
    return { ...common, type: 'single', options, correct: 'a' }
  })
}

const STATEMENTS: readonly string[] = [
  `insert into "Tenant" (id, name, subdomain) values ($1, 'Benchmark exams', '${EXAM_HOST}')`,
  `insert into "User" (id, "tenantId", email, name, password, role)
     values ($1 || 't', $1, 'teacher@example.org', 'Teacher', '!', 'INSTRUCTOR')`,
  `insert into "User" (id, "tenantId", email, name, password, role)
     select $1 || 's' || n, $1, 's' || n || '@example.org', 'Learner ' || n, '!', 'STUDENT'
     from generate_series(0, ${EXAMINEES - 1}) n`,
  `insert into "Course" (id, "tenantId", "instructorId", title, status, "publishedAt")
     values ($1 || 'c', $1, $1 || 't', 'Benchmark course', 'PUBLISHED', now())`,
  `insert into "Enrollment" ("tenantId", "courseId", "userId")
     select $1, $1 || 'c', $1 || 's' || n from generate_series(0, ${EXAMINEES - 1}) n`,
]

const SETTINGS = JSON.stringify({ attempts: null, shuffleQuestions: true, shuffleOptions: true })

/** Makes the school, once, and signs everybody in. */
export async function makeExamHall(owner: Client): Promise<Examinee[]> {
  const there = await owner.query('select from "Tenant" where id = $1', [SCHOOL])
  const people = Array.from({ length: EXAMINEES }, (_, n) => {
    const token = createHash('sha256').update(`bench ${n}`).digest('base64url')
    return { userId: `${SCHOOL}s${n}`, token }
  })
  const examinees = people.map(({ userId, token }) => ({ userId, cookie: `smartlms.session=${token}` }))
  if (there.rowCount !== 0) return examinees
  for (const text of STATEMENTS) await owner.query(text, [SCHOOL])
  const asked = JSON.stringify(questions())
  await owner.query(
    `insert into "Exam" (id, "tenantId", "courseId", title, duration, questions, settings, "publishedAt")
     values ($2, $1, $1 || 'c', 'Benchmark exam', 120, $3::jsonb, $4::jsonb, now())`,
    [SCHOOL, EXAM, asked, SETTINGS],
  )
  await owner.query(
    `insert into "ExamVersion" (id, "tenantId", "examId", number, duration, questions, settings)
     values ($2 || 'v', $1, $2, 1, 120, $3::jsonb, $4::jsonb)`,
    [SCHOOL, EXAM, asked, SETTINGS],
  )
  await owner.query(
    `insert into "Session" ("tenantId", "userId", "tokenHash", method, "expiresAt")
     select $1, s.who, s.hash, 'password', now() + interval '1 day' from unnest($2::text[], $3::text[]) s(who, hash)`,
    [
      SCHOOL,
      people.map(({ userId }) => userId),
      people.map(({ token }) => createHash('sha256').update(token).digest('hex')),
    ],
  )
  await owner.query('analyze')
  return examinees
}

/** Ends what runs, so that a next round can start anew. */
export async function clearHall(owner: Client): Promise<void> {
  await owner.query('delete from "ExamAttempt" where "tenantId" = $1', [SCHOOL])
}
