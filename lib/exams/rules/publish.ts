import type { Question } from '../contract'
import type { ExamSettings } from '../contract/settings'
import { worthOf } from './drafting-points'
import { patternFault } from './text'

/** What stands between an exam and its learners. */

/** What the gate can find; `error` keeps an exam from being published. */
export const LEVELS = {
  'no-questions': 'error',
  'pattern-bad': 'error',
  'points-many': 'error',
  'pool-short': 'error',
  'pool-unequal': 'error',
  'pool-shared': 'error',
  'window-past': 'error',
  'window-short': 'error',
  'pass-impossible': 'error',
  'close-without-end': 'error',
  'pass-everyone': 'warning',
  'key-before-last': 'warning',
  'key-while-open': 'warning',
  'course-hidden': 'warning',
  'nobody-enrolled': 'warning',
} as const satisfies Record<string, 'error' | 'warning'>

export type FindingRule = keyof typeof LEVELS

export type Finding = Readonly<{
  rule: FindingRule
  /** Where it is put right: an anchor of the editor or of the settings, or the course's page. */
  spot: Readonly<{ page: 'questions' | 'settings' | 'course'; anchor: string | null }>
  /** The question or the pool it is about, in words. */
  about: string | null
}>

export type Judged = Readonly<{
  questions: readonly Question[]
  settings: ExamSettings
  /** Minutes. */
  duration: number
  startDate: Date | null
  endDate: Date | null
  now: Date
  course: Readonly<{ published: boolean; learners: number }>
  /** Attempts that were started: once there are any, a window that is over keeps no corrected key from being published. */
  attempts: number
}>

const MINUTE = 60_000

function patternFaults(questions: readonly Question[]): Finding[] {
  return questions.flatMap((question, index) => {
    if (question.type !== 'short-text') return []
    const broken = question.accept.some(({ kind, value }) => kind === 'regex' && patternFault(value) !== null)
    const about = `${String(index + 1)}. ${question.prompt}`
    return broken
      ? [{ rule: 'pattern-bad', spot: { page: 'questions', anchor: `question-${question.id}` }, about }]
      : []
  })
}

/** What a score can hold. */
const MOST_POINTS = 99_999

function pointsFaults(questions: readonly Question[]): Finding[] {
  const sum = questions.reduce((total, { points }) => total + points, 0)
  return sum > MOST_POINTS
    ? [{ rule: 'points-many', spot: { page: 'questions', anchor: null }, about: null }]
    : []
}

function poolFaults({ questions, settings }: Judged): Finding[] {
  const seen = new Set<string>()
  return settings.pools.flatMap((pool) => {
    const held = questions.filter(({ id }) => pool.questionIds.includes(id))
    const rules: FindingRule[] = []
    if (pool.draw > held.length) rules.push('pool-short')
    if (new Set(held.map(({ points }) => points)).size > 1) rules.push('pool-unequal')
    if (held.some(({ id }) => seen.has(id))) rules.push('pool-shared')
    held.forEach(({ id }) => seen.add(id))
    const spot = { page: 'questions', anchor: `pool-${pool.id}` } as const
    return rules.map((rule) => ({ rule, spot, about: pool.title }))
  })
}

function windowFaults({ startDate, endDate, duration, now, attempts }: Judged): FindingRule[] {
  if (endDate === null || attempts > 0) return []
  if (endDate <= now) return ['window-past']
  const from = startDate === null ? now : startDate
  return endDate.getTime() - from.getTime() < duration * MINUTE ? ['window-short'] : []
}

function passFaults({ questions, settings }: Judged): FindingRule[] {
  if (settings.passPercent === null) return []
  if (settings.passPercent === 0) return ['pass-everyone']
  const graded = questions.filter(({ id }) => settings.voided[id] !== 'excluded')
  return questions.length > 0 && worthOf(graded, settings.pools).points === '0' ? ['pass-impossible'] : []
}

function reviewFaults({ settings, endDate }: Judged): FindingRule[] {
  const { review, attempts } = settings
  if (review.when === 'after-close') return endDate === null ? ['close-without-end'] : []
  if (review.when !== 'after-submission' || !review.key) return []
  return attempts === 1 ? ['key-while-open'] : ['key-before-last']
}

const FIELDS: Partial<Record<FindingRule, string>> = {
  'window-past': 'endDate',
  'window-short': 'endDate',
  'pass-impossible': 'passPercent',
  'pass-everyone': 'passPercent',
  'close-without-end': 'reviewWhen',
  'key-before-last': 'reviewKey',
  'key-while-open': 'reviewKey',
}

/** All that keeps an exam from its learners or is worth a look before they have it. */
export function judgeExam(judged: Judged): Finding[] {
  const { questions, course } = judged
  const settings = [...windowFaults(judged), ...passFaults(judged), ...reviewFaults(judged)]
  return [
    ...(questions.length === 0
      ? [{ rule: 'no-questions', spot: { page: 'questions', anchor: null }, about: null } as const]
      : []),
    ...patternFaults(questions),
    ...pointsFaults(questions),
    ...poolFaults(judged),
    ...settings.map((rule) => {
      return { rule, spot: { page: 'settings', anchor: FIELDS[rule] ?? null }, about: null } as const
    }),
    ...(course.published
      ? []
      : [{ rule: 'course-hidden', spot: { page: 'course', anchor: null }, about: null } as const]),
    ...(course.published && course.learners === 0
      ? [{ rule: 'nobody-enrolled', spot: { page: 'course', anchor: null }, about: null } as const]
      : []),
  ]
}

export function isPublishable(findings: readonly Finding[]): boolean {
  return findings.every(({ rule }) => LEVELS[rule] !== 'error')
}

export type ExamState = 'draft' | 'planned' | 'open' | 'closed'

/** What an exam is to its learners at a moment. */
export function stateOf(
  exam: Readonly<{ publishedAt: Date | null; startDate: Date | null; endDate: Date | null }>,
  now: Date,
): ExamState {
  const { publishedAt, startDate, endDate } = exam
  if (publishedAt === null) return 'draft'
  if (endDate !== null && endDate <= now) return 'closed'
  return startDate !== null && startDate > now ? 'planned' : 'open'
}
