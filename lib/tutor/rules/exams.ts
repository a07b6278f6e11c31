import { type Accommodation, allowanceOf, doorAt, type ExamWindow } from '#lib/exams/rules/allowance'

/** When an exam closes the tutor (decision 0024). */

export type ExamNow = Readonly<{
  title: string
  window: ExamWindow
  accommodations: readonly Accommodation[]
  /** Attempts that were begun. */
  used: number
  /** Whether one of them runs. */
  running: boolean
}>

/** `until`: when the exam closes for this person; null: when they have handed in. */
export type ClosedBy = Readonly<{ title: string; until: Date | null }>

/**
 * The exam that closes a course's tutor to one person now: one that they are writing, or may begin. An exam that never
 * closes would close the tutor for ever, so it counts only while it is written, unless the teacher wants it otherwise.
 * @returns null: none
 */
export function closedBy(
  exams: readonly ExamNow[],
  now: Date,
  options: Readonly<{ openExams: boolean }>,
): ClosedBy | null {
  const running = exams.find((exam) => exam.running)
  if (running !== undefined) return { title: running.title, until: null }
  for (const { title, window, accommodations, used } of exams) {
    const allowance = allowanceOf(window, accommodations)
    if (allowance.closesAt === null && !options.openExams) continue
    if (allowance.attempts !== null && used >= allowance.attempts) continue
    if (doorAt(allowance, now) === 'open') return { title, until: allowance.closesAt }
  }
  return null
}
