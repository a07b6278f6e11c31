import 'server-only'
import { affected, rows, type TenantDb } from '../handle'
import { sql } from '../sql'

/**
 * Growing delays, kept where all processes see them. A try is counted before its outcome is known, in one statement
 * a row, so that a hundred at the same moment count as a hundred; a try that turns out well is taken back.
 */

export type Counted = Readonly<{
  /** What is counted. */
  kind: string
  /** By what; hashed by the caller where it is personal. */
  key: string
  /** So many tries cost nothing; each one beyond doubles the wait, from one second on. */
  free: number
  /** Seconds; the wait never grows beyond. */
  longest: number
}>

export type Tried = Readonly<{
  kind: string
  failures: number
  /** Seconds until the next try; 0: this one may go on. */ wait: number
}>

/** Hours without a try after which the count begins anew. */
const FORGET_HOURS = 12

/**
 * Counts one try under each heading, unless its time hasn't come.
 * @returns per heading the tries so far and how long to wait; nothing was counted where there is something to wait for
 */
export async function countTry(db: TenantDb, headings: readonly Counted[]): Promise<Tried[]> {
  const given = headings.map(({ kind }) => kind)
  return rows<Tried>(
    db,
    sql`with given as (
        select * from unnest(${given}::text[], ${headings.map(({ key }) => key)}::text[],
          ${headings.map(({ free }) => free)}::int[], ${headings.map(({ longest }) => longest)}::int[]) as g(kind, key, free, longest)
      ), counted as (
        insert into "Throttle" as t ("tenantId", kind, key, failures, "lastAt")
        select ${db.tenantId}, g.kind, g.key, 1, now() from given g order by g.kind, g.key
        on conflict ("tenantId", kind, key) do update set "lastAt" = greatest(t."lastAt", now()),
          failures = case when t."lastAt" < now() - make_interval(hours => ${FORGET_HOURS}) then 1 else least(t.failures + 1, 1000) end
        where (select t.failures < g.free or g.longest = 0
            or t."lastAt" + make_interval(secs => least(g.longest, 2 ^ least(t.failures - g.free, 20))) <= now()
          from given g where g.kind = t.kind and g.key = t.key)
        returning t.kind, t.failures
      )
      select g.kind, coalesce(c.failures, t.failures, 0) as failures,
        case when c.kind is not null then 0 else greatest(1, ceil(extract(epoch from t."lastAt" - now())
          + least(g.longest, 2 ^ least(greatest(t.failures - g.free, 0), 20))))::int end as wait
      from given g left join counted c on c.kind = g.kind
      left join "Throttle" t on t."tenantId" = ${db.tenantId} and t.kind = g.kind and t.key = g.key`,
  )
}

type Heading = Readonly<{ kind: string; key: string }>

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
