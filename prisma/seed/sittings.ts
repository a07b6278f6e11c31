import type { AnswerValue, Question } from '#lib/exams/contract'
import { answerTo } from './answers'
import { after, DAY, daysFrom, HOUR, MINUTE, type Anchor } from './clock'
import type { BuiltExam } from './courses'
import { seedId } from './ids'
import type { Learning } from './learning'
import { random, type Random } from './random'
import { needsTeacher, shareOf } from './score'
import { sitDown } from './study'

/** One saved answer of a sitting. */
export interface SavedAnswer {
  question: Question
  value: AnswerValue
  sequence: number
  savedAt: Date
}

/** One sitting of an exam by one person. */
export interface Sitting {
  id: string
  exam: BuiltExam
  learning: Learning
  number: number
  counts: boolean
  startedAt: Date
  deadlineAt: Date
  /** Null while it runs, and for those who walked away. */
  submittedAt: Date | null
  answers: SavedAnswer[]
  /** Points; null until it is submitted and a person has read what only a person can grade. */
  score: number | null
}

/** Still writing on the day of the anchor: the teacher has given them more time than the exam has. */
const EXTENDED = 'student2@'
const EXTENSION = 36 * HOUR
/** One in so many sits down and never hands in. */
const WALKED_AWAY = 14

function saved(
  chance: Random,
  learning: Learning,
  exam: BuiltExam,
  startedAt: Date,
  spent: number,
): SavedAnswer[] {
  const { diligence } = learning.person
  const pace = spent / (exam.questions.length + 1)
  return exam.questions.flatMap((question, index) => {
    if (chance.chance(0.09 * (1 - diligence))) return []
    const value = answerTo(question, chance.chance(0.42 + 0.55 * diligence), chance)
    const savedAt = after(startedAt, pace * (index + 0.6 + 0.4 * chance.next()))
    return [{ question, value, sequence: chance.between(1, 4), savedAt }]
  })
}

/** Points of the answers, the teacher's for essays included; null where a teacher has not read them yet. */
function scoreOf(chance: Random, answers: readonly SavedAnswer[], diligence: number): number | null {
  if (answers.some(({ question }) => needsTeacher(question)) && chance.chance(0.3)) return null
  const points = answers.map(({ question, value }) =>
    needsTeacher(question)
      ? Math.round(question.points * Math.min(1, 0.5 + 0.5 * diligence) * 2) / 2
      : shareOf(question, value) * question.points,
  )
  return Math.round(points.reduce((sum, one) => sum + one, 0) * 10_000) / 10_000
}

interface Plan {
  number: number
  counts: boolean
  startedAt: Date
  ends: 'submitted' | 'walked away' | 'running'
}

function sitting(learning: Learning, exam: BuiltExam, { number, counts, startedAt, ends }: Plan): Sitting {
  const chance = random('sitting', exam.id, learning.person.id, number)
  const allowed = exam.minutes * MINUTE
  const spent = allowed * (0.5 + 0.48 * chance.next()) * (ends === 'submitted' ? 1 : 0.5)
  const all = saved(chance, learning, exam, startedAt, spent)
  const answers = ends === 'submitted' ? all : all.slice(0, Math.ceil(all.length * 0.6))
  return {
    id: seedId('attempt', exam.id, learning.person.id, number),
    exam,
    learning,
    number,
    counts,
    startedAt,
    deadlineAt: after(startedAt, allowed + (ends === 'running' ? EXTENSION : 0)),
    submittedAt: ends === 'submitted' ? after(startedAt, spent) : null,
    answers,
    score: ends === 'submitted' ? scoreOf(chance, answers, learning.person.diligence) : null,
  }
}

/** Whole days from the anchor between which a person may sit an exam; null when there are none. */
function windowOf(anchor: Anchor, exam: BuiltExam, ready: Date): { first: number; last: number } | null {
  const day = (instant: Date): number => (instant.getTime() - anchor.getTime()) / DAY
  const first = Math.ceil(Math.max(day(ready), exam.opensAt === null ? -1_000 : day(exam.opensAt)))
  const last = Math.floor(Math.min(-1, exam.closesAt === null ? -1 : day(exam.closesAt) - 1))
  return first <= last ? { first, last } : null
}

function isOpen(anchor: Anchor, { opensAt, closesAt }: BuiltExam): boolean {
  return (
    (opensAt === null || opensAt < daysFrom(anchor, -1)) &&
    (closesAt === null || closesAt > daysFrom(anchor, 1))
  )
}

/** The sittings of one learner in one exam: none, one, or one that was bettered by a second. */
function sittingsOf(anchor: Anchor, learning: Learning, exam: BuiltExam): Sitting[] {
  const chance = random('sits', exam.id, learning.person.id)
  const zone = learning.course.school.timeZone
  const halfway = learning.done[Math.floor(learning.course.lessons.length / 2)]
  const days = halfway === undefined ? null : windowOf(anchor, exam, after(halfway.at, DAY))
  if (days === null || !chance.chance(0.82)) return []
  const first = sitDown(
    chance,
    anchor,
    chance.between(days.first, Math.min(days.last, days.first + 12)),
    zone,
  )
  const ends = chance.between(1, WALKED_AWAY) === 1 ? 'walked away' : 'submitted'
  const second = sitDown(chance, anchor, days.last, zone)
  const again = ends === 'submitted' && chance.chance(0.22) && after(first, 2 * DAY) < second
  const one = sitting(learning, exam, { number: 1, counts: !again, startedAt: first, ends })
  return again ? [one, sitting(learning, exam, { number: 2, counts: true, startedAt: second, ends })] : [one]
}

/** The one sitting of the demo that is still open: of the first open exam of the person with extra time. */
function running(anchor: Anchor, all: readonly Learning[]): Sitting[] {
  const theirs = all.filter(
    ({ person, course }) => person.email.startsWith(EXTENDED) && course.status === 'PUBLISHED',
  )
  const open = theirs.flatMap((learning) =>
    learning.course.exams.filter((exam) => isOpen(anchor, exam)).map((exam) => ({ learning, exam })),
  )
  return open.slice(0, 1).map(({ learning, exam }) => {
    const startedAt = sitDown(random('running', exam.id), anchor, -1, learning.course.school.timeZone)
    return sitting(learning, exam, { number: 1, counts: true, startedAt, ends: 'running' })
  })
}

/** Everybody's sittings of every exam that has opened. */
export function makeSittings(anchor: Anchor, all: readonly Learning[]): Sitting[] {
  const open = running(anchor, all)
  const isRunning = (learning: Learning, exam: BuiltExam): boolean =>
    open.some((one) => one.learning === learning && one.exam === exam)
  const others = all.flatMap((learning) =>
    learning.course.exams
      .filter((exam) => !isRunning(learning, exam))
      .flatMap((exam) => sittingsOf(anchor, learning, exam)),
  )
  return [...open, ...others]
}
