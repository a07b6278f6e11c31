import 'server-only'
import { affected, firstRow, rows, type TenantDb } from '../handle'
import { sql, type Statement } from '../sql'
import { oneRow } from './changes'
import { closedForAll } from './exam-view'

/** What grades are made of: the points of a course's exams and assignments, and what was changed by hand. */

export type GradingRow = {
  /** `GradeScheme` as stored. */
  grading: unknown
  /** IANA: the course's, or else the school's. */
  timeZone: string
}

/** How a course is graded. Whether it is one's own has been asked before. @throws AppError 'not_found' */
export async function getGrading(
  db: TenantDb,
  input: Readonly<{ courseId: string; timeZone: string }>,
): Promise<GradingRow> {
  return oneRow<GradingRow>(
    db,
    sql`select c.grading, coalesce(c."timeZone", ${input.timeZone}) as "timeZone" from "Course" c
      where c."tenantId" = ${db.tenantId} and c.id = ${input.courseId} and c."deletedAt" is null`,
    'course',
  )
}

/** The same for somebody who is enrolled. @throws AppError 'not_found' where they aren't, or the course is a draft */
export async function getOwnGrading(
  db: TenantDb,
  input: Readonly<{ courseId: string; userId: string; timeZone: string }>,
): Promise<GradingRow & { title: string }> {
  const { courseId, userId, timeZone } = input
  return oneRow<GradingRow & { title: string }>(
    db,
    sql`select c.grading, c.title, coalesce(c."timeZone", ${timeZone}) as "timeZone" from "Course" c
      join "Enrollment" e on e."tenantId" = c."tenantId" and e."courseId" = c.id and e."userId" = ${userId}
      where c."tenantId" = ${db.tenantId} and c.id = ${courseId} and c."deletedAt" is null and c.status <> 'DRAFT'`,
    'course',
  )
}

/**
 * Writes how a course is graded, if it is as it was seen. @param base the scheme that was seen, as JSON
 * @returns whether it was
 */
export async function putGrading(
  db: TenantDb,
  input: Readonly<{ courseId: string; base: string; scheme: string }>,
): Promise<boolean> {
  const { courseId, base, scheme } = input
  const done = await affected(
    db,
    sql`update "Course" set grading = ${scheme}::jsonb
      where "tenantId" = ${db.tenantId} and id = ${courseId} and grading = ${base}::jsonb`,
  )
  return done === 1
}

export type GradeItemRow = {
  id: string
  kind: 'exam' | 'assignment'
  title: string
  dueAt: Date | null
  /** Decimal text; null: an exam's follow from its questions. */
  points: string | null
  /** Of an exam: each question's id and points. */
  weights: { id: string; points: number }[]
  settings: unknown
  /** When results of an exam were released. */
  releasedAt: Date | null
  /** Whether an exam is over for everybody. */
  closedForAll: boolean
}

/** The exams and assignments of a course that its learners see, in the order of their dates. One statement. */
export async function listGradeItems(db: TenantDb, courseId: string, limit: number): Promise<GradeItemRow[]> {
  return rows<GradeItemRow>(
    db,
    sql`select i.* from (
        select x.id, 'exam' as kind, x.title, x."endDate" as "dueAt", null::text as points,
          (select coalesce(jsonb_agg(jsonb_build_object('id', q->'id', 'points', q->'points')), '[]'::jsonb)
            from jsonb_array_elements(v.questions) q) as weights,
          v.settings, x."releasedAt", ${closedForAll(db)} as "closedForAll", x."createdAt"
        from "Exam" x
        join lateral (select n.questions, n.settings from "ExamVersion" n
          where n."tenantId" = ${db.tenantId} and n."examId" = x.id order by n.number desc limit 1) v on true
        where x."tenantId" = ${db.tenantId} and x."courseId" = ${courseId} and x."deletedAt" is null and x."publishedAt" is not null
        union all
        select a.id, 'assignment', a.title, a."dueDate", a.points::text, '[]'::jsonb, a.settings, null, false, a."createdAt"
        from "Assignment" a
        where a."tenantId" = ${db.tenantId} and a."courseId" = ${courseId} and a."deletedAt" is null and a."publishedAt" is not null
      ) i order by i."dueAt" nulls last, i."createdAt", i.id limit ${limit}`,
  )
}

export type GradePerson = { userId: string; name: string; email: string }

/** People enrolled in a course, by name. @param userId null: everybody. One statement. */
export async function listGradePeople(
  db: TenantDb,
  input: Readonly<{ courseId: string; userId: string | null; limit: number }>,
): Promise<GradePerson[]> {
  const { courseId, userId, limit } = input
  return rows<GradePerson>(
    db,
    sql`select u.id as "userId", u.name, u.email from "Enrollment" e
      join "User" u on u."tenantId" = e."tenantId" and u.id = e."userId" and u."deletedAt" is null
      where e."tenantId" = ${db.tenantId} and e."courseId" = ${courseId} and (${userId}::text is null or u.id = ${userId})
      order by u.name, u.id limit ${limit}`,
  )
}

const ofPerson = (column: Statement, userId: string | null): Statement =>
  userId === null ? sql`` : sql`and ${column} = ${userId}`

export type ScoreRow = {
  userId: string
  examId: string
  attemptId: string
  score: string | null
  maxScore: string | null
  submittedAt: Date
  gradedAt: Date | null
}

/** The attempts that give grades. @param userId null: everybody's. One statement. */
export async function listScores(
  db: TenantDb,
  { courseId, userId }: Readonly<{ courseId: string; userId: string | null }>,
): Promise<ScoreRow[]> {
  return rows<ScoreRow>(
    db,
    sql`select a."userId", a."examId", a.id as "attemptId", a.score::text as score, a."maxScore"::text as "maxScore",
        a."submittedAt", a."gradedAt"
      from "Exam" x
      join "ExamAttempt" a on a."tenantId" = x."tenantId" and a."examId" = x.id and a.counts and a."submittedAt" is not null
      where x."tenantId" = ${db.tenantId} and x."courseId" = ${courseId} and x."deletedAt" is null ${ofPerson(sql`a."userId"`, userId)}`,
  )
}

export type WorkRow = {
  userId: string
  assignmentId: string
  submissionId: string
  /** As it was given, before lateness. */
  grade: string | null
  submittedAt: Date
  gradedAt: Date | null
  releasedAt: Date | null
  /** The person's own date. */
  extendedTo: Date | null
}

/** What was handed in. @param userId null: everybody's. One statement. */
export async function listWork(
  db: TenantDb,
  { courseId, userId }: Readonly<{ courseId: string; userId: string | null }>,
): Promise<WorkRow[]> {
  return rows<WorkRow>(
    db,
    sql`select s."userId", s."assignmentId", s.id as "submissionId", s.grade::text as grade, s."submittedAt", s."gradedAt",
        s."releasedAt", e."dueDate" as "extendedTo"
      from "Assignment" a
      join "Submission" s on s."tenantId" = a."tenantId" and s."assignmentId" = a.id
      left join "AssignmentExtension" e on e."tenantId" = ${db.tenantId} and e."assignmentId" = a.id and e."userId" = s."userId"
      where a."tenantId" = ${db.tenantId} and a."courseId" = ${courseId} and a."deletedAt" is null ${ofPerson(sql`s."userId"`, userId)}`,
  )
}

export type ChangeRow = {
  userId: string
  item: string
  number: number
  points: string | null
  excused: boolean
  reason: string | null
  changedBy: string | null
  changedAt: Date
}

const CHANGE = sql`g."userId", g.item, g.number, g.points::text as points, g.excused, g.reason, b.name as "changedBy",
  g."createdAt" as "changedAt"`

/** The newest change of each grade that was changed by hand. @param userId null: everybody's. One statement. */
export async function listChanges(
  db: TenantDb,
  { courseId, userId }: Readonly<{ courseId: string; userId: string | null }>,
): Promise<ChangeRow[]> {
  return rows<ChangeRow>(
    db,
    sql`select distinct on (g."userId", g.item) ${CHANGE} from "GradeChange" g
      left join "User" b on b."tenantId" = g."tenantId" and b.id = g."changedById"
      where g."tenantId" = ${db.tenantId} and g."courseId" = ${courseId} ${ofPerson(sql`g."userId"`, userId)}
      order by g."userId", g.item, g.number desc`,
  )
}

type Grade = Readonly<{ courseId: string; userId: string; item: string }>

/** All changes of one grade, the newest first. One statement. */
export async function listHistory(db: TenantDb, grade: Grade, limit: number): Promise<ChangeRow[]> {
  const { courseId, userId, item } = grade
  return rows<ChangeRow>(
    db,
    sql`select ${CHANGE} from "GradeChange" g
      left join "User" b on b."tenantId" = g."tenantId" and b.id = g."changedById"
      where g."tenantId" = ${db.tenantId} and g."courseId" = ${courseId} and g."userId" = ${userId} and g.item = ${item}
      order by g.number desc limit ${limit}`,
  )
}

export type NewChange = Grade &
  Readonly<{
    kind: 'exam' | 'assignment' | 'course'
    /** Number of the change that was seen; 0: none. */
    seen: number
    points: string | null
    excused: boolean
    reason: string | null
    changedById: string
  }>

/**
 * Adds a change to a grade, if the newest one is the one that was seen: the key decides between two at once.
 * @returns its number; null: there is a newer one
 */
export async function addChange(db: TenantDb, change: NewChange): Promise<number | null> {
  const { courseId, userId, item, kind, seen, points, excused, reason, changedById } = change
  const added = await firstRow<{ number: number }>(
    db,
    sql`insert into "GradeChange" ("tenantId", "courseId", "userId", "examId", "assignmentId", item, number, points, excused, reason, "changedById")
      select ${db.tenantId}, ${courseId}, ${userId}, case when ${kind} = 'exam' then ${item} end,
        case when ${kind} = 'assignment' then ${item} end, ${item}, ${seen} + 1, ${points}::numeric, ${excused}, ${reason}, ${changedById}
      where not exists (select from "GradeChange" g where g."tenantId" = ${db.tenantId} and g."courseId" = ${courseId}
        and g."userId" = ${userId} and g.item = ${item} and g.number > ${seen})
        and (${seen} = 0 or exists (select from "GradeChange" g where g."tenantId" = ${db.tenantId} and g."courseId" = ${courseId}
          and g."userId" = ${userId} and g.item = ${item} and g.number = ${seen}))
      on conflict ("tenantId", "courseId", "userId", item, number) do nothing
      returning number`,
  )
  return added?.number ?? null
}

/**
 * Adds changes to many grades of a course, each as `addChange`. One statement.
 * @returns how many: fewer than there are where one isn't the newest any more, and then the caller takes all back
 */
export async function addChanges(
  db: TenantDb,
  courseId: string,
  changes: readonly NewChange[],
): Promise<number> {
  const of = <T>(pick: (change: NewChange) => T): T[] => changes.map(pick)
  return affected(
    db,
    sql`insert into "GradeChange" ("tenantId", "courseId", "userId", "examId", "assignmentId", item, number, points, excused, reason, "changedById")
      select ${db.tenantId}, ${courseId}, n.person, case when n.kind = 'exam' then n.item end,
        case when n.kind = 'assignment' then n.item end, n.item, n.seen + 1, n.points::numeric, n.excused::boolean, n.reason, n.by
      from unnest(${of(({ userId }) => userId)}::text[], ${of(({ kind }) => kind)}::text[], ${of(({ item }) => item)}::text[],
        ${of(({ seen }) => seen)}::int[], ${of(({ points }) => points)}::text[], ${of(({ excused }) => String(excused))}::text[],
        ${of(({ reason }) => reason)}::text[], ${of(({ changedById }) => changedById)}::text[])
        as n(person, kind, item, seen, points, excused, reason, by)
      where n.seen = coalesce((select max(g.number) from "GradeChange" g where g."tenantId" = ${db.tenantId}
        and g."courseId" = ${courseId} and g."userId" = n.person and g.item = n.item), 0)
      order by n.person, n.item
      on conflict ("tenantId", "courseId", "userId", item, number) do nothing`,
  )
}

/** Locks somebody's enrollment in a course. @throws AppError 'not_found' where they aren't enrolled */
export async function lockEnrolled(
  db: TenantDb,
  { courseId, userId }: Readonly<{ courseId: string; userId: string }>,
): Promise<void> {
  await oneRow(
    db,
    sql`select e.id from "Enrollment" e
      join "User" u on u."tenantId" = e."tenantId" and u.id = e."userId" and u."deletedAt" is null
      where e."tenantId" = ${db.tenantId} and e."courseId" = ${courseId} and e."userId" = ${userId} for no key update of e`,
    'enrolled person',
  )
}

export type QuestionRow = {
  id: string
  userId: string
  item: string
  body: string
  askedAt: Date
  answer: string | null
  answeredAt: Date | null
  answeredBy: string | null
}

/** What somebody asked about one of their grades, the newest first. One statement. */
export async function listQuestions(
  db: TenantDb,
  input: Readonly<{ courseId: string; userId: string; item: string | null; limit: number }>,
): Promise<QuestionRow[]> {
  const { courseId, userId, item, limit } = input
  return rows<QuestionRow>(
    db,
    sql`select q.id, q."userId", q.item, q.body, q."createdAt" as "askedAt", q.answer, q."answeredAt", b.name as "answeredBy"
      from "GradeQuestion" q left join "User" b on b."tenantId" = q."tenantId" and b.id = q."answeredById"
      where q."tenantId" = ${db.tenantId} and q."courseId" = ${courseId} and q."userId" = ${userId}
        and (${item}::text is null or q.item = ${item})
      order by q."createdAt" desc, q.id desc limit ${limit}`,
  )
}

/** Unanswered questions of a course, counted by person and item. One statement. */
export async function countOpenQuestions(
  db: TenantDb,
  { courseId, userId }: Readonly<{ courseId: string; userId: string | null }>,
): Promise<{ userId: string; item: string; count: number }[]> {
  return rows(
    db,
    sql`select q."userId", q.item, count(*)::int as count from "GradeQuestion" q
      where q."tenantId" = ${db.tenantId} and q."courseId" = ${courseId} and q."answeredAt" is null ${ofPerson(sql`q."userId"`, userId)}
      group by 1, 2`,
  )
}

/** Asks about a grade. A second press asks nothing more. @returns the question's id */
export async function addQuestion(
  db: TenantDb,
  input: Grade & Readonly<{ kind: 'exam' | 'assignment' | 'course'; key: string; body: string }>,
): Promise<{ id: string; isNew: boolean }> {
  const { courseId, userId, item, kind, key, body } = input
  const added = await firstRow<{ id: string }>(
    db,
    sql`insert into "GradeQuestion" ("tenantId", "courseId", "userId", "examId", "assignmentId", item, key, body)
      values (${db.tenantId}, ${courseId}, ${userId}, case when ${kind} = 'exam' then ${item} end,
        case when ${kind} = 'assignment' then ${item} end, ${item}, ${key}, ${body})
      on conflict ("tenantId", "userId", key) do nothing returning id`,
  )
  if (added !== null) return { ...added, isNew: true }
  const there = await oneRow<{ id: string }>(
    db,
    sql`select q.id from "GradeQuestion" q where q."tenantId" = ${db.tenantId} and q."userId" = ${userId} and q.key = ${key}`,
    'question',
  )
  return { ...there, isNew: false }
}

/** Answers a question that has no answer yet. @returns whether it had none */
export async function answerQuestion(
  db: TenantDb,
  input: Grade & Readonly<{ questionId: string; answer: string; byId: string }>,
): Promise<boolean> {
  const { courseId, userId, item, questionId, answer, byId } = input
  const done = await affected(
    db,
    sql`update "GradeQuestion" set answer = ${answer}, "answeredAt" = now(), "answeredById" = ${byId}
      where "tenantId" = ${db.tenantId} and id = ${questionId} and "courseId" = ${courseId} and "userId" = ${userId}
        and item = ${item} and "answeredAt" is null`,
  )
  return done === 1
}
