import 'server-only'
import { rows, type TenantDb } from '../handle'
import { likePattern, sql } from '../sql'
import { inCharge, ownEnrollment, type Reader } from './catalog'
import { released } from './release'

/** What a school teaches, by its words; never more of it than the reader may read. */

/**
 * The best ids that are looked at. The function that finds them knows no reader, so the ones that are closed to them
 * take places, too.
 */
const CANDIDATES = 1000

export type FoundLesson = {
  id: string
  title: string
  courseId: string
  courseTitle: string
  published: boolean
  /** A passage with what was asked for between the marks; empty when none was wanted, or there is no text. */
  snippet: string
}

type Marks = Readonly<{ opens: string; closes: string }>

/**
 * What angle brackets are called while a snippet is cut: PostgreSQL takes what stands between them for markup and drops
 * it, and a lesson's text is plain. Control characters are in no text, and in no locale part of a word.
 */
const BRACKETS = '\u{1}\u{2}'

/**
 * Lessons whose title or text holds all words, the best first. A closed lesson is not there at all: that its text holds
 * a word would tell what stands in it. Open are previews and lessons of the courses one is enrolled in, once they are
 * released, and everything, drafts included, to those in charge. One statement; the ids come from the text index, what
 * may be read of them is decided behind the wall.
 * @param input.words the text of a tsquery (lib/search/rules/words)
 * @param input.marks what stands around what was asked for in a snippet; null: no snippets
 */
export async function searchLessons(
  db: TenantDb,
  input: Readonly<{ words: string; reader: Reader; limit: number; marks: Marks | null }>,
): Promise<FoundLesson[]> {
  const { words, reader, limit, marks } = input
  const options =
    marks === null
      ? ''
      : `StartSel=${marks.opens}, StopSel=${marks.closes}, MaxFragments=2, MinWords=6, MaxWords=18, FragmentDelimiter=" … "`
  const snippet =
    marks === null
      ? sql`''`
      : sql`translate(ts_headline('english',
          translate(left(coalesce(f."contentText", ''), 200000), ${`<>${BRACKETS}${marks.opens}${marks.closes}`}, ${BRACKETS}),
          to_tsquery('english', ${words}), ${options}), ${BRACKETS}, '<>')`
  return rows<FoundLesson>(
    db,
    sql`select f.id, f.title, f."courseId", f."courseTitle", f.published, ${snippet} as snippet
      from (
        select l.id, l.title, l."contentText", c.id as "courseId", c.title as "courseTitle", c.status = 'PUBLISHED' as published, h.rank
        from smartlms_search_lessons(${words}, ${CANDIDATES}) h
        join "Lesson" l on l."tenantId" = ${db.tenantId} and l.id = h.id and l."deletedAt" is null
        join "Module" m on m."tenantId" = l."tenantId" and m.id = l."moduleId" and m."deletedAt" is null
        join "Course" c on c."tenantId" = m."tenantId" and c.id = m."courseId" and c."deletedAt" is null
        ${ownEnrollment(db, reader)}
        where (${inCharge(reader)} or (c.status = 'PUBLISHED' and (l.preview or e.id is not null) and ${released(db, sql`e.id`)}))
        order by h.rank desc, l.id limit ${limit}
      ) f order by f.rank desc, f.id`,
  )
}

export type FoundCourse = { id: string; title: string; published: boolean }

/**
 * Courses whose title holds all words: published ones, and those that the reader is in charge of. Titles that begin with
 * what was asked for come first. One statement.
 */
export async function searchCourses(
  db: TenantDb,
  input: Readonly<{ words: readonly string[]; reader: Reader; limit: number }>,
): Promise<FoundCourse[]> {
  const { words, reader, limit } = input
  const start = likePattern(words[0] ?? '').slice(1)
  return rows<FoundCourse>(
    db,
    sql`select c.id, c.title, c.status = 'PUBLISHED' as published from "Course" c
      where c."tenantId" = ${db.tenantId} and c."deletedAt" is null and (c.status = 'PUBLISHED' or ${inCharge(reader)})
        and c.title ilike all(${words.map(likePattern)}::text[])
      order by c.title ilike ${start} desc, c.status <> 'PUBLISHED', c.title, c.id limit ${limit}`,
  )
}

export type FoundExam = {
  id: string
  title: string
  courseId: string
  courseTitle: string
  /** Learners of the course have it. */
  published: boolean
  inCharge: boolean
}

/**
 * Exams whose title holds all words: published ones of the courses that the reader is enrolled in, and all of those that
 * they are in charge of. One statement.
 */
export async function searchExams(
  db: TenantDb,
  input: Readonly<{ words: readonly string[]; reader: Reader; limit: number }>,
): Promise<FoundExam[]> {
  const { words, reader, limit } = input
  const start = likePattern(words[0] ?? '').slice(1)
  return rows<FoundExam>(
    db,
    sql`select x.id, x.title, c.id as "courseId", c.title as "courseTitle", ${inCharge(reader)} as "inCharge",
        x."publishedAt" is not null and c.status = 'PUBLISHED' as published
      from "Exam" x
      join "Course" c on c."tenantId" = x."tenantId" and c.id = x."courseId" and c."deletedAt" is null
      ${ownEnrollment(db, reader)}
      where x."tenantId" = ${db.tenantId} and x."deletedAt" is null and x.title ilike all(${words.map(likePattern)}::text[])
        and (${inCharge(reader)} or (c.status = 'PUBLISHED' and x."publishedAt" is not null and e.id is not null))
      order by x.title ilike ${start} desc, x.title, x.id limit ${limit}`,
  )
}
