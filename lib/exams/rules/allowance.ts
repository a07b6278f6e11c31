/** How long, how often and when one person may sit an exam. Instants are the server's; lengths are whole seconds. */

export type ExamWindow = Readonly<{
  startDate: Date | null
  endDate: Date | null
  /** Minutes. */
  duration: number
  /** `settings.attempts`; null: as often as they like. */
  attempts: number | null
}>

/** A row of ExamAccommodation; those of the course have no dates. */
export type Accommodation = Readonly<{
  extraTimePercent: number
  extraAttempts: number
  startDate: Date | null
  endDate: Date | null
}>

export type Allowance = Readonly<{
  /** From when and until when an attempt may be started: `opensAt <= now < closesAt`; null: no bound. */
  opensAt: Date | null
  closesAt: Date | null
  /** What an attempt may take, extra time included; a started second is given in full. */
  seconds: number
  /** The same in minutes, for showing; not always whole. */
  minutes: number
  extraPercent: number
  attempts: number | null
  /** When the last attempt is over at the latest: extra time stretches the closing, too; null: never. */
  endsBy: Date | null
}>

const MINUTE = 60

/**
 * What a person's accommodations, of the course and of the exam, make of the exam's rules: percents and attempts add up,
 * a start replaces the exam's (of several the earliest), an end counts when it is later. An exam without an end has none
 * for anybody.
 */
export function allowanceOf(exam: ExamWindow, accommodations: readonly Accommodation[]): Allowance {
  const extraPercent = accommodations.reduce((sum, one) => sum + one.extraTimePercent, 0)
  const extraAttempts = accommodations.reduce((sum, one) => sum + one.extraAttempts, 0)
  const starts = accommodations.flatMap(({ startDate }) => startDate?.getTime() ?? [])
  const ends = accommodations.flatMap(({ endDate }) => endDate?.getTime() ?? [])
  const extra = Math.ceil((exam.duration * MINUTE * extraPercent) / 100)
  const seconds = exam.duration * MINUTE + extra
  const closesAt = exam.endDate === null ? null : new Date(Math.max(exam.endDate.getTime(), ...ends))
  return {
    opensAt: starts.length === 0 ? exam.startDate : new Date(Math.min(...starts)),
    closesAt,
    seconds,
    minutes: seconds / MINUTE,
    extraPercent,
    attempts: exam.attempts === null ? null : exam.attempts + extraAttempts,
    endsBy: closesAt === null ? null : new Date(closesAt.getTime() + extra * 1_000),
  }
}

/** When an attempt that started then is over: after its seconds, or when the exam ends for this person. */
export function deadlineOf({ seconds, endsBy }: Allowance, startedAt: Date): Date {
  const full = startedAt.getTime() + seconds * 1_000
  return new Date(endsBy === null ? full : Math.min(full, endsBy.getTime()))
}

/** The deadline of a running attempt after its allowance changed: later where that gives more, never earlier. */
export function extendedDeadline(deadlineAt: Date, allowance: Allowance, startedAt: Date): Date {
  return new Date(Math.max(deadlineAt.getTime(), deadlineOf(allowance, startedAt).getTime()))
}

/** Whether an attempt may be started at an instant; the closing itself is too late. */
export function doorAt({ opensAt, closesAt }: Allowance, now: Date): 'early' | 'open' | 'closed' {
  if (closesAt !== null && now >= closesAt) return 'closed'
  return opensAt !== null && now < opensAt ? 'early' : 'open'
}
