import { CheckboxField } from '#components/ui/checkbox-field'
import { Section } from '#components/ui/section'
import { TextArea } from '#components/ui/text-area'
import { TextField } from '#components/ui/text-field'
import {
  ASSIGNMENT_TITLE_MAX,
  type AuthoredAssignment,
  DESCRIPTION_MAX,
} from '#lib/assignments/contract/authoring'
import { translator } from '#lib/i18n/translate'

type Props = Readonly<{ locale: string; assignment: AuthoredAssignment }>

/** A number that may be nothing: nothing is written for it. */
const orEmpty = (text: string): string => (Number(text) === 0 ? '' : text)

function What({ locale, assignment }: Props) {
  const t = translator(locale, 'assignmentAuthor.edit')
  return (
    <Section id="what" title={t('whatTitle')} description={t('whatBody')}>
      <div className="flex flex-col gap-6">
        <TextField
          name="title"
          label={t('title')}
          defaultValue={assignment.title}
          maxLength={ASSIGNMENT_TITLE_MAX}
          autoComplete="off"
        />
        <TextArea
          name="description"
          label={t('description')}
          optional={t('optional')}
          help={t('descriptionHelp')}
          rows={8}
          maxLength={DESCRIPTION_MAX}
          defaultValue={assignment.description ?? ''}
        />
        <TextField
          name="points"
          label={t('points')}
          inputMode="decimal"
          maxLength={8}
          autoComplete="off"
          defaultValue={assignment.points}
        />
      </div>
    </Section>
  )
}

function HandIn({ locale, assignment }: Props) {
  const t = translator(locale, 'assignmentAuthor.edit')
  return (
    <Section id="hand-in" title={t('handInTitle')} description={t('handInBody')}>
      <div className="flex flex-col gap-6">
        <fieldset>
          <legend className="text-14 font-medium">{t('takes')}</legend>
          <CheckboxField name="text" label={t('text')} defaultChecked={assignment.text} />
          <CheckboxField name="file" label={t('file')} defaultChecked={assignment.file} />
          <CheckboxField name="link" label={t('link')} defaultChecked={assignment.link} />
        </fieldset>
        <TextField
          name="times"
          label={t('times')}
          optional={t('optional')}
          help={t('timesHelp')}
          inputMode="numeric"
          maxLength={3}
          autoComplete="off"
          defaultValue={assignment.settings.times === null ? '' : String(assignment.settings.times)}
        />
      </div>
    </Section>
  )
}

function Late({ locale, assignment }: Props) {
  const t = translator(locale, 'assignmentAuthor.edit')
  const { late } = assignment.settings
  return (
    <Section id="when" title={t('whenTitle')} description={t('whenBody')}>
      <div className="flex flex-col gap-6">
        <TextField
          name="dueDate"
          type="datetime-local"
          label={t('dueDate')}
          optional={t('optional')}
          help={t('dueHelp', { zone: assignment.timeZone.replaceAll('_', ' ') })}
          defaultValue={assignment.dueDate}
        />
        <TextField
          name="graceMinutes"
          label={t('grace')}
          optional={t('optional')}
          help={t('graceHelp')}
          after={t('minutes')}
          inputMode="numeric"
          maxLength={5}
          autoComplete="off"
          defaultValue={orEmpty(String(late.graceMinutes))}
        />
        <TextField
          name="percentPerDay"
          label={t('perDay')}
          optional={t('optional')}
          help={t('perDayHelp')}
          after="%"
          inputMode="decimal"
          maxLength={6}
          autoComplete="off"
          defaultValue={orEmpty(late.percentPerDay)}
        />
        <TextField
          name="floorPercent"
          label={t('floor')}
          optional={t('optional')}
          help={t('floorHelp')}
          after="%"
          inputMode="decimal"
          maxLength={6}
          autoComplete="off"
          defaultValue={orEmpty(late.floorPercent)}
        />
        <TextField
          name="daysOpen"
          label={t('daysOpen')}
          optional={t('optional')}
          help={t('daysOpenHelp')}
          after={t('days')}
          inputMode="numeric"
          maxLength={3}
          autoComplete="off"
          defaultValue={late.daysOpen === null ? '' : String(late.daysOpen)}
        />
      </div>
    </Section>
  )
}

/** All that an author decides about an assignment. */
export function EditFields(props: Props) {
  return (
    <div>
      <What {...props} />
      <HandIn {...props} />
      <Late {...props} />
    </div>
  )
}
