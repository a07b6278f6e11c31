import 'server-only'
import type { AuthoredExam } from '#lib/db/queries/exam-authoring'
import { updateExam } from '#lib/db/queries/exams'
import type { Author } from '#lib/db/queries/teach'
import type { TenantDb } from '#lib/db/tenant'
import { AppError, type FieldErrors } from '#lib/errors'
import { translator } from '#lib/i18n/translate'
import { settingTextsOf } from './author-views'
import type { SettingsForm } from './contract/authoring'
import type { ExamSettings } from './contract/settings'
import { SETTING_FIELDS, type SettingField, type SettingTexts } from './rules/drafting-settings'
import { instantOf } from './rules/zoned'
import { remindAll } from './remind'
import { loadExam } from './save-exam'

type Input = Readonly<{ by: Author; timeZone: string; locale: string; form: SettingsForm }>

/** What only one of two changed is kept from both. */
function merged(base: SettingTexts, mine: SettingTexts, theirs: SettingTexts) {
  const clashes = SETTING_FIELDS.filter(
    (field) => mine[field] !== base[field] && theirs[field] !== base[field] && mine[field] !== theirs[field],
  )
  const texts = Object.fromEntries(
    SETTING_FIELDS.map((field) => [field, mine[field] === base[field] ? theirs[field] : mine[field]]),
  ) as SettingTexts
  return { texts, clashes }
}

/** A moment of the window; the stored one where its text wasn't touched, so that an hour that comes twice stays. */
function momentOf(
  field: 'startDate' | 'endDate',
  texts: SettingTexts,
  { exam, locale }: Readonly<{ exam: AuthoredExam; locale: string }>,
): Date | null {
  const text = texts[field]
  if (text === settingTextsOf(exam)[field]) return exam[field]
  if (text === '') return null
  const read = instantOf(text, exam.timeZone, field === 'startDate' ? 'opening' : 'closing')
  if (read !== null && read.happens !== 'never') return read.at
  const fields = { [field]: translator(locale, 'examAuthor.settings')(read === null ? 'noDay' : 'noTime') }
  throw new AppError('invalid_input', 'The clocks never show this time.', { fields })
}

function settingsOf(before: ExamSettings, texts: SettingTexts, form: SettingsForm): ExamSettings {
  const number = (field: SettingField): number | null => (texts[field] === '' ? null : Number(texts[field]))
  const pick = <T extends string>(mine: T, field: SettingField, other: T): T =>
    texts[field] === mine ? mine : other
  return {
    ...before,
    attempts: number('attempts'),
    counting: pick(form.counting, 'counting', before.counting),
    shuffleQuestions: texts.shuffleQuestions === 'on',
    shuffleOptions: texts.shuffleOptions === 'on',
    negativePercent: number('negativePercent') ?? 0,
    passPercent: number('passPercent'),
    review: {
      when: pick(form.reviewWhen, 'reviewWhen', before.review.when),
      score: texts.reviewScore === 'on',
      answers: texts.reviewAnswers === 'on',
      key: texts.reviewKey === 'on',
    },
  }
}

function theirWords(theirs: SettingTexts, clashes: readonly SettingField[], locale: string): FieldErrors {
  const t = translator(locale, 'examAuthor.settings')
  const shown = (text: string): string => (text === '' ? t('nothing') : text.replace('T', ' '))
  return Object.fromEntries(clashes.map((field) => [field, t('theirs', { value: shown(theirs[field]) })]))
}

type Logged = Readonly<Record<string, string>>
export type SettingsChange = { before: Logged; after: Logged }

/**
 * Changes the settings of an exam's working copy, its window, duration, instructions and access code. What only one of
 * two authors changed is kept from both; a field that both changed, differently, is refused and names what stands there.
 * @returns what changed, as the log keeps it; null when nothing did
 * @throws AppError 'conflict' and 'invalid_input' naming the fields; as `loadExam`
 */
export async function changeSettings(db: TenantDb, input: Input): Promise<SettingsChange | null> {
  const { locale, form } = input
  const { courseId, examId } = form
  const exam = await loadExam(db, { ...input, courseId, examId, lock: true })
  const theirs = settingTextsOf(exam)
  const mine = Object.fromEntries(SETTING_FIELDS.map((field) => [field, form[field]])) as SettingTexts
  const { texts, clashes } = merged(form.base, mine, theirs)
  if (clashes.length > 0) {
    const fields = theirWords(theirs, clashes, locale)
    throw new AppError('conflict', 'Two people changed the same settings.', { fields })
  }
  const changed = SETTING_FIELDS.filter((field) => texts[field] !== theirs[field])
  if (changed.length === 0) return null
  const window = {
    startDate: momentOf('startDate', texts, { exam, locale }),
    endDate: momentOf('endDate', texts, { exam, locale }),
  }
  if (window.startDate !== null && window.endDate !== null && window.endDate <= window.startDate) {
    const fields = { endDate: translator(locale, 'examAuthor.settings')('endFirst') }
    throw new AppError('invalid_input', 'The exam ends before it starts.', { fields })
  }
  await updateExam(db, {
    examId,
    seen: exam.updatedAt,
    changes: {
      window,
      duration: Number(texts.duration),
      instructions: texts.instructions === '' ? null : texts.instructions,
      accessCode: texts.accessCode === '' ? null : texts.accessCode,
      settings: settingsOf(exam.settings, texts, form),
    },
  })
  const moved = changed.includes('startDate') || changed.includes('endDate')
  if (moved && exam.publishedAt !== null) await remindAll(db, { examId, ...window })
  // The code is a secret of those in the room; that it changed is enough for the log.
  const side = (all: SettingTexts) =>
    Object.fromEntries(
      changed.map((field) => [
        field === 'duration' ? 'minutes' : field,
        field === 'accessCode' ? '…' : all[field],
      ]),
    )
  return { before: side(theirs), after: side(texts) }
}
