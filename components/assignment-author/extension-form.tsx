import { ActionForm } from '#components/ui/action-form'
import type { FormAction } from '#components/ui/form-context'
import { HiddenFields } from '#components/ui/hidden-fields'
import { LinkButton } from '#components/ui/link-button'
import { Section } from '#components/ui/section'
import { TextArea } from '#components/ui/text-area'
import { TextField } from '#components/ui/text-field'
import { EXTENSION_NOTE_MAX, type ExtensionsView } from '#lib/assignments/contract/extensions'
import { translator } from '#lib/i18n/translate'
import { formWords } from '../form/form-words'

/** The date of one person. The fields begin with what they have; without any, at everybody's date. */
export function ExtensionForm({
  locale,
  view,
  chosen,
  back,
  about,
  action,
}: Readonly<{
  locale: string
  view: ExtensionsView
  chosen: NonNullable<ExtensionsView['chosen']>
  /** Path of the page without anybody chosen. */
  back: string
  /** Everybody's date, in words. */
  about: string
  action: FormAction
}>) {
  const t = translator(locale, 'assignmentAuthor.extensions')
  const { course, id, timeZone } = view
  const { userId, name, email, dueAt, note } = chosen
  return (
    <Section
      id="extension"
      title={t('formTitle', { name })}
      description={
        <>
          <p className="wrap-anywhere">{email}</p>
          <p className="mt-2">{about}</p>
        </>
      }
    >
      <ActionForm
        action={action}
        submit={t('give')}
        pendingLabel={translator(locale, 'teach.form')('saving')}
        messages={formWords(locale)}
        extra={
          <LinkButton href={back} look="quiet">
            {t('cancel')}
          </LinkButton>
        }
      >
        <HiddenFields values={{ courseId: course.id, assignmentId: id, userId }} />
        <TextField
          name="dueDate"
          type="datetime-local"
          label={t('dueDate')}
          help={t('dueHelp', { zone: timeZone.replaceAll('_', ' ') })}
          defaultValue={dueAt}
        />
        <TextArea
          name="note"
          label={t('note')}
          help={t('noteHelp')}
          optional={t('optional')}
          rows={2}
          defaultValue={note ?? ''}
          maxLength={EXTENSION_NOTE_MAX}
        />
      </ActionForm>
    </Section>
  )
}
