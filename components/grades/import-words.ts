import { translator } from '#lib/i18n/translate'
import type { ROW_FAULTS } from '#lib/grades/contract/importing'

const KEYS = [
  ...([
    'text',
    'file',
    'fileHelp',
    'check',
    'again',
    'pending',
    'reportTitle',
    'faultsBody',
    'line',
  ] as const),
  ...([
    'person',
    'item',
    'from',
    'to',
    'none',
    'excused',
    'what',
    'reason',
    'reasonHelp',
    'applying',
  ] as const),
] as const

/** Words of bringing grades in; those in braces stand for what they say. Counted ones are said by the server. */
export type ImportWords = Readonly<
  Record<(typeof KEYS)[number] | 'ignored' | 'first', string> & {
    faults: Readonly<Record<(typeof ROW_FAULTS)[number], string>>
  }
>

export function importWords(locale: string): ImportWords {
  const t = translator(locale, 'grades.import')
  const plain = Object.fromEntries(KEYS.map((key) => [key, t(key)])) as Record<(typeof KEYS)[number], string>
  const [email, value, column] = ['{email}', '{value}', '{column}']
  return {
    ...plain,
    ...{ ignored: t('ignored', { columns: '{columns}' }), first: t('first', { count: '{count}' }) },
    faults: {
      unknown: t('faults.unknown', { email }),
      twice: t('faults.twice', { email }),
      surplus: t('faults.surplus'),
      points: t('faults.points', { value, column }),
      most: t('faults.most', { value, column }),
      slip: t('faults.slip', { value, column }),
    },
  }
}
