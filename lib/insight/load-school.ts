import 'server-only'
import { z } from 'zod'
import { getFreshness } from '#lib/db/queries/insight-course'
import { saveSchoolReport } from '#lib/db/queries/insight-reports'
import {
  countChatMessages,
  getSchoolFigures,
  listEnrollmentWeeks,
  listPeriods,
} from '#lib/db/queries/insight-school'
import type { TenantDb } from '#lib/db/tenant'
import { TREND_WEEKS } from './contract/constants'
import type { SchoolInsight } from './contract/views'

/** What a report keeps of a week, by its Monday. */
const weeksSchema = z.record(
  z.iso.date(),
  z.strictObject({ enrolled: z.int(), completions: z.int(), chats: z.int() }),
)
type Weeks = z.infer<typeof weeksSchema>

/** Who enrolled, who completed and what was asked of the tutor, counted now. Two statements. */
async function countWeeks(db: TenantDb): Promise<Weeks> {
  const enrolled = await listEnrollmentWeeks(db, { weeks: TREND_WEEKS })
  const chats = new Map(
    (await countChatMessages(db, { weeks: TREND_WEEKS })).map((row) => [row.start, row.messages]),
  )
  const known = new Map(enrolled.map((row) => [row.start, row]))
  return Object.fromEntries(
    [...new Set([...known.keys(), ...chats.keys()])].map((start) => [
      start,
      {
        enrolled: known.get(start)?.enrolled ?? 0,
        completions: known.get(start)?.completions ?? 0,
        chats: chats.get(start) ?? 0,
      },
    ]),
  )
}

/** Numbers about a whole school. Five statements; three of a large one, whose report is read. */
export async function loadSchoolInsight(db: TenantDb): Promise<SchoolInsight> {
  const { madeAt, weeks: reported, ...figures } = await getSchoolFigures(db, { anew: false })
  const periods = await listPeriods(db, { weeks: TREND_WEEKS })
  const weeks = madeAt === null ? await countWeeks(db) : weeksSchema.parse(reported)
  const of = (wanted: 'day' | 'week' | 'month') => periods.filter(({ span }) => span === wanted)
  const plain = ({ start, people }: (typeof periods)[number]) => ({ start, people })
  const none = { enrolled: 0, completions: 0, chats: 0 }
  return {
    ...{ ...figures, freshness: { ...(await getFreshness(db)), madeAt } },
    days: of('day').map(plain),
    months: of('month').map(plain),
    weeks: of('week').map(({ start, people, lessons, hours }) => ({
      ...{ start, people, lessons, hours, ...none, ...weeks[start] },
    })),
  }
}

/** Counts a school anew and keeps that as its report. Four statements. */
export async function makeSchoolReport(db: TenantDb): Promise<void> {
  const { people, enrollments, completed } = await getSchoolFigures(db, { anew: true })
  await saveSchoolReport(db, { people, enrollments, completed, weeks: await countWeeks(db) })
}
