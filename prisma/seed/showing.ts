import { after, DAY, type Anchor } from './clock'
import { seedId } from './ids'
import { hasLeaderboard } from './leaderboards'
import type { Learning } from './learning'
import type { Rows } from './rows'

/** Who shows what they earned: profiles that people opened, and the leaderboard of a course. */

const OPEN = { open: true, badges: false, streak: false, certificates: false, hidden: false }

const CHOICES: Readonly<Record<string, typeof OPEN>> = {
  'student@acme.test': { ...OPEN, badges: true, streak: true, certificates: true },
  'clara.zimmermann@acme.test': { ...OPEN, badges: true, streak: true },
  'hanako.sato@acme.test': { ...OPEN, certificates: true },
  'student2@acme.test': { ...OPEN, open: false, hidden: true },
}

/** On the leaderboard. */
const PARTICIPANTS = 12

/** Most go by a nickname; the others by their own name. */
const NICKNAMES = [
  ...['Night owl', 'Left Join', null, 'Ada’s heir', 'Slow but steady', null, 'Query Queen', 'Nullable'],
  ...['Chess fan', null, 'The Gardener', 'Tea at four'],
]

/** Choices of those who made any, and a dozen learners who joined the leaderboard, the first student among them. */
export function showingRows(
  anchor: Anchor,
  learnings: readonly Learning[],
): Pick<Rows, 'ProfileChoice' | 'LeaderboardEntry'> {
  const people = new Map(
    learnings
      .filter(({ course }) => course.school.subdomain === 'acme')
      .map(({ person }) => [person.email, person]),
  )
  const members = learnings
    .filter(({ course }) => hasLeaderboard(course))
    .toSorted((one, other) => Number(isFirst(other)) - Number(isFirst(one)))
    .slice(0, PARTICIPANTS)
  return {
    ProfileChoice: Object.entries(CHOICES).flatMap(([email, choices]) => {
      const person = people.get(email)
      if (person === undefined) return []
      const { id, tenantId } = person
      return [
        { id: seedId('choice', id), tenantId, userId: id, ...choices, updatedAt: after(anchor, -9 * DAY) },
      ]
    }),
    LeaderboardEntry: members.map(({ id, person, course, enrolledAt }, place) => ({
      ...{ id: seedId('leaderboard', id), tenantId: person.tenantId, userId: person.id, courseId: course.id },
      ...{ nickname: NICKNAMES[place] ?? null, joinedAt: after(enrolledAt, DAY / 24) },
    })),
  }
}

const isFirst = ({ person }: Learning): boolean => person.email === 'student@acme.test'
