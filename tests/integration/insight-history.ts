import type { Pool } from 'pg'

/**
 * What happens in a school, told twice: to the database, as the product would, and to a plain model in memory that
 * keeps every instant. Days are worked out by the clock of JavaScript, not by that of PostgreSQL.
 */

/** Zones, and an instant at which their clocks turn. */
export const ZONES = [
  ['America/New_York', '2026-03-08T07:00:00Z'],
  ['Europe/Berlin', '2026-10-25T01:00:00Z'],
  ['Australia/Lord_Howe', '2026-04-04T15:00:00Z'],
  ['Pacific/Apia', '2026-12-31T11:00:00Z'],
  ['UTC', '2028-02-29T00:00:00Z'],
] as const

type Touch = Readonly<{
  kind: 'touch'
  person: number
  course: string
  lesson: number
  minutes: number
  /** Null: the learner says nothing about completion. */
  done: boolean | null
  from: number
  length: number
}>
type Step =
  | Touch
  | Readonly<{ kind: 'enroll'; person: number; course: string }>
  | Readonly<{ kind: 'leave'; person: number; course: string }>
  | Readonly<{ kind: 'rule' | 'delete'; course: string; lesson: number }>
  | Readonly<{ kind: 'exam'; person: number; course: string; minutes: number }>
  | Readonly<{ kind: 'hand-in'; person: number; course: string; minutes: number }>
  | Readonly<{ kind: 'erase'; person: number }>

type Seat = { id: string; moments: { at: number; lessonId: string }[] }
type Work = { lessons: number; seconds: number }

const KINDS = ['day', 'week', 'month'] as const

function startOf(span: (typeof KINDS)[number], day: string): string {
  if (span === 'day') return day
  if (span === 'month') return `${day.slice(0, 8)}01`
  const date = new Date(`${day}T00:00:00Z`)
  date.setUTCDate(date.getUTCDate() - ((date.getUTCDay() + 6) % 7))
  return date.toISOString().slice(0, 10)
}

export class History {
  readonly #owner: Pool
  readonly #school: string
  readonly #turn: number
  readonly #day: Intl.DateTimeFormat
  #seats = 0
  readonly #enrolled = new Map<string, Seat>()
  readonly #erased = new Set<number>()
  /** Who learned on which day, forever. */
  readonly #active = new Set<string>()
  readonly #work = new Map<string, Work>()

  constructor(owner: Pool, school: string, timeZone: string, turn: number) {
    this.#owner = owner
    this.#school = school
    this.#turn = turn
    this.#day = new Intl.DateTimeFormat('en-CA', {
      timeZone,
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
    })
  }

  #dayOf(at: number): string {
    return this.#day.format(at)
  }

  #was(person: number, at: number, work: Work): void {
    const day = this.#dayOf(at)
    this.#active.add(`${this.#school}p${person} ${day}`)
    const there = this.#work.get(day) ?? { lessons: 0, seconds: 0 }
    this.#work.set(day, { lessons: there.lessons + work.lessons, seconds: there.seconds + work.seconds })
  }

  async #touch({ person, course, lesson, minutes, done, from, length }: Touch): Promise<void> {
    const seat = this.#enrolled.get(`${person}${course}`)
    if (seat === undefined) return
    const lessonId = `${this.#school}${course}m0l${lesson}`
    const at = this.#turn + minutes * 60_000
    const range = length === 0 ? '{}' : `{[${from},${from + length})}`
    const { rows } = await this.#owner.query<{ lessons: number; seconds: number; moved: boolean }>(
      `WITH old AS (SELECT * FROM "LessonProgress" WHERE "tenantId" = $1 AND "enrollmentId" = $2 AND "lessonId" = $3), new AS (
         INSERT INTO "LessonProgress" AS p (id, "tenantId", "enrollmentId", "lessonId", "userId", completed, "completedAt", watched, "updatedAt")
         VALUES ($2 || $3, $1, $2, $3, $4, coalesce($5::boolean, false), CASE WHEN $5::boolean THEN $7::timestamptz END, $6::int4multirange, $7)
         ON CONFLICT ("tenantId", "enrollmentId", "lessonId") DO UPDATE SET completed = coalesce($5::boolean, p.completed),
           "completedAt" = CASE WHEN coalesce($5::boolean, p.completed) THEN coalesce(p."completedAt", $7::timestamptz) END,
           watched = p.watched + excluded.watched, "updatedAt" = excluded."updatedAt"
         RETURNING completed, watched)
       SELECT new.completed::int - coalesce(old.completed, false)::int AS lessons, old."updatedAt" IS DISTINCT FROM $7 AS moved,
         (SELECT coalesce(sum(upper(r) - lower(r)), 0)::int FROM unnest(new.watched) r)
           - (SELECT coalesce(sum(upper(r) - lower(r)), 0)::int FROM unnest(coalesce(old.watched, '{}')) r) AS seconds
       FROM new LEFT JOIN old ON true`,
      [this.#school, seat.id, lessonId, `${this.#school}p${person}`, done, range, new Date(at)],
    )
    const [changed] = rows
    // Twice within the same millisecond is once: what the second time changed belongs to no day.
    if (changed?.moved !== true) return
    seat.moments.push({ at, lessonId })
    this.#was(person, at, changed)
  }

  async #enroll(person: number, course: string): Promise<void> {
    if (this.#erased.has(person) || this.#enrolled.has(`${person}${course}`)) return
    this.#seats += 1
    const id = `${this.#school}s${this.#seats}`
    await this.#owner.query(
      `INSERT INTO "Enrollment" (id, "tenantId", "courseId", "userId") VALUES ($1, $2, $3, $4)`,
      [...[id, this.#school, `${this.#school}${course}`, `${this.#school}p${person}`]],
    )
    this.#enrolled.set(`${person}${course}`, { id, moments: [] })
  }

  async #act(person: number, at: number, course: string, kind: 'exam' | 'hand-in'): Promise<void> {
    if (this.#erased.has(person)) return
    const values = [this.#school, `${this.#school}p${person}`, `${this.#school}${course}`, new Date(at)]
    await this.#owner.query(
      kind === 'exam'
        ? `INSERT INTO "ExamAttempt" (id, "tenantId", "examId", "versionId", "userId", number, counts, "startedAt", "deadlineAt")
           SELECT gen_random_uuid(), $1, $3 || 'x', $3 || 'xv1', $2, coalesce(max(a.number), 0) + 1, false, $4, $4::timestamptz + interval '1 hour'
           FROM "ExamAttempt" a WHERE a."tenantId" = $1 AND a."examId" = $3 || 'x' AND a."userId" = $2`
        : `INSERT INTO "Submission" (id, "tenantId", "assignmentId", "userId", "submittedAt") VALUES (gen_random_uuid(), $1, $3 || 'h', $2, $4)
           ON CONFLICT ("tenantId", "assignmentId", "userId") DO UPDATE SET "submittedAt" = excluded."submittedAt"`,
      values,
    )
    this.#was(person, at, { lessons: 0, seconds: 0 })
  }

  async #forget(person: number, course?: string): Promise<void> {
    for (const one of course === undefined ? ['a', 'b'] : [course]) this.#enrolled.delete(`${person}${one}`)
    const userId = `${this.#school}p${person}`
    if (course === undefined) {
      this.#erased.add(person)
      await this.#owner.query(`DELETE FROM "User" WHERE "tenantId" = $1 AND id = $2`, [this.#school, userId])
      return
    }
    await this.#owner.query(
      `DELETE FROM "Enrollment" WHERE "tenantId" = $1 AND "userId" = $2 AND "courseId" = $3`,
      [...[this.#school, userId, `${this.#school}${course}`]],
    )
  }

  /** Does one step in the database and remembers it. */
  async take(step: Step): Promise<void> {
    if (step.kind === 'touch') return this.#touch(step)
    if (step.kind === 'enroll') return this.#enroll(step.person, step.course)
    if (step.kind === 'leave') return this.#forget(step.person, step.course)
    if (step.kind === 'erase') return this.#forget(step.person)
    if (step.kind === 'exam' || step.kind === 'hand-in')
      return this.#act(step.person, this.#turn + step.minutes * 60_000, step.course, step.kind)
    const lessonId = `${this.#school}${step.course}m0l${step.lesson}`
    await this.#owner.query(
      step.kind === 'rule'
        ? `UPDATE "LessonProgress" SET completed = true, "completedAt" = now() WHERE "tenantId" = $1 AND "lessonId" = $2 AND NOT completed`
        : `UPDATE "Lesson" SET "deletedAt" = CASE WHEN "deletedAt" IS NULL THEN now() END WHERE "tenantId" = $1 AND id = $2`,
      [this.#school, lessonId],
    )
  }

  /** Lessons and learners as the tallies have them: what can be asked of the rows themselves as well. */
  async tallied() {
    const { rows: lessons } = await this.#owner.query(
      `SELECT "lessonId" AS id, opened, completed FROM "LessonTally" WHERE "tenantId" = $1 AND (opened, completed) <> (0, 0) ORDER BY 1`,
      [this.#school],
    )
    const { rows: learners } = await this.#owner.query(
      `SELECT "enrollmentId" AS id, opened, completed, seconds FROM "LearnerTally" WHERE "tenantId" = $1 ORDER BY 1`,
      [this.#school],
    )
    return { lessons, learners }
  }

  /** The same, counted from the rows. */
  async counted() {
    const { rows: lessons } = await this.#owner.query(
      `SELECT "lessonId" AS id, count(*)::int AS opened, count(*) FILTER (WHERE completed)::int AS completed
       FROM "LessonProgress" WHERE "tenantId" = $1 GROUP BY 1 ORDER BY 1`,
      [this.#school],
    )
    const { rows: learners } = await this.#owner.query(
      `SELECT "enrollmentId" AS id, count(*)::int AS opened, count(*) FILTER (WHERE completed)::int AS completed,
         sum((SELECT coalesce(sum(upper(r) - lower(r)), 0) FROM unnest(watched) r))::int AS seconds
       FROM "LessonProgress" WHERE "tenantId" = $1 GROUP BY 1 ORDER BY 1`,
      [this.#school],
    )
    return { lessons, learners }
  }

  async folded() {
    const { rows: days } = await this.#owner.query(
      `SELECT "enrollmentId" AS id, "lastAt", "lastLessonId",
         ARRAY(SELECT to_char(g, 'YYYY-MM-DD') FROM unnest(days) r, generate_series(lower(r), upper(r) - 1, interval '1 day') g ORDER BY 1) AS days
       FROM "LearnerTally" WHERE "tenantId" = $1 ORDER BY 1`,
      [this.#school],
    )
    const { rows: activity } = await this.#owner.query(
      `SELECT span || ' ' || to_char(start, 'YYYY-MM-DD') AS id, people, lessons, seconds::int AS seconds
       FROM "SchoolActivity" WHERE "tenantId" = $1 ORDER BY 1`,
      [this.#school],
    )
    return { ...(await this.tallied()), days, activity }
  }

  async recounted() {
    const seats = [...this.#enrolled.values()].filter(({ moments }) => moments.length > 0)
    const days = seats
      .map(({ id, moments }) => {
        const last = moments.reduce((one, other) =>
          other.at > one.at || (other.at === one.at && other.lessonId > one.lessonId) ? other : one,
        )
        const own = [...new Set(moments.map(({ at }) => this.#dayOf(at)))].sort()
        return { id, lastAt: new Date(last.at), lastLessonId: last.lessonId, days: own }
      })
      .sort((one, other) => (one.id < other.id ? -1 : 1))
    const people = new Map<string, Set<string>>()
    for (const pair of this.#active) {
      const [who = '', day = ''] = pair.split(' ')
      for (const span of KINDS) {
        const key = `${span} ${startOf(span, day)}`
        people.set(key, (people.get(key) ?? new Set()).add(who))
      }
    }
    const activity = [...people]
      .map(([id, who]) => {
        const work = id.startsWith('day ') ? this.#work.get(id.slice(4)) : undefined
        return { id, people: who.size, lessons: work?.lessons ?? 0, seconds: work?.seconds ?? 0 }
      })
      .sort((one, other) => (one.id < other.id ? -1 : 1))
    return { ...(await this.counted()), days, activity }
  }
}
