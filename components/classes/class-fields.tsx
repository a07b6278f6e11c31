import { Section } from '#components/ui/section'
import { SelectField } from '#components/ui/select-field'
import { TextArea } from '#components/ui/text-area'
import { TextField } from '#components/ui/text-field'
import {
  CLASS_NOTES_MAX,
  CLASS_TITLE_MAX,
  DURATION_MAX,
  LINK_MAX,
  type MeetingPlatform,
  PLATFORMS,
} from '#lib/classes/contract/constants'
import { translator } from '#lib/i18n/translate'
import { zoneName } from './when'

type Given = Readonly<{
  title: string
  platform: MeetingPlatform
  meetingUrl: string
  at: string
  duration: number
  notes: string
}>

type Props = Readonly<{
  locale: string
  /** IANA: the course's. */
  timeZone: string
  given: Given
  /** The same time by the reader's clock, where that shows another. */
  own?: string | null
}>

function What({ locale, given }: Props) {
  const t = translator(locale, 'classes.form')
  return (
    <Section id="what" title={t('what')} description={t('whatBody')}>
      <div className="flex flex-col gap-6">
        <TextField
          name="title"
          label={t('title')}
          defaultValue={given.title}
          maxLength={CLASS_TITLE_MAX}
          autoComplete="off"
        />
        <TextArea
          name="notes"
          label={t('notes')}
          optional={t('optional')}
          help={t('notesHelp')}
          rows={3}
          maxLength={CLASS_NOTES_MAX}
          defaultValue={given.notes}
        />
      </div>
    </Section>
  )
}

function Where({ locale, given }: Props) {
  const t = translator(locale, 'classes.form')
  const name = translator(locale, 'classes.platforms')
  return (
    <Section id="where" title={t('where')} description={t('whereBody')}>
      <div className="flex flex-col gap-6">
        <SelectField
          name="platform"
          label={t('platform')}
          defaultValue={given.platform}
          options={PLATFORMS.map((value) => ({ value, label: name(value) }))}
        />
        <TextField
          name="meetingUrl"
          type="url"
          label={t('meetingUrl')}
          help={t('meetingHelp')}
          defaultValue={given.meetingUrl}
          maxLength={LINK_MAX}
          autoComplete="off"
        />
      </div>
    </Section>
  )
}

function When({ locale, timeZone, given, own }: Props) {
  const t = translator(locale, 'classes.form')
  const help = t('atHelp', { zone: zoneName(timeZone) })
  return (
    <Section id="when" title={t('when')}>
      <div className="flex flex-col gap-6">
        <TextField
          name="at"
          type="datetime-local"
          label={t('at')}
          help={own == null ? help : `${help} ${own}.`}
          defaultValue={given.at}
        />
        <TextField
          name="duration"
          label={t('duration')}
          after={t('minutes')}
          inputMode="numeric"
          maxLength={String(DURATION_MAX).length}
          autoComplete="off"
          defaultValue={String(given.duration)}
        />
      </div>
    </Section>
  )
}

/** What a class is, where and when, by the course's clock. */
export function ClassFields(props: Props) {
  return (
    <>
      <What {...props} />
      <Where {...props} />
      <When {...props} />
    </>
  )
}
