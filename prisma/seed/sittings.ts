import type { AnswerValue, Question } from '#lib/exams/contract'
import type { AttemptLayout } from '#lib/exams/contract/taking'
import { deadlineOf } from '#lib/exams/rules/allowance'
import { whichCounts } from '#lib/exams/rules/counting'
import { drawLayout, questionsOf } from '#lib/exams/rules/layout'
import { allowed, type Given } from './accommodations'
import { answerTo } from './answers'
import { after, DAY, daysFrom, HOUR, MINUTE, type Anchor } from './clock'
import type { BuiltExam } from './courses'
import { seedId } from './ids'
import type { Learning } from './learning'
import { type Graded, markSitting } from './marks'
import { random, type Random } from './random'
import { sitDown } from './study'

/** One saved answer of a sitting. */
export interface SavedAnswer {
  question: Question
  value: AnswerValue
  sequence: number
  savedAt: Date
}

/** One sitting of an exam by one person. */
export interface Sitting extends Graded {
  id: string
  exam: BuiltExam
  learning: Learning
  number: number
  counts: boolean
  startedAt: Date
  deadlineAt: Date
  /** Null while it runs. */
  submittedAt: Date | null
  endedBy: 'LEARNER' | 'DEADLINE' | null
  layout: AttemptLayout
  answers: SavedAnswer[]
}

/** Still writing on the day of the anchor: the teacher has given them more time than the exam has. */
const EXTENDED = 'student2@'
const EXTENSION = 36 * HOUR
/** One in so many sits down and never hands in. */
const WALKED_AWAY = 14

function saved(
  chance: Random,
  learning: Learning,
  exam: Pick<BuiltExam, 'questions'>,
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

interface Plan {
  number: number
  startedAt: Date
  ends: 'submitted' | 'walked away' | 'running'
}

/** What everybody's sittings are made from. */
interface Room {
  anchor: Anchor
  given: readonly Given[]
}

const UNGRADED: Graded = { marks: [], score: null, maxScore: '0', gradedAt: null }

function sitting(
  room: Room,
  learning: Learning,
  exam: BuiltExam,
  { number, startedAt, ends }: Plan,
): Sitting {
  const chance = random('sitting', exam.id, learning.person.id, number)
  const deadlineAt = after(
    deadlineOf(allowed(room.given, learning, exam), startedAt),
    ends === 'running' ? EXTENSION : 0,
  )
  const spent = exam.minutes * MINUTE * (0.5 + 0.48 * chance.next()) * (ends === 'submitted' ? 1 : 0.5)
  const drawn = random('layout', exam.id, learning.person.id, number)
  const layout = drawLayout(exam.questions, exam.settings, drawn.next)
  const questions = questionsOf(exam.questions, layout)
  const all = saved(chance, learning, { questions }, startedAt, spent)
  const answers = ends === 'submitted' ? all : all.slice(0, Math.ceil(all.length * 0.6))
  // Whoever walks away hands in at the deadline: the server does it for them.
  const submittedAt = { submitted: after(startedAt, spent), 'walked away': deadlineAt, running: null }[ends]
  const values = new Map(answers.map(({ question, value }) => [question.id, value]))
  const graded =
    submittedAt === null
      ? UNGRADED
      : markSitting(chance, room.anchor, { learning, exam, questions, submittedAt }, values)
  return {
    ...{ id: seedId('attempt', exam.id, learning.person.id, number), exam, learning, number, counts: true },
    ...{ layout, startedAt, deadlineAt, submittedAt, answers, ...graded },
    endedBy: { submitted: 'LEARNER', 'walked away': 'DEADLINE', running: null }[ends] as Sitting['endedBy'],
  }
}

/** One person's sittings of one exam, of which exactly one counts. */
function counted(sittings: readonly Sitting[]): Sitting[] {
  const [first] = sittings
  if (first === undefined) return []
  const id = whichCounts(sittings, first.exam.settings.counting) ?? first.id
  return sittings.map((one) => ({ ...one, counts: one.id === id }))
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

/** One exam is left for student@acme.test to take, another is taken twice. */
function isKept({ person, course }: Learning, exam: BuiltExam): boolean {
  return (
    person.email === 'student@acme.test' && course.school.subdomain === 'acme' && exam.slug === 'night-watch'
  )
}

const isTakenTwice = ({ person }: Learning, exam: BuiltExam): boolean =>
  person.email === 'student@acme.test' && exam.slug === 'reading-and-joining'

/** The sittings of one learner in one exam: none, one, or two where the exam allows it. */
function sittingsOf(room: Room, learning: Learning, exam: BuiltExam): Sitting[] {
  const { anchor } = room
  const chance = random('sits', exam.id, learning.person.id)
  const zone = learning.course.school.timeZone
  const halfway = learning.done[Math.floor(learning.course.lessons.length / 2)]
  const days = halfway === undefined ? null : windowOf(anchor, exam, after(halfway.at, DAY))
  const twice = isTakenTwice(learning, exam)
  if (days === null || isKept(learning, exam) || !(chance.chance(0.82) || twice)) return []
  const first = sitDown(
    chance,
    anchor,
    chance.between(days.first, Math.min(days.last, days.first + 12)),
    zone,
  )
  const ends = chance.between(1, WALKED_AWAY) === 1 ? 'walked away' : 'submitted'
  const later = sitDown(chance, anchor, days.last, zone)
  const mayAgain = exam.settings.attempts !== 1 && after(first, 2 * DAY) < later
  const second = mayAgain ? later : after(first, 3 * exam.minutes * MINUTE)
  const again = (mayAgain && chance.chance(0.3)) || twice
  const one = sitting(room, learning, exam, { number: 1, startedAt: first, ends })
  const two = sitting(room, learning, exam, { number: 2, startedAt: second, ends: 'submitted' })
  return counted(again ? [one, two] : [one])
}

/** The one sitting of the demo that is still open: of the first open exam of the person with extra time. */
function running(room: Room, all: readonly Learning[]): Sitting[] {
  const { anchor } = room
  const theirs = all.filter(
    ({ person, course }) => person.email.startsWith(EXTENDED) && course.status === 'PUBLISHED',
  )
  const open = theirs.flatMap((learning) =>
    learning.course.exams
      .filter((exam) => isOpen(anchor, exam) && exam.slug !== 'night-watch')
      .map((exam) => ({ learning, exam })),
  )
  return open.slice(0, 1).map(({ learning, exam }) => {
    const startedAt = sitDown(random('running', exam.id), anchor, -1, learning.course.school.timeZone)
    return sitting(room, learning, exam, { number: 1, startedAt, ends: 'running' })
  })
}

/** Everybody's sittings of every exam that has opened. */
export function makeSittings(anchor: Anchor, all: readonly Learning[], given: readonly Given[]): Sitting[] {
  const room = { anchor, given }
  const open = running(room, all)
  const isRunning = (learning: Learning, exam: BuiltExam): boolean =>
    open.some((one) => one.learning === learning && one.exam === exam)
  const others = all.flatMap((learning) =>
    learning.course.exams
      .filter((exam) => !isRunning(learning, exam))
      .flatMap((exam) => sittingsOf(room, learning, exam)),
  )
  return [...open, ...others]
}
