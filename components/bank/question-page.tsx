import { ActionForm } from '#components/ui/action-form'
import type { FormAction } from '#components/ui/form-context'
import { HiddenFields } from '#components/ui/hidden-fields'
import { Notice } from '#components/ui/notice'
import { PageHeader } from '#components/ui/page-header'
import type { BankQuestionView, QuestionDone } from '#lib/bank/contract'
import { bankWords } from '#lib/i18n/bank-words'
import { examWords } from '#lib/i18n/exam-author-words'
import { translator } from '#lib/i18n/translate'
import { formWords } from '../form/form-words'
import { QuestionEditor } from './question-editor'
import { Uses } from './uses'

type Props = Readonly<{
  locale: string
  view: BankQuestionView
  done: QuestionDone | undefined
  actions: Readonly<Record<'write' | 'archive' | 'restore', FormAction>>
}>

function Archiving({ locale, view, actions }: Props) {
  const t = translator(locale, 'bank.list')
  return (
    <ActionForm
      action={view.archived ? actions.restore : actions.archive}
      submit={t(view.archived ? 'restore' : 'archive')}
      submitLook="quiet"
      pendingLabel={translator(locale, 'bank')('pending')}
      messages={formWords(locale)}
    >
      <HiddenFields values={{ questionId: view.id }} />
    </ActionForm>
  )
}

/** One question of the bank: written, and where it is asked. */
export function QuestionPage(props: Props) {
  const { locale, view, done, actions } = props
  const bank = translator(locale, 'bank')
  const t = translator(locale, 'bank.question')
  const { id, question, tags, seen, uses } = view
  return (
    <>
      {done === undefined ? null : (
        <div className="mb-8" role="status">
          <Notice tone="good" title={t(done)} />
        </div>
      )}
      <PageHeader
        title={t('editTitle')}
        intro={examWords(locale).types[question.type]}
        crumbs={{
          label: bank('crumbs'),
          items: [
            { label: bank('teach'), href: '/teach' },
            { label: bank('title'), href: '/teach/bank' },
          ],
        }}
        actions={<Archiving {...props} />}
      />
      <div className="flex flex-col gap-8">
        {view.archived ? <Notice tone="warn" title={t('isArchived')} /> : null}
        <Notice tone="info" title={t('copies')}>
          {uses.length === 0 ? null : t('copiesCount', { count: uses.length })}
        </Notice>
        <noscript>
          <p>{t('noScript')}</p>
        </noscript>
        <QuestionEditor
          key={seen}
          words={bankWords(locale)}
          examWords={examWords(locale)}
          messages={formWords(locale)}
          question={question}
          tags={tags}
          sends={{ questionId: id, seen }}
          action={actions.write}
        />
        {uses.length === 0 ? null : (
          <section aria-labelledby="uses-title">
            <h2 id="uses-title" className="mb-2 text-18 font-semibold">
              {t('usesTitle')}
            </h2>
            <Uses locale={locale} uses={uses} />
          </section>
        )}
      </div>
    </>
  )
}
