import 'server-only'
import { getFreshness } from '#lib/db/queries/insight-course'
import {
  countChatMessages,
  getSchoolFigures,
  listEnrollmentWeeks,
  listPeriods,
} from '#lib/db/queries/insight-school'
import type { TenantDb } from '#lib/db/tenant'
import { TREND_WEEKS } from './contract/constants'
import type { SchoolInsight } from './contract/views'

/** Numbers about a whole school. Five statements. @param timeZone IANA, of the school */
export async function loadSchoolInsight(db: TenantDb, timeZone: string): Promise<SchoolInsight> {
  const weeks = { weeks: TREND_WEEKS }
  const figures = await getSchoolFigures(db, timeZone)
  const periods = await listPeriods(db, weeks)
  const enrolled = new Map((await listEnrollmentWeeks(db, weeks)).map((row) => [row.start, row]))
  const chats = new Map((await countChatMessages(db, weeks)).map((row) => [row.start, row.messages]))
  const of = (wanted: 'day' | 'week' | 'month') => periods.filter(({ span }) => span === wanted)
  const plain = ({ start, people }: (typeof periods)[number]) => ({ start, people })
  return {
    ...{ ...figures, freshness: await getFreshness(db) },
    days: of('day').map(plain),
    months: of('month').map(plain),
    weeks: of('week').map(({ start, people, lessons, hours }) => ({
      ...{ start, people, lessons, hours },
      enrolled: enrolled.get(start)?.enrolled ?? 0,
      completions: enrolled.get(start)?.completions ?? 0,
      chats: chats.get(start) ?? 0,
    })),
  }
}
