import 'server-only'
import { csvFile } from '#lib/audit/rules'
import { recordAudit } from '#lib/db/queries/audit'
import type { TenantDb } from '#lib/db/tenant'
import { translator } from '#lib/i18n/translate'
import { listWarnings, loadParts } from './load-course'
import { loadSchoolInsight } from './load-school'

const day = (at: Date | null): string | null => at?.toISOString().slice(0, 10) ?? null

type Part = 'signals' | 'lessons' | 'waiting'

type Asked = Readonly<{
  courseId: string
  isOpen: boolean
  now: Date
  locale: string
  part: Part
  actorId: string
  client: Readonly<{ ip: string; requestId: string | null }>
}>

type Lines = (string | null)[][]

/** A line for each signal of each learner. */
async function signalLines(db: TenantDb, asked: Asked): Promise<Lines> {
  const t = translator(asked.locale, 'insight.signals')
  const { lines } = await listWarnings(db, asked)
  const head = ['name', 'progress_percent', 'signal', 'since', 'says', 'written_to_on']
  return [
    head,
    ...lines.flatMap(({ name, progress, signals, written }) =>
      signals.map(({ signal, since, amount, titles }) => [
        ...[name, String(progress), t(`names.${signal}`), day(since)],
        ...[t(`says.${signal}`, { count: amount, titles: titles.join('; ') }), day(written?.at ?? null)],
      ]),
    ),
  ]
}

async function lessonLines(db: TenantDb, { courseId }: Asked): Promise<Lines> {
  const { lessons } = await loadParts(db, courseId)
  return [
    ['module', 'lesson', 'opened', 'completed', 'stopped_here'],
    ...lessons.map(({ module, title, opened, completed, stopped }) => [
      ...[module, title, String(opened), String(completed), String(stopped)],
    ]),
  ]
}

async function waitingLines(db: TenantDb, { courseId }: Asked): Promise<Lines> {
  const { waiting } = await loadParts(db, courseId)
  return [
    ['kind', 'title', 'handed_in', 'waiting_short', 'waiting_longer', 'waiting_longest', 'oldest'],
    ...waiting.map(({ kind, title, handedIn, fresh, older, oldest, since }) => [
      ...[kind, title, String(handedIn), String(fresh), String(older), String(oldest), day(since)],
    ]),
  ]
}

const PARTS: Readonly<Record<Part, (db: TenantDb, asked: Asked) => Promise<Lines>>> = {
  signals: signalLines,
  lessons: lessonLines,
  waiting: waitingLines,
}

/** Numbers of a course as a CSV file; that it was taken out is written into the log. */
export async function exportCourse(db: TenantDb, asked: Asked): Promise<string> {
  const { courseId, part, actorId, client } = asked
  const lines = await PARTS[part](db, asked)
  await recordAudit(db, {
    ...{ action: 'insight.export', actorId, targetType: 'Course', targetId: courseId, client },
    after: { part, rows: lines.length - 1 },
  })
  return csvFile(lines)
}

/** Numbers of a school as a CSV file. They name nobody. */
export async function exportSchool(
  db: TenantDb,
  { part }: Readonly<{ part: 'days' | 'weeks' | 'months' }>,
): Promise<string> {
  const { days, weeks, months } = await loadSchoolInsight(db)
  if (part !== 'weeks') {
    const periods = part === 'days' ? days : months
    return csvFile([
      ['from', 'people_who_learned'],
      ...periods.map(({ start, people }) => [start, String(people)]),
    ])
  }
  const numbers = [
    'lessons_completed',
    'hours_of_film',
    'enrolled',
    'courses_completed',
    'messages_to_the_tutor',
  ]
  return csvFile([
    ['week_from', 'people_who_learned', ...numbers],
    ...weeks.map(({ start, people, lessons, hours, enrolled, completions, chats }) => [
      ...[start, String(people), String(lessons), hours.toFixed(2)],
      ...[String(enrolled), String(completions), String(chats)],
    ]),
  ])
}
