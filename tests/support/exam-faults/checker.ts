/**
 * Says what was done wrongly to attempts, from two records that know nothing of each other: what simulated browsers
 * sent and were told, and what stands in the tables at the end. Times are milliseconds of one machine's clock.
 */

export type Told = Readonly<{
  questionId: string
  sequence: number
  outcome: 'saved' | 'superseded' | 'closed' | 'unknown'
  /** Sequence that the server said it holds; null: none. */
  held: number | null
  sentAt: number
  answeredAt: number
}>

export type Sent = Readonly<{ questionId: string; sequence: number; value: boolean; sentAt: number }>

export type HandedIn = Readonly<{ sentAt: number; answeredAt: number; submittedAt: number; already: boolean }>

export type Journal = Readonly<{
  userId: string
  /** Every id that a start answered with. */
  attemptIds: readonly string[]
  deadlineAt: number
  sent: readonly Sent[]
  told: readonly Told[]
  /** When the first hand-in was sent, answered or not; null: none was. */
  firstHandIn: number | null
  handedIn: readonly HandedIn[]
}>

export type Kept = Readonly<{ questionId: string; sequence: number; value: boolean; savedAt: number }>

export type Final = Readonly<{
  id: string
  userId: string
  startedAt: number
  deadlineAt: number
  submittedAt: number | null
  endedBy: string | null
  score: number | null
  maxScore: number | null
  counts: boolean
  rows: readonly Kept[]
  frozen: readonly Kept[]
  /** Ids of questions that have marks. */
  marks: readonly string[]
  /** Entries of the log. */
  starts: number
  submits: number
}>

const GRACE = 3_000
/** The tables keep whole milliseconds, and so does the record. */
const ROUNDING = 2

type Say = (text: string) => void

function doubles(ids: readonly string[]): string[] {
  return ids.filter((id, index) => ids.indexOf(id) !== index)
}

/** Nothing that was acknowledged is gone, older than it was, or something else than was sent. */
function answersOf(journal: Journal, final: Final, say: Say): void {
  const frozen = new Map(final.frozen.map((kept) => [kept.questionId, kept]))
  const values = new Map(journal.sent.map((one) => [`${one.questionId}/${one.sequence}`, one.value]))
  for (const { questionId, sequence, outcome } of journal.told) {
    if (outcome !== 'saved') continue
    const kept = frozen.get(questionId)
    if (kept === undefined || kept.sequence < sequence)
      say(`lost: ${questionId} was acknowledged at ${sequence}, and ${kept?.sequence ?? 'nothing'} is kept`)
  }
  for (const { questionId, sequence, value } of final.frozen) {
    const sent = values.get(`${questionId}/${sequence}`)
    if (sent !== value)
      say(`wrong: ${questionId} at ${sequence} is ${String(value)}, ${String(sent)} was sent`)
  }
  const rows = new Map(final.rows.map(({ questionId, sequence }) => [questionId, sequence]))
  if (rows.size !== frozen.size || [...frozen].some(([id, kept]) => rows.get(id) !== kept.sequence))
    say('lost: what was frozen is not what had been saved')
  for (const id of doubles(final.rows.map(({ questionId }) => questionId))) say(`doubled: answer to ${id}`)
  for (const id of doubles([...final.marks])) say(`doubled: mark of ${id}`)
}

/** What one answer was told: taken exactly as long as it had to be. */
function decision(journal: Journal, told: Journal['told'][number], sentAt: number, say: Say): void {
  const end = journal.deadlineAt + GRACE
  const { questionId, sequence, outcome, held, answeredAt } = told
  if (outcome === 'saved' && sentAt > end + ROUNDING)
    say(`deadline: ${questionId} at ${sequence} was taken, sent ${sentAt - end} ms too late`)
  const ended = journal.firstHandIn !== null && journal.firstHandIn <= answeredAt
  if (outcome === 'closed' && answeredAt < end - ROUNDING && !ended)
    say(`deadline: ${questionId} at ${sequence} was refused ${end - answeredAt} ms too early`)
  if (outcome === 'superseded' && (held === null || held <= sequence))
    say(`wrong: ${questionId} at ${sequence} was called superseded by ${String(held)}`)
  if (outcome === 'unknown') say(`wrong: ${questionId} was called unknown`)
}

/** Each was taken exactly as long as it had to be. */
function decisions(journal: Journal, final: Final, say: Say): void {
  const end = journal.deadlineAt + GRACE
  const first = new Map<string, number>()
  for (const { questionId, sequence, sentAt } of journal.sent) {
    const key = `${questionId}/${sequence}`
    first.set(key, Math.min(sentAt, first.get(key) ?? sentAt))
  }
  for (const told of journal.told)
    decision(journal, told, first.get(`${told.questionId}/${told.sequence}`) ?? told.sentAt, say)
  for (const { questionId, savedAt } of final.rows)
    if (savedAt >= end + ROUNDING) say(`deadline: ${questionId} was stored after the end`)
}

/** It ended once, when and by whom it had to. */
function ends(journal: Journal, final: Final, say: Say): void {
  const { submittedAt, deadlineAt, endedBy } = final
  const end = deadlineAt + GRACE
  if (deadlineAt !== journal.deadlineAt) say('deadline: it is not the one that was told')
  if (submittedAt === null) {
    say('deadline: it was never ended')
    return
  }
  if (submittedAt > deadlineAt || submittedAt < final.startedAt) say('deadline: it ended out of its time')
  if (endedBy === 'DEADLINE' && submittedAt !== deadlineAt) say('deadline: it ended before its deadline')
  const { firstHandIn, handedIn } = journal
  if (endedBy === 'LEARNER' && (firstHandIn === null || firstHandIn > end + ROUNDING))
    say('deadline: it counts as handed in, and was not in time')
  if (endedBy === 'DEADLINE' && handedIn.some((one) => !one.already && one.answeredAt < end - ROUNDING))
    say('deadline: it was handed in in time, and counts as ended by the deadline')
  for (const one of handedIn)
    if (one.submittedAt !== submittedAt) say('wrong: a hand-in was told another end than the one that stands')
  if (handedIn.filter(({ already }) => !already).length > 1) say('doubled: two hand-ins were the first')
}

function outcome(final: Final, right: (questionId: string) => boolean, say: Say): void {
  const score = final.frozen.filter(({ questionId, value }) => value === right(questionId)).length
  if (final.score !== score) say(`wrong: ${String(final.score)} points for ${score} right answers`)
  if (final.maxScore !== final.marks.length || final.marks.length === 0)
    say('wrong: the marks are not all there')
  if (!final.counts) say('wrong: it doesn’t count')
  if (final.starts !== 1) say(`doubled: ${final.starts} starts in the log`)
  if (final.submits > 1) say(`doubled: ${final.submits} hand-ins in the log`)
}

/**
 * @param right the key of the exam's true-or-false questions
 * @returns a sentence for everything that is wrong, each beginning with `lost`, `doubled`, `wrong` or `deadline`
 */
export function faultsOf(
  journals: readonly Journal[],
  finals: readonly Final[],
  right: (questionId: string) => boolean,
): string[] {
  const faults: string[] = []
  const byPerson = Map.groupBy(finals, ({ userId }) => userId)
  for (const journal of journals) {
    const say: Say = (text) => faults.push(`${text} (${journal.userId})`)
    const [final, ...more] = byPerson.get(journal.userId) ?? []
    if (more.length > 0) say('doubled: several attempts')
    if (final === undefined) {
      if (journal.attemptIds.length > 0) say('lost: an attempt that had been started')
      continue
    }
    if (journal.attemptIds.some((id) => id !== final.id)) say('wrong: another attempt than was told')
    answersOf(journal, final, say)
    decisions(journal, final, say)
    ends(journal, final, say)
    outcome(final, right, say)
  }
  return faults
}
