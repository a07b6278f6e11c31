import { translator } from '#lib/i18n/translate'

const KEYS = [
  ...(['intro', 'find', 'person', 'total', 'label', 'loading', 'failed', 'retry', 'noItems'] as const),
  ...([
    'excused',
    'waits',
    'asked',
    'noPart',
    'saving',
    'unreachable',
    'more2',
    'cancel',
    'close',
    'empty',
    'order',
    'order-name',
    'order-lowest',
    'order-highest',
    'order-waits',
    'order-asked',
  ] as const),
] as const

/** Words of the gradebook; `{title}`, `{name}`, `{max}` and `{words}` stand for what they say. */
export type BookWords = Readonly<
  Record<
    | (typeof KEYS)[number]
    | 'nobody'
    | 'of'
    | 'field'
    | 'saved'
    | 'dialogTitle'
    | 'points'
    | 'excusedFor'
    | 'reason'
    | 'reasonHelp'
    | 'save',
    string
  >
>

export function bookWords(locale: string): BookWords {
  const t = translator(locale, 'grades.book')
  const form = translator(locale, 'grades.teach')
  const plain = Object.fromEntries(KEYS.map((key) => [key, t(key)])) as Record<(typeof KEYS)[number], string>
  const [name, title, max, words] = ['{name}', '{title}', '{max}', '{words}']
  return {
    ...plain,
    ...{ nobody: t('nobody', { words }), of: t('of', { max }), field: t('field', { title, name, max }) },
    ...{ saved: t('saved', { title, name }), dialogTitle: t('dialogTitle', { title, name }) },
    ...{ points: form('points'), excusedFor: form('excused', { name }), reason: form('reason') },
    ...{ reasonHelp: form('reasonHelp', { name }), save: form('save') },
  }
}
