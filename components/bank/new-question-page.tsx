import type { FormAction } from '#components/ui/form-context'
import { Icon } from '#components/ui/icon'
import { PageHeader } from '#components/ui/page-header'
import { QUESTION_TYPES, type QuestionType } from '#lib/exams/rules/drafting'
import { bankWords } from '#lib/i18n/bank-words'
import { examWords } from '#lib/i18n/exam-author-words'
import { translator } from '#lib/i18n/translate'
import { TYPE_ICONS } from '../exam-author/type-marks'
import { formWords } from '../form/form-words'
import { QuestionEditor } from './question-editor'

/** A new question of the bank: its kind by address, then its form. */
export function NewQuestionPage({
  locale,
  type,
  requestKey,
  create,
}: {
  locale: string
  type: QuestionType
  /** Of the form: sent twice it makes one. */
  requestKey: string
  create: FormAction
}) {
  const bank = translator(locale, 'bank')
  const t = translator(locale, 'bank.question')
  const words = examWords(locale)
  return (
    <>
      <PageHeader
        title={t('newTitle')}
        crumbs={{
          label: bank('crumbs'),
          items: [
            { label: bank('teach'), href: '/teach' },
            { label: bank('title'), href: '/teach/bank' },
          ],
        }}
      />
      <nav aria-label={t('kind')} className="mb-8">
        <ul className="flex flex-wrap gap-2">
          {QUESTION_TYPES.map((one) => (
            <li key={one}>
              <a
                href={`/teach/bank/new?type=${one}`}
                aria-current={one === type ? 'page' : undefined}
                className="inline-flex min-h-11 items-center gap-2 rounded-sm border border-line bg-surface px-3 text-14 font-medium hover:border-accent-8 aria-[current]:border-accent-9 aria-[current]:bg-accent-3"
              >
                <Icon name={TYPE_ICONS[one]} size={16} className="text-accent-11" />
                {words.types[one]}
              </a>
            </li>
          ))}
        </ul>
      </nav>
      <noscript>
        <p>{t('noScript')}</p>
      </noscript>
      <QuestionEditor
        words={bankWords(locale)}
        examWords={words}
        messages={formWords(locale)}
        question={type}
        tags={[]}
        sends={{ key: requestKey }}
        action={create}
      />
    </>
  )
}
