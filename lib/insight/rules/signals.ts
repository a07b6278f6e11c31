import { type Signal, SIGNALS, THRESHOLDS } from '../contract/constants'
import type { Given, LearnerFacts } from '../contract/views'

/**
 * Who may need somebody, and why. Each rule looks at what is known of one learner and says what it sees, since when; none
 * knows of the others. Whoever has finished, left, or is gone is in no list that these rules are asked about, and what
 * somebody is excused from is in none of their facts.
 */

const DAY = 86_400_000

type Class = Readonly<{
  now: Date
  /** Percent a day; null: too few learners to say. */
  pace: number | null
}>

type Rule = (facts: LearnerFacts, group: Class) => Omit<Given, 'signal'> | null

const daysSince = (at: Date, now: Date): number => Math.floor((now.getTime() - at.getTime()) / DAY)

/** Came, on two days or more, and stays away. */
const silent: Rule = ({ lastAt, days }, { now }) => {
  if (lastAt === null || days === 1) return null
  const away = daysSince(lastAt, now)
  return away >= THRESHOLDS.silentDays ? { since: lastAt, titles: [], amount: away } : null
}

/** Came on one day and never again. */
const notReturned: Rule = ({ lastAt, days }, { now }) => {
  if (lastAt === null || days !== 1) return null
  const away = daysSince(lastAt, now)
  return away >= THRESHOLDS.silentDays ? { since: lastAt, titles: [], amount: away } : null
}

const notStarted: Rule = ({ lastAt, enrolledAt }, { now }) => {
  const waits = daysSince(enrolledAt, now)
  return lastAt === null && waits >= THRESHOLDS.notStartedDays
    ? { since: enrolledAt, titles: [], amount: waits }
    : null
}

/** Goes on at half the class's pace or less. Since the day on which the class stood where they stand. */
const behind: Rule = ({ enrolledAt, progress, lastAt }, { now, pace }) => {
  if (pace === null || pace <= 0 || lastAt === null) return null
  const days = daysSince(enrolledAt, now)
  if (days < THRESHOLDS.behindDays) return null
  const expected = Math.min(100, pace * days)
  const gap = expected - progress
  if (gap < THRESHOLDS.behindPoints || progress * 2 > expected) return null
  const since = new Date(enrolledAt.getTime() + (progress / pace) * DAY)
  return { since, titles: [], amount: Math.round(gap) }
}

/** Of somebody who has begun: who hasn't is told of as such. */
const missing: Rule = ({ works, lastAt }) => {
  if (lastAt === null) return null
  const open = works.filter(({ handedInAt }) => handedInAt === null)
  const first = open.toSorted((one, other) => one.dueAt.getTime() - other.dueAt.getTime())[0]
  return first === undefined
    ? null
    : { since: first.dueAt, titles: open.map(({ title }) => title), amount: open.length }
}

const late: Rule = ({ works }) => {
  const after = works
    .filter(({ handedInAt, dueAt }) => handedInAt !== null && handedInAt > dueAt)
    .toSorted((one, other) => one.dueAt.getTime() - other.dueAt.getTime())
  const first = after[0]
  return first === undefined || after.length < THRESHOLDS.lateWorks
    ? null
    : { since: first.dueAt, titles: after.map(({ title }) => title), amount: after.length }
}

/** The newest result is a failed one. Since the first of those that were failed in a row. */
const failed: Rule = ({ exams }) => {
  const row: LearnerFacts['exams'][number][] = []
  for (const exam of exams.toReversed()) {
    if (exam.passed !== false) break
    row.unshift(exam)
  }
  const [first] = row
  return first === undefined
    ? null
    : { since: first.at, titles: row.map(({ title }) => title), amount: row.length }
}

/** The newest result is far below the mean of those before. */
const dropped: Rule = ({ exams }) => {
  const newest = exams.at(-1)
  const before = exams.slice(0, -1)
  if (newest === undefined || before.length < 2) return null
  const mean = before.reduce((sum, { percent }) => sum + percent, 0) / before.length
  const fall = mean - newest.percent
  return fall >= THRESHOLDS.droppedPoints
    ? { since: newest.at, titles: [newest.title], amount: Math.round(fall) }
    : null
}

const RULES: Readonly<Record<Signal, Rule>> = {
  failed,
  missing,
  dropped,
  silent,
  'not-returned': notReturned,
  behind,
  late,
  'not-started': notStarted,
}

/** What a learner's facts say, the gravest first. */
export function signalsOf(facts: LearnerFacts, group: Class): Given[] {
  return SIGNALS.flatMap((signal) => {
    const given = RULES[signal](facts, group)
    return given === null ? [] : [{ signal, ...given }]
  })
}

/** How grave it is: each signal by its place, two small ones more than one of them. */
const weightOf = (signals: readonly Given[]): number =>
  signals.reduce((sum, { signal }) => sum + SIGNALS.length - SIGNALS.indexOf(signal), 0)

type Named = Readonly<{ name: string; userId: string; signals: readonly Given[] }>

/** Puts those first who need somebody most; of equals, whom it has lasted longest. */
export function byNeed(one: Named, other: Named): number {
  const first = ({ signals }: Named): number => Math.min(...signals.map(({ since }) => since.getTime()))
  return (
    weightOf(other.signals) - weightOf(one.signals) ||
    first(one) - first(other) ||
    (one.name < other.name ? -1 : one.name > other.name ? 1 : one.userId < other.userId ? -1 : 1)
  )
}
