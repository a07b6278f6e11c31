import 'server-only'
import { rows, type TenantDb } from '../handle'
import { sql, type Statement } from '../sql'
import { inCharge, ownEnrollment, type Reader } from './catalog'
import { released } from './release'

/**
 * What the tutor may read: the lessons of one course that are open to one reader now, by the very conditions of the
 * lesson's own page (`findOpenLesson`). Everything else is no row of these statements, before anything is ranked.
 */

type Of = Readonly<{ courseId: string; reader: Reader }>

/** The lessons `l` of course `c` that are open to a reader. */
function openLessons(db: TenantDb, { courseId, reader }: Of): Statement {
  return sql`"Lesson" l
    join "Module" m on m."tenantId" = l."tenantId" and m.id = l."moduleId" and m."deletedAt" is null
    join "Course" c on c."tenantId" = m."tenantId" and c.id = m."courseId"
    ${ownEnrollment(db, reader)}
    where l."tenantId" = ${db.tenantId} and c.id = ${courseId} and c.status = 'PUBLISHED' and c."deletedAt" is null
      and l."deletedAt" is null and (l.preview or e.id is not null or ${inCharge(reader)})
      and (${inCharge(reader)} or ${released(db, sql`e.id`)})`
}

/** The word stems of texts, as the search's own: one list a text. A typographic apostrophe is one. */
export async function stemsOf(db: TenantDb, texts: readonly string[]): Promise<readonly string[][]> {
  const found = await rows<{ stems: string[] }>(
    db,
    sql`select array(select w.lexeme from unnest(to_tsvector('english', replace(left(t.text, 20000), '’', ''''))) w order by w.lexeme) as stems
      from unnest(${texts}::text[]) with ordinality t(text, n) order by t.n`,
  )
  return found.map(({ stems }) => stems)
}

export type LessonHits = {
  id: string
  /** Stem → how often, in the text and in the title. */
  hits: Record<string, number>
  titleHits: Record<string, number>
  /** Characters. */
  length: number
}

/** How often stems stand in each lesson that is open to a reader; lessons with none of them, too. One statement. */
export async function lessonHits(
  db: TenantDb,
  input: Of & Readonly<{ stems: readonly string[] }>,
): Promise<LessonHits[]> {
  // The index keeps a school's words behind a mark of eight letters (20261125000310_search_mark).
  const hits = (
    title: boolean,
  ) => sql`(select coalesce(jsonb_object_agg(substr(x.lexeme, 9), x.often), '{}'::jsonb)
      from (select w.lexeme, (select count(*)::int from unnest(w.weights) k where (k = 'A') = ${title}::boolean) as often
        from unnest(l.searchable) w
        where w.lexeme = any(select substr(md5(${db.tenantId}), 1, 8) || s from unnest(${input.stems}::text[]) s)) x
      where x.often > 0)`
  return rows<LessonHits>(
    db,
    sql`select l.id, ${hits(false)} as hits, ${hits(true)} as "titleHits", length(coalesce(l."contentText", ''))::int as length
      from ${openLessons(db, input)} order by m."order", l."order", l.id`,
  )
}

export type OpenText = { id: string; title: string; content: string | null }

/** Documents of lessons, as far as they are open to a reader. One statement. */
export async function openTexts(
  db: TenantDb,
  input: Of & Readonly<{ lessonIds: readonly string[] }>,
): Promise<OpenText[]> {
  return rows<OpenText>(
    db,
    sql`select l.id, l.title, l.content from ${openLessons(db, input)} and l.id = any(${input.lessonIds}::text[])
      order by array_position(${input.lessonIds}::text[], l.id)`,
  )
}

/** How often stems stand in each text: stem → how often. One statement. */
export async function textHits(
  db: TenantDb,
  input: Readonly<{ texts: readonly string[]; stems: readonly string[] }>,
): Promise<readonly Record<string, number>[]> {
  const found = await rows<{ hits: Record<string, number> }>(
    db,
    sql`select (select coalesce(jsonb_object_agg(w.lexeme, cardinality(w.positions)), '{}'::jsonb)
        from unnest(to_tsvector('english', t.text)) w where w.lexeme = any(${input.stems}::text[])) as hits
      from unnest(${input.texts}::text[]) with ordinality t(text, n) order by t.n`,
  )
  return found.map(({ hits }) => hits)
}
