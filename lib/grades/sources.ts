import 'server-only'
import { assignmentSettingsSchema } from '#lib/assignments/contract'
import { deductionBy } from '#lib/assignments/rules/deduction'
import {
  type ChangeRow,
  countOpenQuestions,
  type GradeItemRow,
  listChanges,
  listGradeItems,
  listScores,
  listWork,
  type ScoreRow,
  type WorkRow,
} from '#lib/db/queries/grades'
import type { TenantDb } from '#lib/db/tenant'
import { Points, pointsText } from '#lib/exams/rules/decimal'
import { gradeTermsOf } from '#lib/exams/rules/extent'
import type { Change, GradeItem, Source } from './contract'
import { ITEMS_MOST } from './contract/constants'
import type { Own } from './rules/person'

/** Who looks: a learner gets no points that they may not see yet. */
export type Audience = 'teacher' | 'learner'

/** An item with how points of it come about for one person. */
export type ItemSource = Readonly<{
  item: GradeItem
  scored: (score: ScoreRow, audience: Audience) => Source
  handedIn: (work: WorkRow, audience: Audience) => Source
}>

const plain = (points: string): string => pointsText(new Points(points))
const HIDDEN = { points: null, given: null, deduction: '0', state: 'hidden' } as const
const WAITS = { ...HIDDEN, state: 'handed-in' } as const

function examSource(row: GradeItemRow): ItemSource {
  const { id, title, dueAt, releasedAt, closedForAll } = row
  const { most: maxPoints, mayReview } = gradeTermsOf(row)
  const scored = (score: ScoreRow, audience: Audience): Source => {
    const { attemptId: workId, submittedAt, gradedAt } = score
    if (score.score === null || score.maxScore === null) return { ...WAITS, maxPoints, workId }
    const seen =
      audience === 'teacher' || mayReview({ submittedAt, gradedAt, releasedAt, closedForAll }).score
    if (!seen) return { ...HIDDEN, maxPoints, workId }
    const points = plain(score.score)
    return {
      points,
      given: points,
      deduction: '0',
      state: 'graded',
      maxPoints: plain(score.maxScore),
      workId,
    }
  }
  const item = { id, kind: 'exam', title, dueAt, maxPoints } as const
  return { item, scored, handedIn: () => ({ ...WAITS, maxPoints, workId: null }) }
}

function assignmentSource(row: GradeItemRow, timeZone: string): ItemSource {
  const { id, title, dueAt } = row
  const maxPoints = plain(row.points ?? '0')
  const { late } = assignmentSettingsSchema.parse(row.settings)
  const rules = { late, dueDate: dueAt, timeZone, points: maxPoints }
  const handedIn = (work: WorkRow, audience: Audience): Source => {
    const { submissionId: workId, grade } = work
    if (grade === null) return { ...WAITS, maxPoints, workId }
    if (audience === 'learner' && work.releasedAt === null) return { ...HIDDEN, maxPoints, workId }
    const deduction = deductionBy(rules, work)
    const points = pointsText(new Points(grade).minus(deduction))
    return { points, given: plain(grade), deduction, state: 'graded', maxPoints, workId }
  }
  const item = { id, kind: 'assignment', title, dueAt, maxPoints } as const
  return { item, handedIn, scored: () => ({ ...WAITS, maxPoints, workId: null }) }
}

/** The items of a course that learners see. One statement. @param timeZone IANA: the course's, or else the school's */
export async function loadItems(db: TenantDb, courseId: string, timeZone: string): Promise<ItemSource[]> {
  const found = await listGradeItems(db, courseId, ITEMS_MOST)
  return found.map((row) => (row.kind === 'exam' ? examSource(row) : assignmentSource(row, timeZone)))
}

function changeOf({ userId: _userId, item: _item, points, ...row }: ChangeRow): Change {
  return { ...row, points: points === null ? null : plain(points) }
}

type Open = Readonly<{ userId: string; item: string; count: number }>
type Parts = Readonly<{ scores: ScoreRow[]; work: WorkRow[]; changes: ChangeRow[]; open: Open[] }>

function ownOf(items: readonly ItemSource[], parts: Parts, audience: Audience): Own {
  const byId = new Map(items.map((one) => [one.item.id, one]))
  const sources = new Map<string, Source>()
  for (const score of parts.scores) {
    const item = byId.get(score.examId)
    if (item !== undefined) sources.set(score.examId, item.scored(score, audience))
  }
  for (const work of parts.work) {
    const item = byId.get(work.assignmentId)
    if (item !== undefined) sources.set(work.assignmentId, item.handedIn(work, audience))
  }
  // Points by hand for something whose grade isn't released yet are not released either.
  const shown = ({ item }: ChangeRow): boolean => sources.get(item)?.state !== 'hidden'
  const changes = parts.changes.filter((change) => audience === 'teacher' || shown(change))
  return {
    sources,
    changes: new Map(changes.map((row) => [row.item, changeOf(row)])),
    open: new Map(parts.open.map(({ item, count }) => [item, count])),
  }
}

const NONE: Parts = { scores: [], work: [], changes: [], open: [] }

/**
 * What people have in the items of a course. Four statements, however many they are.
 * @param input.userId null: everybody's
 * @returns by person; whoever isn't named has nothing
 */
export async function loadOwn(
  db: TenantDb,
  items: readonly ItemSource[],
  input: Readonly<{ courseId: string; userId: string | null; audience: Audience }>,
): Promise<(userId: string) => Own> {
  const { audience } = input
  const parts = new Map<string, Parts>()
  const partsOf = (userId: string): Parts => {
    const there = parts.get(userId)
    if (there !== undefined) return there
    const made = { scores: [], work: [], changes: [], open: [] }
    parts.set(userId, made)
    return made
  }
  for (const row of await listScores(db, input)) partsOf(row.userId).scores.push(row)
  for (const row of await listWork(db, input)) partsOf(row.userId).work.push(row)
  for (const row of await listChanges(db, input)) partsOf(row.userId).changes.push(row)
  for (const row of await countOpenQuestions(db, input)) partsOf(row.userId).open.push(row)
  return (userId) => ownOf(items, parts.get(userId) ?? NONE, audience)
}
