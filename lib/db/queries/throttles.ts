import 'server-only'
import { affected, rows, type TenantDb } from '../handle'
import { sql, type Statement } from '../sql'

/**
 * Growing delays, kept where all processes see them. A try is counted before its outcome is known, in one statement
 * a row, so that a hundred at the same moment count as a hundred; a try that turns out well is taken back.
 */

export type Heading = Readonly<{
  /** What is counted. */
  kind: string
  /** By what; hashed by the caller where it is personal. */
  key: string
}>

/**
 * What becomes of the tries beyond the free ones; times are in seconds.
 * - `wait`: each doubles the wait, from one second up to `longest`. They are forgotten all at once, after half a day.
 * - `leak`: refused until one is forgotten, which happens every `calm`.
 * - `count`: never refused; one is forgotten every `calm`.
 * - `turn`: one after another. Each keeps the next one off, by a quarter of a second more than the one before and by
 *   `pace` at most. Refused is who would stand in line for more than ten; one is forgotten every `calm`.
 */
export type Rule =
  | Readonly<{ rule: 'wait'; longest: number }>
  | Readonly<{ rule: 'leak' | 'count'; calm: number }>
  | Readonly<{ rule: 'turn'; pace: number; calm: number }>

/** `free`: so many tries cost nothing. */
export type Counted = Heading & Rule & Readonly<{ free: number }>

export type Tried = Readonly<{
  kind: string
  failures: number
  /** Seconds until the next try; 0: this one may go on. */
  wait: number
  /** Seconds until this one's turn, when it may go on. */
  hold: number
}>

/** Hours without a try after which the count begins anew. */
const FORGET_HOURS = 12

/** Seconds that one may stand in line for a turn. */
const LINE = 10

function spanOf(counted: Counted): number {
  if (counted.rule === 'wait') return counted.longest
  return counted.rule === 'turn' ? counted.pace : 0
}

/** Seconds since the last try. */
const SINCE = sql`greatest(0, extract(epoch from now() - t."lastAt"))::float8`

/** Tries that were forgotten since. */
const GONE = sql`case when g.calm > 0 then least(floor(${SINCE} / g.calm), 1e9)::int else 0 end`

/** Tries that still count. */
const LEFT = sql`case when t."lastAt" < now() - make_interval(hours => ${FORGET_HOURS}) then 0
  else greatest(0, t.failures - ${GONE}) end`

/** Seconds from a try until the next one, where each has to wait. */
const WAIT = sql`least(g.span, 2 ^ least(greatest(${LEFT} - g.free, 0), 20))`

/** Seconds by which a try keeps the next one's turn off. @param failures the count that it makes */
function paceOf(failures: Statement): Statement {
  return sql`least(g.span, 0.25 * greatest(${failures} - g.free, 0))`
}

/** Where its bucket loses one after the other, the time of the last loss, so that no part of one is lost. */
const LAST_AT = sql`case
  when g.rule = 'turn' then greatest(t."lastAt", now()) + make_interval(secs => ${paceOf(sql`(${LEFT} + 1)`)})
  when g.calm > 0 and ${LEFT} > 0 then t."lastAt" + make_interval(secs => ${GONE} * g.calm)
  else greatest(t."lastAt", now()) end`

const MAY_GO_ON = sql`case g.rule
  when 'wait' then ${LEFT} < g.free or ${SINCE} >= ${WAIT}
  when 'leak' then ${LEFT} < g.free
  when 'turn' then t."lastAt" <= now() + make_interval(secs => ${LINE})
  else true end`

const SECONDS_TO_GO = sql`case g.rule
  when 'wait' then extract(epoch from t."lastAt" - now()) + ${WAIT}
  when 'leak' then g.calm * (t.failures - g.free + 1) - ${SINCE}
  when 'turn' then extract(epoch from t."lastAt" - now()) - ${LINE} end`

/**
 * Counts one try under each heading, unless its time hasn't come. Of what is free, ten times as much is counted and no
 * more (a thousand at least): what stops nobody any further would only take longer to be forgotten.
 * @returns per heading the tries so far and how long to wait; nothing was counted where there is something to wait for
 */
export async function countTry(db: TenantDb, headings: readonly Counted[]): Promise<Tried[]> {
  const given = headings.map(({ kind }) => kind)
  return rows<Tried>(
    db,
    sql`with given as (
        select * from unnest(${given}::text[], ${headings.map(({ key }) => key)}::text[], ${headings.map(({ rule }) => rule)}::text[],
          ${headings.map(({ free }) => free)}::int[], ${headings.map(spanOf)}::float8[],
          ${headings.map((one) => (one.rule === 'wait' ? 0 : one.calm))}::float8[]) as g(kind, key, rule, free, span, calm)
      ), counted as (
        insert into "Throttle" as t ("tenantId", kind, key, failures, "lastAt")
        select ${db.tenantId}, g.kind, g.key, 1, now() from given g order by g.kind, g.key
        on conflict ("tenantId", kind, key) do update set (failures, "lastAt") = (
          select least(${LEFT} + 1, greatest(1000, 10 * g.free)), ${LAST_AT}
          from given g where g.kind = t.kind and g.key = t.key)
        where (select ${MAY_GO_ON} from given g where g.kind = t.kind and g.key = t.key)
        returning t.kind, t.key, t.failures, t."lastAt"
      )
      select g.kind, coalesce(c.failures, t.failures, 0) as failures,
        case when c.kind is not null then 0 else greatest(1, ceil(${SECONDS_TO_GO}))::int end as wait,
        case when g.rule = 'turn' and c.kind is not null
          then round(greatest(0, extract(epoch from c."lastAt" - now()) - ${paceOf(sql`c.failures`)})::numeric, 2)::float8
          else 0 end as hold
      from given g left join counted c on c.kind = g.kind and c.key = g.key
      left join "Throttle" t on t."tenantId" = ${db.tenantId} and t.kind = g.kind and t.key = g.key`,
  )
}

/**
 * Settles tries that turned out well: those under `forgotten` headings are forgotten altogether, the others lose one.
 * The rows are locked in the order in which `countTry` takes them, so that the two never wait for each other.
 */
export async function settleTries(
  db: TenantDb,
  input: Readonly<{ forgotten: readonly Heading[]; takenBack: readonly Heading[] }>,
): Promise<void> {
  const all = [...input.forgotten, ...input.takenBack]
  const kinds = input.forgotten.map(({ kind }) => kind)
  await affected(
    db,
    sql`with locked as materialized (
        select t.id, t.kind from "Throttle" t
        join unnest(${all.map(({ kind }) => kind)}::text[], ${all.map(({ key }) => key)}::text[]) as g(kind, key)
          on g.kind = t.kind and g.key = t.key
        where t."tenantId" = ${db.tenantId} order by t.kind, t.key for update of t
      ), gone as (
        delete from "Throttle" t using locked l
        where t."tenantId" = ${db.tenantId} and t.id = l.id and l.kind = any (${kinds}::text[])
      )
      update "Throttle" t set failures = greatest(t.failures - 1, 0) from locked l
      where t."tenantId" = ${db.tenantId} and t.id = l.id and l.kind <> all (${kinds}::text[])`,
  )
}
