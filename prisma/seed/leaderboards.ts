import { schoolOf } from './schools'

/** The course with a leaderboard. */
const COURSE = 'sql-for-curious-people'

/** Whether a course has a leaderboard. */
export function hasLeaderboard({
  school,
  slug,
}: Readonly<{ school: { id: string }; slug: string }>): boolean {
  return school.id === schoolOf('acme').id && slug === COURSE
}
