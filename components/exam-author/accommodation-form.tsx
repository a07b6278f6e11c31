import { ActionForm } from '#components/ui/action-form'
import type { FormAction } from '#components/ui/form-context'
import { HiddenFields } from '#components/ui/hidden-fields'
import { LinkButton } from '#components/ui/link-button'
import { Notice } from '#components/ui/notice'
import { TabsNav } from '#components/ui/tabs-nav'
import { TextArea } from '#components/ui/text-area'
import { TextField } from '#components/ui/text-field'
import {
  type AccommodatedPerson,
  type AccommodationsView,
  type ExamHead,
  type Extra,
  NOTE_MAX,
  type Scope,
  SCOPES,
} from '#lib/exams/contract/authoring'
import { translator } from '#lib/i18n/translate'
import { momentIn } from '../exam/when'
import { formWords } from '../form/form-words'
import { extraWords } from './accommodation-words'

type Props = Readonly<{
  locale: string
  exam: ExamHead
  view: AccommodationsView
  person: AccommodatedPerson
  /** Which of their extras are written. Each has a page of its own, so that one is never saved as the other. */
  scope: Scope
  action: FormAction
}>

const number = (value: number | undefined): string =>
  value === undefined || value === 0 ? '' : String(value)

function Running({ locale, view, person }: Props) {
  const t = translator(locale, 'examAuthor.accommodations')
  const { runsUntil } = person.effect
  if (runsUntil === null) return null
  return <Notice tone="info" title={t('running', { time: momentIn(locale, view.timeZone, runsUntil) })} />
}

/** What is written here, and what the person has beside it. */
function Which({ locale, exam, person, scope }: Props) {
  const t = translator(locale, 'examAuthor.accommodations')
  const path = `/teach/courses/${exam.course.id}/exams/${exam.id}/accommodations?person=${person.userId}`
  const beside = person.extras.find((extra) => extra.scope !== scope)
  return (
    <div className="flex flex-col gap-3">
      <TabsNav
        label={t('scope')}
        tabs={SCOPES.map((one) => ({
          href: `${path}&scope=${one}#extras`,
          label: t(`scopes.${one}`),
          current: one === scope,
        }))}
      />
      <p className="max-w-note text-14 text-soft">{t(`scopeAbout.${scope}`, { name: person.name })}</p>
      {beside === undefined ? null : (
        <p className="max-w-note text-14">{t('beside', { what: extraWords(locale, beside) })}</p>
      )}
    </div>
  )
}

function Dates({ locale, view, given }: Pick<Props, 'locale' | 'view'> & { given: Extra | undefined }) {
  const t = translator(locale, 'examAuthor.accommodations')
  const zone = view.timeZone.replaceAll('_', ' ')
  return (
    <>
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
    </>
  )
}

/** What one person gets in this exam, or in all exams of the course. The fields begin with what they have there. */
export function AccommodationForm(props: Props) {
  const { locale, exam, view, person, scope, action } = props
  const t = translator(locale, 'examAuthor.accommodations')
  const given = person.extras.find((extra) => extra.scope === scope)
  return (
    <div className="flex flex-col gap-6">
      <Running {...props} />
      <Which {...props} />
      <ActionForm
        key={scope}
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
        <HiddenFields values={{ courseId: exam.course.id, examId: exam.id, userId: person.userId, scope }} />
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
        {scope === 'exam' ? <Dates locale={locale} view={view} given={given} /> : null}
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
