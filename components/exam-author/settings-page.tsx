import type { FormAction } from '#components/ui/form-context'
import { RadioGroup } from '#components/ui/radio-group'
import { Section } from '#components/ui/section'
import { TextArea } from '#components/ui/text-area'
import { TextField } from '#components/ui/text-field'
import { CheckboxField } from '#components/ui/checkbox-field'
import {
  CODE_MAX,
  CODE_MIN,
  type ExamHead,
  INSTRUCTIONS_MAX,
  type SettingsView,
} from '#lib/exams/contract/authoring'
import { COUNTING, REVIEW_TIMES } from '#lib/exams/contract/settings'
import { sentenceWords } from '#lib/i18n/exam-author-words'
import { translator } from '#lib/i18n/translate'
import { formWords } from '../form/form-words'
import { ExamFrame } from './exam-frame'
import { LiveSentence } from './live-sentence'
import { SettingsForm, type SettingsReader } from './settings-form'

type Part = { locale: string; view: SettingsView }

function When({ locale, view }: Part) {
  const t = translator(locale, 'examAuthor.settings')
  const { texts } = view
  const zone = view.timeZone.replaceAll('_', ' ')
  return (
    <Section id="when" title={t('whenTitle')} description={t('whenBody')}>
      <div className="flex flex-col gap-6">
        <TextField
          name="duration"
          label={t('duration')}
          help={t('durationHelp')}
          after={t('minutes')}
          defaultValue={texts.duration}
          inputMode="numeric"
          maxLength={5}
          autoComplete="off"
        />
        <TextField
          name="startDate"
          type="datetime-local"
          label={t('startDate')}
          optional={t('optional')}
          help={t('startHelp', { zone })}
          defaultValue={texts.startDate}
        />
        <TextField
          name="endDate"
          type="datetime-local"
          label={t('endDate')}
          optional={t('optional')}
          help={t('endHelp', { zone })}
          defaultValue={texts.endDate}
        />
      </div>
    </Section>
  )
}

function Tries({ locale, view }: Part) {
  const t = translator(locale, 'examAuthor.settings')
  const { texts } = view
  return (
    <Section id="tries" title={t('triesTitle')} description={t('triesBody')}>
      <div className="flex flex-col gap-6">
        <TextField
          name="attempts"
          label={t('attempts')}
          help={t('attemptsHelp')}
          optional={t('optional')}
          defaultValue={texts.attempts}
          inputMode="numeric"
          maxLength={3}
          autoComplete="off"
        />
        <RadioGroup
          name="counting"
          label={t('counting')}
          choices={COUNTING.map((value) => ({ value, label: t(`countings.${value}`) }))}
          defaultValue={texts.counting}
        />
        <TextField
          name="accessCode"
          label={t('accessCode')}
          help={t('accessCodeHelp', { count: CODE_MIN })}
          optional={t('optional')}
          defaultValue={texts.accessCode}
          maxLength={CODE_MAX}
          autoComplete="off"
          autoCapitalize="none"
          spellCheck={false}
        />
      </div>
    </Section>
  )
}

function OrderAndGrade({ locale, view }: Part) {
  const t = translator(locale, 'examAuthor.settings')
  const { texts } = view
  return (
    <>
      <Section id="order" title={t('orderTitle')} description={t('orderBody')}>
        <CheckboxField
          name="shuffleQuestions"
          label={t('shuffleQuestions')}
          defaultChecked={texts.shuffleQuestions === 'on'}
        />
        <CheckboxField
          name="shuffleOptions"
          label={t('shuffleOptions')}
          help={t('shuffleOptionsHelp')}
          defaultChecked={texts.shuffleOptions === 'on'}
        />
      </Section>
      <Section id="grade" title={t('gradeTitle')} description={t('gradeBody')}>
        <div className="flex flex-col gap-6">
          <TextField
            name="passPercent"
            label={t('passPercent')}
            help={t('passHelp')}
            after={t('percent')}
            optional={t('optional')}
            defaultValue={texts.passPercent}
            inputMode="numeric"
            maxLength={3}
            autoComplete="off"
          />
          <TextField
            name="negativePercent"
            label={t('negativePercent')}
            help={t('negativeHelp')}
            after={t('percent')}
            optional={t('optional')}
            defaultValue={texts.negativePercent}
            inputMode="numeric"
            maxLength={3}
            autoComplete="off"
          />
        </div>
      </Section>
    </>
  )
}

function Review({ locale, view }: Part) {
  const t = translator(locale, 'examAuthor.settings')
  const { texts } = view
  return (
    <Section id="review" title={t('reviewTitle')} description={t('reviewBody')}>
      <div className="flex flex-col gap-6">
        <RadioGroup
          name="reviewWhen"
          label={t('reviewWhen')}
          choices={REVIEW_TIMES.map((value) => ({
            ...{ value, label: t(`reviewTimes.${value}`) },
            description: t(`reviewTimesAbout.${value}`),
          }))}
          defaultValue={texts.reviewWhen}
        />
        <fieldset>
          <legend className="text-14 font-medium">{t('reviewShows')}</legend>
          {(['reviewScore', 'reviewAnswers', 'reviewKey'] as const).map((name) => (
            <CheckboxField key={name} name={name} label={t(name)} defaultChecked={texts[name] === 'on'} />
          ))}
        </fieldset>
      </div>
    </Section>
  )
}

/** When, how often and by which rules an exam is taken, and what a learner meets because of it. */
export function ExamSettingsPage({
  locale,
  exam,
  view,
  done,
  actions,
}: Part & {
  exam: ExamHead
  done: 'saved' | undefined
  actions: Readonly<{ save: FormAction; read: SettingsReader }>
}) {
  const t = translator(locale, 'examAuthor.settings')
  const { texts, timeZone, questions, points } = view
  return (
    <ExamFrame locale={locale} exam={exam} current="settings" done={done === undefined ? null : t('saved')}>
      <SettingsForm
        which={{ courseId: exam.course.id, examId: exam.id }}
        base={texts}
        action={actions.save}
        read={actions.read}
        words={{
          save: t('save'),
          saving: translator(locale, 'teach.form')('saving'),
          conflictTitle: t('conflictTitle'),
          conflictBody: t('conflictBody'),
        }}
        messages={formWords(locale)}
      >
        <LiveSentence
          title={t('sentenceTitle')}
          initial={texts}
          facts={{ locale, timeZone, questions, points, words: sentenceWords(locale) }}
        />
        <div>
          <When locale={locale} view={view} />
          <Tries locale={locale} view={view} />
          <OrderAndGrade locale={locale} view={view} />
          <Review locale={locale} view={view} />
          <Section id="text" title={t('textTitle')} description={t('textBody')}>
            <TextArea
              name="instructions"
              label={t('instructions')}
              help={t('instructionsHelp')}
              optional={t('optional')}
              defaultValue={texts.instructions}
              maxLength={INSTRUCTIONS_MAX}
            />
          </Section>
        </div>
      </SettingsForm>
    </ExamFrame>
  )
}
