import { translator } from '#lib/i18n/translate'
import { LINE_FAULTS } from '#lib/classes/contract/attendance'
import { type Attended, STATUSES } from '#lib/classes/contract/constants'

const KEYS = [
  ...(['text', 'file', 'fileHelp', 'absentLabel', 'check', 'again', 'pending', 'reportTitle'] as const),
  ...(['faultsBody', 'line', 'what', 'name', 'person', 'minutes', 'from', 'to', 'by', 'byEmail'] as const),
  ...(['byName', 'matchedCaption', 'unknownCaption', 'severalCaption', 'applying'] as const),
] as const

/** Words of bringing attendance in; those in braces stand for what they say. Counted ones are said by the server. */
export type AttendanceWords = Readonly<
  Record<(typeof KEYS)[number] | 'first', string> & {
    faults: Readonly<Record<(typeof LINE_FAULTS)[number], string>>
    statuses: Readonly<Record<Attended | 'none', string>>
  }
>

export function attendanceWords(locale: string): AttendanceWords {
  const t = translator(locale, 'classes.import')
  const status = translator(locale, 'classes.statuses')
  const plain = Object.fromEntries(KEYS.map((key) => [key, t(key)])) as Record<(typeof KEYS)[number], string>
  const value = '{value}'
  return {
    ...plain,
    first: t('first', { count: '{count}' }),
    faults: Object.fromEntries(LINE_FAULTS.map((kind) => [kind, t(`faults.${kind}`, { value })])) as Record<
      (typeof LINE_FAULTS)[number],
      string
    >,
    statuses: Object.fromEntries([...STATUSES, 'none' as const].map((one) => [one, status(one)])) as Record<
      Attended | 'none',
      string
    >,
  }
}
