import { translator } from '#lib/i18n/translate'

const KEYS = [
  ...(['title', 'criterion', 'level', 'points', 'description', 'remove', 'add', 'addLevel', 'save'] as const),
  ...(['full', 'partly', 'notYet'] as const),
] as const

/** Words of the rubric's editor; those in braces stand for what they say. */
export type RubricWords = Readonly<
  Record<
    | (typeof KEYS)[number]
    | 'saving'
    | 'criterionOf'
    | 'levelOf'
    | 'pointsOf'
    | 'descriptionOf'
    | 'removeOf'
    | 'removeLevelOf'
    | 'sum'
    | 'sumOther',
    string
  >
>

export function rubricWords(locale: string): RubricWords {
  const t = translator(locale, 'assignmentAuthor.rubric')
  const plain = Object.fromEntries(KEYS.map((key) => [key, t(key)])) as Record<(typeof KEYS)[number], string>
  const [number, criterion, level] = ['{number}', '{criterion}', '{level}']
  const [sum, points] = ['{sum}', '{points}']
  return {
    ...plain,
    saving: translator(locale, 'teach.form')('saving'),
    ...{ criterionOf: t('criterionOf', { number }), levelOf: t('levelOf', { number, criterion }) },
    ...{
      pointsOf: t('pointsOf', { level, criterion }),
      descriptionOf: t('descriptionOf', { level, criterion }),
    },
    ...{ removeOf: t('removeOf', { criterion }), removeLevelOf: t('removeLevelOf', { level, criterion }) },
    ...{ sum: t('sum', { sum, points }), sumOther: t('sumOther', { sum, points }) },
  }
}
