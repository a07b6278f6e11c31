import 'server-only'
import type { TutorOutcome } from '#types/db'
import { affected, firstRow, rows, type TenantDb } from '../handle'
import { sql } from '../sql'
import { GRACE } from './answers'
import { inCharge, ownEnrollment, type Reader } from './catalog'
import { oneRow } from './changes'
import { released } from './release'

/** Conversations with the tutor, what was asked in them, and whether somebody may ask now. */

export type ExamFact = {
  title: string
  startDate: string | null
  endDate: string | null
  duration: number
  settings: unknown
  used: number
  running: boolean
  accommodations: {
    extraTimePercent: number
    extraAttempts: number
    startDate: string | null
    endDate: string | null
  }[]
}

export type Standing = {
  courseTitle: string
  lessonTitle: string
  /** `Course.tutor`. */
  settings: unknown
  /** Enrolled, or in charge: a visitor of a preview is neither. */
  learns: boolean
  inCharge: boolean
  /** Whether the lesson is open to them now. */
  open: boolean
  now: Date
  /** Published exams of the course, as they are for this person; none for those in charge. */
  exams: ExamFact[]
  /** Of the day's questions; the first ones that were declined count for nothing. */
  askedToday: number
}

type Place = Readonly<{ courseId: string; lessonId: string; reader: NonNullable<Reader> }>

/** Questions of a day that may be declined before they count like others: a slip costs nothing, a flood does. */
const FREE_REFUSALS = 10

/**
 * All that decides whether somebody may ask the tutor beside a lesson now. One statement.
 * @param timeZone decides when a day begins @returns null for a lesson that isn't theirs to see at all
 */
export async function tutorStanding(
  db: TenantDb,
  input: Place & Readonly<{ timeZone: string }>,
): Promise<Standing | null> {
  const { courseId, lessonId, reader, timeZone } = input
  const { userId } = reader
  return firstRow<Standing>(
    db,
    sql`select c.title as "courseTitle", l.title as "lessonTitle", c.tutor as settings, (e.id is not null or ${inCharge(reader)}) as learns,
        ${inCharge(reader)} as "inCharge", (${inCharge(reader)} or ${released(db, sql`e.id`)}) as open, statement_timestamp() as now,
        case when ${inCharge(reader)} then '[]'::jsonb else (select coalesce(jsonb_agg(jsonb_build_object('title', x.title,
            'startDate', x."startDate", 'endDate', x."endDate", 'duration', v.duration, 'settings', v.settings,
            'used', (select count(*) from "ExamAttempt" a where a."tenantId" = ${db.tenantId} and a."examId" = x.id and a."userId" = ${userId}),
            'running', exists (select from "ExamAttempt" a where a."tenantId" = ${db.tenantId} and a."examId" = x.id and a."userId" = ${userId}
              and a."submittedAt" is null and a."deadlineAt" + ${GRACE} > statement_timestamp()),
            'accommodations', (select coalesce(jsonb_agg(jsonb_build_object('extraTimePercent', o."extraTimePercent",
                'extraAttempts', o."extraAttempts", 'startDate', o."startDate", 'endDate', o."endDate")), '[]'::jsonb)
              from "ExamAccommodation" o where o."tenantId" = ${db.tenantId} and o."courseId" = c.id and o."userId" = ${userId}
                and (o."examId" is null or o."examId" = x.id))) order by x.id), '[]'::jsonb)
          from "Exam" x
          join lateral (select n.duration, n.settings from "ExamVersion" n
            where n."tenantId" = ${db.tenantId} and n."examId" = x.id order by n.number desc limit 1) v on true
          where x."tenantId" = ${db.tenantId} and x."courseId" = c.id and x."deletedAt" is null and x."publishedAt" is not null) end as exams,
        (select (count(*) filter (where q.outcome is distinct from 'REFUSED')
            + greatest(0, count(*) filter (where q.outcome = 'REFUSED') - ${FREE_REFUSALS}::int))::int
          from "TutorQuestion" q where q."tenantId" = ${db.tenantId} and q."userId" = ${userId}
          and q."askedAt" >= date_trunc('day', statement_timestamp() at time zone ${timeZone}) at time zone ${timeZone}) as "askedToday"
      from "Lesson" l
      join "Module" m on m."tenantId" = l."tenantId" and m.id = l."moduleId" and m."deletedAt" is null
      join "Course" c on c."tenantId" = m."tenantId" and c.id = m."courseId"
      ${ownEnrollment(db, reader)}
      where l."tenantId" = ${db.tenantId} and l.id = ${lessonId} and c.id = ${courseId} and l."deletedAt" is null
        and c.status = 'PUBLISHED' and c."deletedAt" is null and (l.preview or e.id is not null or ${inCharge(reader)})`,
  )
}

/**
 * The right to ask until the transaction ends: two questions of one person take turns, so that neither a double press nor
 * a day's last question counts twice.
 */
export async function lockAsker(db: TenantDb, userId: string): Promise<void> {
  await oneRow(
    db,
    sql`select u.id from "User" u where u."tenantId" = ${db.tenantId} and u.id = ${userId} and u."deletedAt" is null for no key update`,
    'person',
  )
}

export type AskedBefore = { id: string; chatId: string; place: number; outcome: TutorOutcome | null }

/** A person's question by its key. */
export async function findAsked(
  db: TenantDb,
  input: Readonly<{ userId: string; key: string }>,
): Promise<AskedBefore | null> {
  return firstRow(
    db,
    sql`select q.id, q."chatId", q.place, q.outcome from "TutorQuestion" q
      where q."tenantId" = ${db.tenantId} and q."userId" = ${input.userId} and q.key = ${input.key}`,
  )
}

export type ChatRow = {
  id: string
  lessonId: string | null
  messages: unknown
  /** The question that is being answered; null: none. */
  openId: string | null
  openPlace: number | null
  /** Whether it has been so for so long that nobody answers it any more. */
  lost: boolean
}

/** After so long nobody is answering any more: the longest answer is over before. */
const LOST_AFTER = sql`interval '90 seconds'`

type OwnChat = Readonly<{ userId: string; courseId: string; chatId: string }>

/** One's own conversation in a course. @throws AppError 'not_found' */
export async function getChat(db: TenantDb, input: OwnChat): Promise<ChatRow> {
  return oneRow(
    db,
    sql`select h.id, h."lessonId", h.messages, q.id as "openId", q.place as "openPlace",
        coalesce(q."askedAt" + ${LOST_AFTER} < statement_timestamp(), false) as lost
      from "AIChat" h left join "TutorQuestion" q on q."tenantId" = h."tenantId" and q."chatId" = h.id and q.outcome is null
      where h."tenantId" = ${db.tenantId} and h.id = ${input.chatId} and h."userId" = ${input.userId} and h."courseId" = ${input.courseId}`,
    'conversation',
  )
}

export type ChatTitle = { id: string; title: string; updatedAt: Date; lessonId: string | null }

/** One's own conversations in a course, the newest first, each with its first question. */
export async function listChats(
  db: TenantDb,
  input: Readonly<{ userId: string; courseId: string; limit: number }>,
): Promise<ChatTitle[]> {
  return rows(
    db,
    sql`select h.id, left(coalesce(h.messages -> 0 ->> 'text', ''), 120) as title, h."updatedAt", h."lessonId" from "AIChat" h
      where h."tenantId" = ${db.tenantId} and h."userId" = ${input.userId} and h."courseId" = ${input.courseId}
        and jsonb_array_length(h.messages) > 0
      order by h."updatedAt" desc, h.id limit ${input.limit}`,
  )
}

/**
 * Takes the words of one's own conversations in a course away, for good; that something was asked stays counted. One
 * that is being answered stays. One statement. @param input.chatId null: all of them
 * @returns how many had words, and how many of them stay
 */
export async function emptyChats(
  db: TenantDb,
  input: Readonly<{ userId: string; courseId: string; chatId: string | null }>,
): Promise<{ emptied: number; kept: number }> {
  const { userId, courseId, chatId } = input
  return oneRow(
    db,
    sql`with own as (
        select h.id, exists (select from "TutorQuestion" q where q."tenantId" = ${db.tenantId} and q."chatId" = h.id
          and q.outcome is null and q."askedAt" + ${LOST_AFTER} >= statement_timestamp()) as busy
        from "AIChat" h
        where h."tenantId" = ${db.tenantId} and h."userId" = ${userId} and h."courseId" = ${courseId}
          and (${chatId}::text is null or h.id = ${chatId}) and jsonb_array_length(h.messages) > 0
      ), emptied as (
        update "AIChat" h set messages = '[]'::jsonb, context = null from own
        where h."tenantId" = ${db.tenantId} and h.id = own.id and not own.busy returning h.id
      )
      select (select count(*)::int from emptied) as emptied, (select count(*)::int from own where busy) as kept`,
    'conversation',
  )
}

type Message = Readonly<{ chatId: string; message: string }>

/** Begins a conversation. */
export async function insertChat(
  db: TenantDb,
  input: Readonly<{ userId: string; courseId: string; lessonId: string }>,
): Promise<{ id: string }> {
  return oneRow(
    db,
    sql`insert into "AIChat" ("tenantId", "userId", "courseId", "lessonId", messages)
      values (${db.tenantId}, ${input.userId}, ${input.courseId}, ${input.lessonId}, '[]'::jsonb) returning id`,
    'conversation',
  )
}

/** Adds a message to a conversation. @returns its place @throws AppError 'not_found' */
export async function addMessage(db: TenantDb, { chatId, message }: Message): Promise<{ place: number }> {
  return oneRow(
    db,
    sql`update "AIChat" set messages = messages || jsonb_build_array(${message}::jsonb), "updatedAt" = statement_timestamp()
      where "tenantId" = ${db.tenantId} and id = ${chatId} returning jsonb_array_length(messages) - 1 as place`,
    'conversation',
  )
}

type NewQuestion = Readonly<{
  userId: string
  chatId: string
  courseId: string
  lessonId: string
  key: string
  place: number
}>

/** Writes down that a question was asked. @returns null when it was, or another one is being answered */
export async function insertQuestion(db: TenantDb, question: NewQuestion): Promise<{ id: string } | null> {
  const { userId, chatId, courseId, lessonId, key, place } = question
  return firstRow(
    db,
    sql`insert into "TutorQuestion" ("tenantId", "userId", "chatId", "courseId", "lessonId", key, place, "askedAt")
      values (${db.tenantId}, ${userId}, ${chatId}, ${courseId}, ${lessonId}, ${key}, ${place}, statement_timestamp())
      on conflict do nothing returning id`,
  )
}

/** Takes one of the school's questions of this month. @returns how many there were before; null: none is left */
export async function takeMonthly(
  db: TenantDb,
  input: Readonly<{ limit: number | null; timeZone: string }>,
): Promise<number | null> {
  const { limit, timeZone } = input
  const taken = await firstRow<{ before: number }>(
    db,
    sql`insert into "UsageCounter" as u ("tenantId", kind, period, amount)
      select ${db.tenantId}, 'ai-messages', to_char(now() at time zone ${timeZone}, 'YYYY-MM'), 1
      where 1 <= coalesce(${limit}::bigint, 1)
      on conflict ("tenantId", kind, period) do update set amount = u.amount + 1
        where u."tenantId" = ${db.tenantId} and u.amount < coalesce(${limit}::bigint, u.amount + 1)
      returning (amount - 1)::float8 as before`,
  )
  return taken?.before ?? null
}

type Closing = Readonly<{
  questionId: string
  outcome: TutorOutcome
  about: Readonly<{ lessonId: string; heading: string }> | null
}>

/** Settles what became of a question. @returns how much its reader had seen when they stopped it; null: settled before */
export async function closeQuestion(
  db: TenantDb,
  { questionId, outcome, about }: Closing,
): Promise<{ chatId: string; stoppedAfter: number | null } | null> {
  return firstRow(
    db,
    sql`update "TutorQuestion" set outcome = case when "stoppedAfter" is null then ${outcome} else 'STOPPED' end::"TutorOutcome",
        "answeredAt" = statement_timestamp(), about = nullif(left(${about?.heading ?? ''}, 300), ''),
        "aboutLessonId" = (select l.id from "Lesson" l where l."tenantId" = ${db.tenantId} and l.id = ${about?.lessonId ?? null})
      where "tenantId" = ${db.tenantId} and id = ${questionId} and outcome is null
      returning "chatId", "stoppedAfter"`,
  )
}

/** Notes that a person wants no more of an answer. @returns the question's id; null: there is none that is answered now */
export async function stopQuestion(
  db: TenantDb,
  input: Readonly<{ userId: string; key: string; shown: number }>,
): Promise<string | null> {
  const stopped = await firstRow<{ id: string }>(
    db,
    sql`update "TutorQuestion" set "stoppedAfter" = coalesce("stoppedAfter", ${input.shown})
      where "tenantId" = ${db.tenantId} and "userId" = ${input.userId} and key = ${input.key} and outcome is null returning id`,
  )
  return stopped?.id ?? null
}

/** The title of a course that somebody learns in, teaches, or is in charge of. @throws AppError 'not_found' */
export async function getOwnCourse(
  db: TenantDb,
  { courseId, reader }: Readonly<{ courseId: string; reader: NonNullable<Reader> }>,
): Promise<{ title: string }> {
  return oneRow(
    db,
    sql`select c.title from "Course" c ${ownEnrollment(db, reader)}
      where c."tenantId" = ${db.tenantId} and c.id = ${courseId} and c."deletedAt" is null and c.status <> 'DRAFT'
        and (e.id is not null or ${inCharge(reader)})`,
    'course',
  )
}

/** A course's tutor, as its teacher set it. */
export async function getTutor(db: TenantDb, courseId: string): Promise<{ settings: unknown }> {
  return oneRow(
    db,
    sql`select c.tutor as settings from "Course" c where c."tenantId" = ${db.tenantId} and c.id = ${courseId} and c."deletedAt" is null`,
    'course',
  )
}

/** Changes it. @returns whether it was still as it had been read */
export async function putTutor(
  db: TenantDb,
  input: Readonly<{ courseId: string; base: string; settings: string }>,
): Promise<boolean> {
  const changed = await affected(
    db,
    sql`update "Course" set tutor = ${input.settings}::jsonb where "tenantId" = ${db.tenantId} and id = ${input.courseId}
      and "deletedAt" is null and tutor = ${input.base}::jsonb`,
  )
  return changed > 0
}
