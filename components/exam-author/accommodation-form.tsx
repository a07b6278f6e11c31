import { ActionForm } from '#components/ui/action-form'
import type { FormAction } from '#components/ui/form-context'
import { HiddenFields } from '#components/ui/hidden-fields'
import { LinkButton } from '#components/ui/link-button'
import { Notice } from '#components/ui/notice'
import { RadioGroup } from '#components/ui/radio-group'
import { TextArea } from '#components/ui/text-area'
import { TextField } from '#components/ui/text-field'
import {
  type AccommodatedPerson,
  type AccommodationsView,
  type ExamHead,
  NOTE_MAX,
  SCOPES,
} from '#lib/exams/contract/authoring'
import { formatter, translator } from '#lib/i18n/translate'
import { formWords } from '../form/form-words'

/** What one person gets. The fields begin with what they have in this exam, or else in the course. */
export function AccommodationForm({
  locale,
  exam,
  view,
  person,
  action,
}: {
  locale: string
  exam: ExamHead
  view: AccommodationsView
  person: AccommodatedPerson
  action: FormAction
}) {
  const t = translator(locale, 'examAuthor.accommodations')
  const { userId, name, extras, effect } = person
  const given = extras.find(({ scope }) => scope === 'exam') ?? extras[0]
  const number = (value: number | undefined): string =>
    value === undefined || value === 0 ? '' : String(value)
  const zone = view.timeZone.replaceAll('_', ' ')
  const write = formatter(locale, view.timeZone)
  return (
    <div className="flex flex-col gap-6">
      {effect.runsUntil === null ? null : (
        <Notice
          tone="info"
          title={t('running', { time: write.dateTime(effect.runsUntil, { timeStyle: 'short' }) })}
        />
      )}
      <ActionForm
        action={action}
        submit={t('give')}
        pendingLabel={translator(locale, 'teach.form')('saving')}
        messages={formWords(locale)}
        extra={
          <LinkButton href={`/teach/courses/${exam.course.id}/exams/${exam.id}/accommodations`} look="quiet">
            {t('cancel')}
          </LinkButton>
        }
      >
        <HiddenFields values={{ courseId: exam.course.id, examId: exam.id, userId }} />
        <RadioGroup
          name="scope"
          label={t('scope')}
          choices={SCOPES.map((value) => ({
            ...{ value, label: t(`scopes.${value}`) },
            description: t(`scopeAbout.${value}`, { name }),
          }))}
          defaultValue={given?.scope ?? 'exam'}
        />
        <TextField
          name="extraTimePercent"
          label={t('extraTime')}
          help={t('extraTimeHelp')}
          after="%"
          optional={t('optional')}
          defaultValue={number(given?.extraTimePercent)}
          inputMode="numeric"
          maxLength={3}
          autoComplete="off"
        />
        <TextField
          name="extraAttempts"
          label={t('extraAttempts')}
          optional={t('optional')}
          defaultValue={number(given?.extraAttempts)}
          inputMode="numeric"
          maxLength={3}
          autoComplete="off"
        />
        <TextField
          name="startDate"
          type="datetime-local"
          label={t('startDate')}
          help={t('dateHelp', { zone })}
          optional={t('optional')}
          defaultValue={given?.startsAt ?? ''}
        />
        <TextField
          name="endDate"
          type="datetime-local"
          label={t('endDate')}
          help={t('dateHelp', { zone })}
          optional={t('optional')}
          defaultValue={given?.endsAt ?? ''}
        />
        <TextArea
          name="note"
          label={t('note')}
          help={t('noteHelp')}
          optional={t('optional')}
          rows={2}
          defaultValue={given?.note ?? ''}
          maxLength={NOTE_MAX}
        />
      </ActionForm>
    </div>
  )
}
