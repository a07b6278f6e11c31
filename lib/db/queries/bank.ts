import 'server-only'
import type { Use } from '#lib/bank/contract'
import { type Question, questionSchema } from '#lib/exams/contract'
import { affected, rows, type TenantDb } from '../handle'
import { type Cursor, cutPage, type Page } from '../keyset'
import { likePattern, sql, type Statement } from '../sql'
import { changeSeen, oneRow, TOUCH } from './changes'
import { newestFirst } from './paging'
import type { Author } from './teach'

type QuestionType = Question['type']

/** The questions that a school keeps for its exams. Exams hold copies: nothing here changes one. */

export type BankRow = {
  id: string
  type: QuestionType
  prompt: string
  points: number
  tags: string[]
  archivedAt: Date | null
  createdAt: Date
  uses: Use[]
}

type Filter = Readonly<{ q: string; type: QuestionType | ''; tag: string; archived: boolean }>

function filtered({ q, type, tag, archived }: Filter): Statement {
  return sql`${archived ? sql`and b."archivedAt" is not null` : sql`and b."archivedAt" is null`}
    ${q === '' ? sql`` : sql`and b.prompt ilike ${likePattern(q)}`}
    ${type === '' ? sql`` : sql`and b.type = ${type}`}
    ${tag === '' ? sql`` : sql`and b.tags @> array[${tag}]::text[]`}`
}

/** Which exams hold copies of some questions; `courseId` only of courses that `by` may edit. */
function usesOf(db: TenantDb, by: Author, ids: Statement): Statement {
  return sql`select q ->> 'bankId' as "bankId", jsonb_agg(distinct jsonb_build_object('examId', x.id, 'title', x.title,
        'courseId', case when ${by.everyCourse}::boolean or c."instructorId" = ${by.userId} then c.id end)) as uses
      from "Exam" x
      join "Course" c on c."tenantId" = x."tenantId" and c.id = x."courseId" and c."deletedAt" is null
      cross join lateral jsonb_array_elements(x.questions) q
      where x."tenantId" = ${db.tenantId} and x."deletedAt" is null and q ->> 'bankId' in (${ids})
      group by 1`
}

/** One page of the bank, newest first, and where each question is used. One statement. */
export async function listBank(
  db: TenantDb,
  input: Filter & Readonly<{ by: Author; cursor: Cursor | null; limit: number }>,
): Promise<Page<BankRow>> {
  const { by, cursor, limit } = input
  const { where, order } = newestFirst(cursor, sql`b."createdAt"`, sql`b.id`)
  // The page is cut before any exam is looked into; each of those is looked into once.
  const found = await rows<BankRow>(
    db,
    sql`with page as materialized (
        select b.id, b.type, b.prompt, (b.question ->> 'points')::float8 as points, b.tags, b."archivedAt", b."createdAt"
        from "BankQuestion" b where b."tenantId" = ${db.tenantId} ${filtered(input)} ${where}
        order by ${order} limit ${limit + 1}
      ), used as (${usesOf(db, by, sql`select id from page`)})
      select b.*, coalesce(u.uses, '[]') as uses from page b left join used u on u."bankId" = b.id order by ${order}`,
  )
  return cutPage(found, limit, cursor, (row) => row.createdAt)
}

/** Tags that the bank's questions have, the most used first, in the order of the alphabet. */
export async function listTags(db: TenantDb): Promise<string[]> {
  const found = await rows<{ tag: string }>(
    db,
    sql`select tag from (
        select t.tag, count(*) from "BankQuestion" b cross join lateral unnest(b.tags) t(tag)
        where b."tenantId" = ${db.tenantId} group by t.tag order by count(*) desc, t.tag limit 200
      ) most order by lower(tag), tag`,
  )
  return found.map(({ tag }) => tag)
}

/** What an exam's author chooses from: questions that aren't archived, newest first. */
export async function findInBank(
  db: TenantDb,
  input: Readonly<{ q: string; tag: string; limit: number }>,
): Promise<Omit<BankRow, 'uses' | 'createdAt' | 'archivedAt'>[]> {
  const { q, tag, limit } = input
  return rows(
    db,
    sql`select b.id, b.type, b.prompt, (b.question ->> 'points')::float8 as points, b.tags from "BankQuestion" b
      where b."tenantId" = ${db.tenantId} ${filtered({ q, tag, type: '', archived: false })}
      order by b."createdAt" desc, b.id desc limit ${limit}`,
  )
}

export type BankQuestion = {
  id: string
  question: Question
  tags: string[]
  archivedAt: Date | null
  updatedAt: Date
  uses: Use[]
}

/** A question of the bank with its key, and where it is used. @throws AppError 'not_found' */
export async function getBankQuestion(
  db: TenantDb,
  input: Readonly<{ questionId: string; by: Author }>,
): Promise<BankQuestion> {
  const { questionId, by } = input
  const row = await oneRow<Omit<BankQuestion, 'question'> & { question: unknown }>(
    db,
    sql`select b.id, b.question, b.tags, b."archivedAt", b."updatedAt", coalesce(u.uses, '[]') as uses
      from "BankQuestion" b
      left join (${usesOf(db, by, sql`${questionId}`)}) u on u."bankId" = b.id
      where b."tenantId" = ${db.tenantId} and b.id = ${questionId}`,
    'question',
  )
  return { ...row, question: questionSchema.parse(row.question) }
}

/** Questions of the bank that aren't archived, in the order of their ids. Others are left out. */
export async function getForExam(
  db: TenantDb,
  questionIds: readonly string[],
): Promise<{ id: string; question: Question }[]> {
  const found = await rows<{ id: string; question: unknown }>(
    db,
    sql`select b.id, b.question from "BankQuestion" b
      where b."tenantId" = ${db.tenantId} and b.id = any(${questionIds}::text[]) and b."archivedAt" is null
      order by array_position(${questionIds}::text[], b.id)`,
  )
  return found.map(({ id, question }) => ({ id, question: questionSchema.parse(question) }))
}

/** Which of some ids the bank has. */
export async function knownIds(db: TenantDb, ids: readonly string[]): Promise<Set<string>> {
  const found = await rows<{ id: string }>(
    db,
    sql`select b.id from "BankQuestion" b where b."tenantId" = ${db.tenantId} and b.id = any(${ids}::text[])`,
  )
  return new Set(found.map(({ id }) => id))
}

export type NewBankQuestion = Readonly<{ id: string; question: Question; tags: readonly string[] }>

/**
 * Adds questions to the bank, those whose id it has already left out. The first is the newest. One statement.
 * @returns ids of those that were added
 */
export async function insertIntoBank(
  db: TenantDb,
  input: Readonly<{ questions: readonly NewBankQuestion[]; authorId: string }>,
): Promise<string[]> {
  const { questions, authorId } = input
  const added = await rows<{ id: string }>(
    db,
    sql`insert into "BankQuestion" (id, "tenantId", "authorId", question, type, prompt, tags, "createdAt")
      select n.value ->> 'id', ${db.tenantId}, ${authorId}, (n.value -> 'question') - 'bankId', n.value -> 'question' ->> 'type',
        n.value -> 'question' ->> 'prompt', array(select jsonb_array_elements_text(n.value -> 'tags')),
        now() - n.place * interval '1 millisecond'
      from jsonb_array_elements(${JSON.stringify(questions)}::jsonb) with ordinality n(value, place)
      on conflict (id) do nothing returning id`,
  )
  return added.map(({ id }) => id)
}

/**
 * Changes a question unless somebody else has since. Exams keep their copies as they are.
 * @throws AppError 'conflict', 'not_found'
 */
export async function writeBankQuestion(
  db: TenantDb,
  input: NewBankQuestion & Readonly<{ seen: Date }>,
): Promise<{ updatedAt: Date }> {
  const { id, question, tags, seen } = input
  return changeSeen(
    db,
    sql`update "BankQuestion" set question = ${JSON.stringify(question)}::jsonb - 'bankId', type = ${question.type},
        prompt = ${question.prompt}, tags = ${tags}::text[], ${TOUCH}
      where "tenantId" = ${db.tenantId} and id = ${id} and "updatedAt" = ${seen} returning "updatedAt"`,
    sql`select 1 from "BankQuestion" where "tenantId" = ${db.tenantId} and id = ${id}`,
    'question',
  )
}

/** Takes a question out of the lists, or brings it back. @returns whether that changed anything @throws AppError 'not_found' */
export async function setArchived(
  db: TenantDb,
  input: Readonly<{ questionId: string; archived: boolean }>,
): Promise<boolean> {
  const { questionId, archived } = input
  await oneRow(
    db,
    sql`select id from "BankQuestion" where "tenantId" = ${db.tenantId} and id = ${questionId} for update`,
    'question',
  )
  const changed = await affected(
    db,
    sql`update "BankQuestion" set "archivedAt" = case when ${archived}::boolean then now() end, ${TOUCH}
      where "tenantId" = ${db.tenantId} and id = ${questionId} and ("archivedAt" is not null) <> ${archived}::boolean`,
  )
  return changed === 1
}
