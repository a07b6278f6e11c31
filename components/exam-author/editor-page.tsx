import type { EditorDone, ExamHead, ExamToEdit } from '#lib/exams/contract/authoring'
import { bankWords } from '#lib/i18n/bank-words'
import { examWords } from '#lib/i18n/exam-author-words'
import { translator } from '#lib/i18n/translate'
import type { BankActions } from '../bank/exchange'
import { ExamEditor } from './exam-editor'
import { ExamFrame } from './exam-frame'
import type { ExamActions } from './exchange'

/** The page on which an exam's questions are written. */
export function ExamEditorPage({
  locale,
  head,
  exam,
  done,
  actions,
  bank,
}: {
  locale: string
  head: ExamHead
  exam: ExamToEdit
  done: EditorDone | undefined
  actions: ExamActions
  bank: BankActions
}) {
  const t = translator(locale, 'examAuthor.editor')
  return (
    <ExamFrame locale={locale} exam={head} current="questions" done={done === undefined ? null : t(done)}>
      <noscript>
        <p className="mb-6">{t('noScript')}</p>
      </noscript>
      <ExamEditor
        exam={exam}
        locale={locale}
        words={examWords(locale)}
        actions={actions}
        bank={{ words: bankWords(locale), actions: bank }}
      />
    </ExamFrame>
  )
}
