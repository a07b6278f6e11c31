import { translator } from '#lib/i18n/translate'

const KEYS = [
  ...(['title', 'save', 'how', 'byPoints', 'byPointsHelp', 'byWeights', 'byWeightsHelp'] as const),
  ...(['categories', 'categoriesHelp', 'addCategory', 'name', 'weight', 'drop', 'extra', 'remove'] as const),
  ...([
    'items',
    'itemsNone',
    'none',
    'counts',
    'letters',
    'lettersHelp',
    'from',
    'addLetter',
    'usual',
  ] as const),
] as const

/** Words of the scheme's editor; `{number}`, `{name}` and `{title}` stand for what they say. */
export type SchemeWords = Readonly<
  Record<
    | (typeof KEYS)[number]
    | 'saving'
    | 'nameOf'
    | 'weightOf'
    | 'dropOf'
    | 'extraOf'
    | 'removeOf'
    | 'unnamed'
    | 'categoryOf'
    | 'countsOf'
    | 'itemExtraOf'
    | 'letterOf'
    | 'fromOf',
    string
  >
>

export function schemeWords(locale: string): SchemeWords {
  const t = translator(locale, 'grades.scheme')
  const plain = Object.fromEntries(KEYS.map((key) => [key, t(key)])) as Record<(typeof KEYS)[number], string>
  const [name, title, number] = ['{name}', '{title}', '{number}']
  return {
    ...plain,
    saving: translator(locale, 'teach.form')('saving'),
    ...{
      nameOf: t('nameOf', { number }),
      unnamed: t('unnamed', { number }),
      letterOf: t('letterOf', { number }),
    },
    ...{ weightOf: t('weightOf', { name }), dropOf: t('dropOf', { name }), extraOf: t('extraOf', { name }) },
    ...{ removeOf: t('removeOf', { name }), fromOf: t('fromOf', { name }) },
    ...{ categoryOf: t('categoryOf', { title }), countsOf: t('countsOf', { title }) },
    itemExtraOf: t('itemExtraOf', { title }),
  }
}
