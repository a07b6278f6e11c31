import { localOf } from '#lib/exams/rules/zoned'

/** Whether the clocks of two zones show different times at an instant. */
export function zonesDiffer(one: string, other: string, at: Date): boolean {
  return one !== other && localOf(at, one) !== localOf(at, other)
}
