/** The fields of the settings as they are typed; empty: none, or not ticked. */
export const SETTING_FIELDS = [
  'instructions',
  'duration',
  'startDate',
  'endDate',
  'accessCode',
  'attempts',
  'counting',
  'shuffleQuestions',
  'shuffleOptions',
  'negativePercent',
  'passPercent',
  'reviewWhen',
  'reviewScore',
  'reviewAnswers',
  'reviewKey',
] as const
export type SettingField = (typeof SETTING_FIELDS)[number]
export type SettingTexts = Readonly<Record<SettingField, string>>
