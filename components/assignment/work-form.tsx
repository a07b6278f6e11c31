import { momentIn } from '../exam/when'
import { formWords } from '../form/form-words'
import { ActionForm } from '#components/ui/action-form'
import { buttonClass } from '#components/ui/button'
import type { FormAction } from '#components/ui/form-context'
import { HiddenFields } from '#components/ui/hidden-fields'
import { TextArea } from '#components/ui/text-area'
import { TextField } from '#components/ui/text-field'
import { type AssignmentView, LINK_MAX, TEXT_MAX } from '#lib/assignments/contract'
import { translator } from '#lib/i18n/translate'
import { workFileWords } from '#lib/i18n/work-file-words'
import { FilesField } from './files-field'

type Props = Readonly<{
  locale: string
  timeZone: string
  assignment: AssignmentView
  requestKey: string
  action: FormAction
}>

/** Writing, kept for later or handed in. Enter in a field keeps: handing in takes its own button. */
export function WorkForm({ locale, timeZone, assignment, requestKey, action }: Props) {
  const t = translator(locale, 'assignment')
  const { id, accepts, draft, versions } = assignment
  const begun = draft ?? versions[0] ?? null
  const [text, link, file] = [accepts.includes('TEXT'), accepts.includes('LINK'), accepts.includes('FILE')]
  const several = accepts.length > 1
  const seen = draft === null ? '' : draft.savedAt.toISOString()
  return (
    <section aria-labelledby="work" className="mt-10 max-w-column">
      <h2 id="work" className="font-reading text-22 font-medium">
        {versions.length === 0 ? t('work') : t('workAgain')}
      </h2>
      {versions.length === 0 ? null : <p className="mt-1 text-14 text-soft">{t('workAgainBody')}</p>}
      {draft === null ? null : (
        <p className="mt-1 text-14 text-soft">
          {t('keptFrom', { when: momentIn(locale, timeZone, draft.savedAt) })}
        </p>
      )}
      <div className="mt-4">
        <ActionForm
          action={action}
          submit={t('save')}
          submitLook="quiet"
          submitSends={{ name: 'intent', value: 'save' }}
          pendingLabel={t('saving')}
          messages={formWords(locale)}
          extra={
            <button type="submit" name="intent" value="hand-in" className={buttonClass('primary')}>
              {t('handIn')}
            </button>
          }
        >
          <HiddenFields values={{ assignmentId: id, key: requestKey, ...(file ? {} : { seen }) }} />
          {text ? (
            <TextArea
              name="content"
              label={t('text')}
              {...(several ? { optional: t('optional') } : {})}
              rows={12}
              maxLength={TEXT_MAX}
              defaultValue={begun?.content ?? ''}
            />
          ) : null}
          {file ? (
            <FilesField
              locale={locale}
              words={workFileWords(locale)}
              optional={several ? t('optional') : null}
              assignmentId={id}
              files={begun?.files ?? []}
              seen={seen}
            />
          ) : null}
          {link ? (
            <TextField
              name="link"
              type="url"
              label={t('link')}
              help={t('linkHelp')}
              {...(several ? { optional: t('optional') } : {})}
              maxLength={LINK_MAX}
              autoComplete="off"
              defaultValue={begun?.link ?? ''}
            />
          ) : null}
        </ActionForm>
      </div>
    </section>
  )
}
