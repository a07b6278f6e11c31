import { streakNow } from '#lib/awards/rules/streak'
import { breaksOf } from './breaks'
import { localTime, type Anchor } from './clock'
import { seedId } from './ids'
import type { Learning } from './learning'
import type { Person } from './people'
import type { Rows } from './rows'
import { SCHOOLS } from './schools'
import type { Sitting } from './sittings'

type BadgeType = NonNullable<Extract<Rows['Badge'][number]['type'], string>>

/** A badge, and what it was earned for. */
export interface Earned {
  id: string
  person: Person
  type: BadgeType
  /** Names the badge among those of its type: a course, an exam. */
  what: string
  /** Id of the course it was earned in; empty where it is earned once. */
  about: string
  at: Date
}

export interface Deeds {
  person: Person
  timeZone: string
  learnings: Learning[]
  sittings: Sitting[]
}

/** Everything that each learner did. */
export function deedsOf(all: readonly Learning[], sittings: readonly Sitting[]): Deeds[] {
  const zones = new Map(SCHOOLS.map((school) => [school.id, school.timeZone]))
  const people = new Map(all.map(({ person }) => [person.id, person]))
  return [...people.values()].map((person) => ({
    person,
    timeZone: zones.get(person.tenantId) ?? 'UTC',
    learnings: all.filter((one) => one.person === person),
    sittings: sittings.filter(({ learning }) => learning.person === person),
  }))
}

interface Streak {
  current: number
  longest: number
  /** `YYYY-MM-DD`, each once, in order. */
  days: string[]
  /** The day on which a streak first reached so many days. */
  reached: (days: number) => string | null
}

/** Days on which they completed a lesson, in the learner's own time zone, and the streak that the product makes of them. */
function streakOf(anchor: Anchor, { person, timeZone, learnings }: Deeds): Streak {
  const moments = learnings.flatMap(({ done }) => done.map(({ at }) => at))
  const days = [...new Set(moments.map((moment) => localTime(moment, timeZone).day))].sort()
  const breaks = breaksOf(anchor, person.tenantId)
  const { days: current, longest } = streakNow({ days, breaks, longest: 0 }, anchor, timeZone)
  return {
    ...{ current, longest, days },
    reached: (length) =>
      days.find((day, index) => {
        const until = { days: days.slice(0, index + 1), breaks, longest: 0 }
        return streakNow(until, new Date(`${day}T12:00:00Z`), 'UTC').days >= length
      }) ?? null,
  }
}

/** East of Greenwich the anchor's day may have begun already: its evening would lie in the future. */
function eveningOf(anchor: Anchor, day: string | null): Date | null {
  if (day === null) return null
  const evening = new Date(`${day}T20:00:00Z`)
  return evening < anchor ? evening : anchor
}

function badges(anchor: Anchor, deeds: Deeds): Earned[] {
  const { person, timeZone, learnings, sittings } = deeds
  const earned: Earned[] = []
  const earn = (type: BadgeType, at: Date | null | undefined, what = '', about = ''): void => {
    if (at) earned.push({ id: seedId('badge', person.id, type, what), person, type, what, about, at })
  }
  const streak = streakOf(anchor, deeds)
  const done = learnings
    .flatMap((one) => one.done.map(({ at }) => at))
    .sort((one, other) => one.getTime() - other.getTime())
  earn('FIRST_LESSON', done[0])
  earn('DEDICATED_LEARNER', done[49])
  earn(
    'EARLY_BIRD',
    done.find((at) => [4, 5, 6, 7].includes(localTime(at, timeZone).hour)),
  )
  earn('WEEK_STREAK', eveningOf(anchor, streak.reached(7)))
  earn('MONTH_STREAK', eveningOf(anchor, streak.reached(30)))
  for (const { course, done: lessons } of learnings) {
    if (lessons.length === course.lessons.length)
      earn('COURSE_COMPLETE', lessons.at(-1)?.at, course.title, course.id)
  }
  const perfect = sittings
    .filter(({ counts, score, maxScore }) => counts && score !== null && score === maxScore)
    .sort((one, other) => (one.submittedAt?.getTime() ?? 0) - (other.submittedAt?.getTime() ?? 0))
  earn('PERFECT_SCORE', perfect[0]?.submittedAt, perfect[0]?.exam.title)
  return earned
}

/** Every badge that somebody's deeds earned them. */
export function makeBadges(anchor: Anchor, all: readonly Deeds[]): Earned[] {
  return all.flatMap((deeds) => badges(anchor, deeds))
}

/** Badges, and the days and the streak of everybody who ever did something. */
export function motivationRows(
  anchor: Anchor,
  all: readonly Deeds[],
  earned: readonly Earned[],
): Pick<Rows, 'Badge' | 'Streak' | 'LearningDay'> {
  const streaks = all.map((deeds) => ({ person: deeds.person, ...streakOf(anchor, deeds) }))
  return {
    Badge: earned.map(({ id, person, type, about, at }) => ({
      ...{ id, about },
      tenantId: person.tenantId,
      userId: person.id,
      type,
      earnedAt: at,
    })),
    Streak: streaks.map(({ person: { id, tenantId }, current, longest, days }) => {
      const lastDay = days.at(-1) ?? null
      return {
        id: seedId('streak', id),
        ...{ tenantId, userId: id, currentStreak: current, longestStreak: longest, lastActiveDate: lastDay },
        updatedAt: eveningOf(anchor, lastDay) ?? anchor,
      }
    }),
    LearningDay: streaks.flatMap(({ person: { id, tenantId }, days }) =>
      days.map((day) => ({
        ...{ id: seedId('learning day', id, day), tenantId, userId: id, day },
        createdAt: eveningOf(anchor, day) ?? anchor,
      })),
    ),
  }
}
