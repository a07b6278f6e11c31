import 'server-only'
import { type ExamSettings, examSettingsSchema } from '#lib/exams/contract/settings'
import { affected, rows, type TenantDb } from '../handle'
import { sql } from '../sql'
import { closedForAll } from './exam-view'

/** Who sat which exam. */
export type Sitter = Readonly<{ examId: string; userId: string }>

/** People who have attempts that are in and have no points yet, those that wait longest first. */
export async function unmarkedSitters(db: TenantDb, limit: number): Promise<Sitter[]> {
  return rows<Sitter>(
    db,
    sql`select distinct u."examId", u."userId" from (
        select a."examId", a."userId" from "ExamAttempt" a
        where a."tenantId" = ${db.tenantId} and a."submittedAt" is not null and a."maxScore" is null
        order by a."submittedAt" limit ${limit}) u`,
  )
}

/** Everybody who has handed something in at an exam. */
export async function sittersOf(db: TenantDb, examId: string): Promise<Sitter[]> {
  return rows<Sitter>(
    db,
    sql`select distinct a."examId", a."userId" from "ExamAttempt" a
      where a."tenantId" = ${db.tenantId} and a."examId" = ${examId} and a."submittedAt" is not null order by 2`,
  )
}

export type SatAttempt = {
  id: string
  examId: string
  userId: string
  number: number
  versionId: string
  layout: unknown
  /** Null where it has its points, or runs. */
  answers: unknown
  counts: boolean
  score: string | null
  maxScore: string | null
  startedAt: Date
  submittedAt: Date | null
  /** BCP 47, the person's or their school's. */
  locale: string
}

/** All attempts of these people at these exams, locked in the order that everybody locks them in. */
export async function lockSat(db: TenantDb, sitters: readonly Sitter[]): Promise<SatAttempt[]> {
  if (sitters.length === 0) return []
  return rows<SatAttempt>(
    db,
    sql`select a.id, a."examId", a."userId", a.number, a."versionId", a.layout, a.counts, a.score::text as score,
        a."maxScore"::text as "maxScore", a."startedAt", a."submittedAt", coalesce(u.locale, t.locale) as locale,
        case when a."submittedAt" is not null and a."maxScore" is null then a.answers end as answers
      from unnest(${sitters.map(({ examId }) => examId)}::text[], ${sitters.map(({ userId }) => userId)}::text[]) as w(exam, person)
      join "ExamAttempt" a on a."tenantId" = ${db.tenantId} and a."examId" = w.exam and a."userId" = w.person
      join "User" u on u."tenantId" = a."tenantId" and u.id = a."userId"
      join "Tenant" t on t.id = a."tenantId"
      order by a."examId", a."userId", a.number for no key update of a`,
  )
}

export type NewMark = Readonly<{
  attemptId: string
  questionId: string
  /** Null: waits for a person. */
  points: string | null
  maxPoints: string
}>

export type NewScore = Readonly<{
  attemptId: string
  versionId: string
  score: string | null
  maxScore: string
}>

/** Enters what the machine gave, for attempts that the transaction has locked. One statement; marks by hand stay. */
export async function enterMarks(
  db: TenantDb,
  scores: readonly NewScore[],
  marks: readonly NewMark[],
): Promise<void> {
  if (scores.length === 0) return
  await affected(
    db,
    sql`with marked as (
        insert into "ExamMark" as m ("tenantId", "attemptId", "questionId", points, "maxPoints", "gradedAt")
        select ${db.tenantId}, n.attempt, n.question, n.points::numeric, n.most::numeric,
          case when n.points is not null then statement_timestamp() end
        from unnest(${marks.map(({ attemptId }) => attemptId)}::text[], ${marks.map(({ questionId }) => questionId)}::text[],
          ${marks.map(({ points }) => points)}::text[], ${marks.map(({ maxPoints }) => maxPoints)}::text[])
          as n(attempt, question, points, most) order by 2, 3
        on conflict ("tenantId", "attemptId", "questionId") do update
          set points = excluded.points, "maxPoints" = excluded."maxPoints", "gradedAt" = excluded."gradedAt",
            "updatedAt" = statement_timestamp()
          where m."tenantId" = ${db.tenantId} and not m."byHand"
      )
      update "ExamAttempt" a set score = n.score::numeric, "maxScore" = n.most::numeric, "gradedVersionId" = n.version,
        "gradedAt" = case when n.score is not null then statement_timestamp() end
      from unnest(${scores.map(({ attemptId }) => attemptId)}::text[], ${scores.map(({ versionId }) => versionId)}::text[],
        ${scores.map(({ score }) => score)}::text[], ${scores.map(({ maxScore }) => maxScore)}::text[])
        as n(attempt, version, score, most)
      where a."tenantId" = ${db.tenantId} and a.id = n.attempt and a."submittedAt" is not null`,
  )
}

/** Which attempts give the grade from now on. Two statements: the index that allows one is checked row by row. */
export async function setCounting(
  db: TenantDb,
  { counting, others }: Readonly<{ counting: readonly string[]; others: readonly string[] }>,
): Promise<void> {
  const set = (ids: readonly string[], counts: boolean) =>
    ids.length === 0
      ? Promise.resolve(0)
      : affected(
          db,
          sql`update "ExamAttempt" set counts = ${counts}
            where "tenantId" = ${db.tenantId} and id = any(${ids}::text[]) and counts <> ${counts}`,
        )
  await set(others, false)
  await set(counting, true)
}

export type ExamRules = Readonly<{
  /** Of the newest version. */
  settings: Pick<ExamSettings, 'counting' | 'review'>
  releasedAt: Date | null
}>

/** What the newest version of each exam says of its scores: which attempt gives the grade, and who sees them when. */
export async function rulesOf(
  db: TenantDb,
  examIds: readonly string[],
): Promise<ReadonlyMap<string, ExamRules>> {
  const found = await rows<{ examId: string; settings: unknown; releasedAt: Date | null }>(
    db,
    sql`select distinct on (v."examId") v."examId", v.settings, x."releasedAt" from "ExamVersion" v
      join "Exam" x on x."tenantId" = v."tenantId" and x.id = v."examId"
      where v."tenantId" = ${db.tenantId} and v."examId" = any(${examIds}::text[])
      order by v."examId", v.number desc`,
  )
  return new Map(
    found.map(({ examId, settings, releasedAt }) => [
      examId,
      { settings: examSettingsSchema.parse(settings), releasedAt },
    ]),
  )
}

export type Perfect = { examId: string; userId: string; locale: string; score: string; maxScore: string }

/**
 * Whoever has all points of an exam, whose results they may see by now, and not yet the badge for it.
 * @param examId null: of all exams of the school
 */
export async function perfectUnrewarded(db: TenantDb, examId: string | null): Promise<Perfect[]> {
  return rows<Perfect>(
    db,
    sql`select distinct on (a."userId") a."examId", a."userId", coalesce(u.locale, t.locale) as locale, a.score::text as score,
        a."maxScore"::text as "maxScore"
      from "ExamAttempt" a
      join "Exam" x on x."tenantId" = a."tenantId" and x.id = a."examId" and x."deletedAt" is null
      join "User" u on u."tenantId" = a."tenantId" and u.id = a."userId" and u."deletedAt" is null
      join "Tenant" t on t.id = a."tenantId"
      join lateral (select n.settings -> 'review' as review from "ExamVersion" n
        where n."tenantId" = x."tenantId" and n."examId" = x.id order by n.number desc limit 1) v
        on coalesce((v.review ->> 'score')::boolean, true)
          and (v.review ->> 'when' = 'after-release' and x."releasedAt" is not null
            or v.review ->> 'when' = 'after-close' and ${closedForAll(db)})
      where a."tenantId" = ${db.tenantId} and (${examId}::text is null or a."examId" = ${examId})
        and a."gradedAt" is not null and a."maxScore" > 0 and a.score >= a."maxScore"
        and not exists (select from "Badge" b where b."tenantId" = a."tenantId" and b."userId" = a."userId" and b.type = 'PERFECT_SCORE')
      order by a."userId", a."submittedAt"`,
  )
}
