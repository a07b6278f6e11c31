import 'server-only'
import { getTutor } from '#lib/db/queries/tutor'
import { type AskedRow, type AskedTotals, countAsked, listAsked } from '#lib/db/queries/tutor-asked'
import type { TenantDb } from '#lib/db/tenant'
import { type AskedView, tutorSettings } from './contract'
import { type AskedOne, groupsOf, LEAST_PEOPLE } from './rules/grouping'

/** Questions that are grouped: the newest ones. */
const MOST = 500

function kindOf({ outcome, aboutLessonId }: AskedRow): AskedOne['kind'] {
  if (outcome === 'NOTHING') return 'nothing'
  if (outcome === 'REFUSED') return 'refused'
  return aboutLessonId === null ? 'other' : 'about'
}

function askedOne(row: AskedRow): AskedOne {
  const { text, userId, askerName, aboutLessonId, aboutTitle, about } = row
  return {
    ...{ text, userId, askerName, kind: kindOf(row), heading: about },
    ...{ lessonId: aboutLessonId, lessonTitle: aboutTitle },
  }
}

function viewOf(totals: AskedTotals, asked: readonly AskedRow[]) {
  const { questions, people, nothing } = totals
  const words = people >= LEAST_PEOPLE
  return {
    ...{ questions, nothing, words, people: words ? people : null },
    groups: groupsOf(asked.map(askedOne), people),
  }
}

/** How a course's tutor is set, and what its learners asked. Whether the reader may see it is asked before. Three statements. */
export async function loadAsked(
  db: TenantDb,
  { courseId, days }: Readonly<{ courseId: string; days: number }>,
): Promise<AskedView> {
  const { settings } = await getTutor(db, courseId)
  const totals = await countAsked(db, { courseId, days })
  const asked = await listAsked(db, { courseId, days, limit: MOST })
  return { base: JSON.stringify(settings), settings: tutorSettings.parse(settings), ...viewOf(totals, asked) }
}
