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
import { DraftKeeper } from './draft-keeper'
import { FilesField } from './files-field'

type Props = Readonly<{
  locale: string
  timeZone: string
  assignment: AssignmentView
  requestKey: string
  action: FormAction
}>

/** When the draft was saved that this page knows; empty: there is none. */
const seenOf = ({ draft }: AssignmentView): string => (draft === null ? '' : draft.savedAt.toISOString())

/** A field for each kind of work that is taken, with what the draft holds, or else what was handed in last. */
function Fields({ locale, assignment }: Pick<Props, 'locale' | 'assignment'>) {
  const t = translator(locale, 'assignment')
  const { id, accepts, draft, versions } = assignment
  const begun = draft ?? versions[0]
  const optional = accepts.length > 1 ? { optional: t('optional') } : {}
  return (
    <>
      {accepts.includes('TEXT') ? (
        <TextArea
          name="content"
          label={t('text')}
          {...optional}
          rows={12}
          maxLength={TEXT_MAX}
          defaultValue={begun?.content ?? ''}
        />
      ) : null}
      {accepts.includes('FILE') ? (
        <FilesField
          locale={locale}
          words={workFileWords(locale)}
          optional={optional.optional ?? null}
          assignmentId={id}
          files={begun?.files ?? []}
        />
      ) : null}
      {accepts.includes('LINK') ? (
        <TextField
          name="link"
          type="url"
          label={t('link')}
          help={t('linkHelp')}
          {...optional}
          maxLength={LINK_MAX}
          autoComplete="off"
          defaultValue={begun?.link ?? ''}
        />
      ) : null}
    </>
  )
}

/** Writing, kept for later or handed in. Enter in a field keeps: handing in takes its own button. */
export function WorkForm({ locale, timeZone, assignment, requestKey, action }: Props) {
  const t = translator(locale, 'assignment')
  const { id, draft, versions } = assignment
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
          <HiddenFields values={{ assignmentId: id, key: requestKey }} />
          <DraftKeeper
            seen={seenOf(assignment)}
            words={{ kept: t('kept'), failed: t('keepFailed'), newer: t('faults.newer') }}
          >
            <Fields locale={locale} assignment={assignment} />
          </DraftKeeper>
        </ActionForm>
      </div>
    </section>
  )
}
