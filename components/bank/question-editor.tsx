'use client'

import '../editor/no-eval'
import { useState } from 'react'
import { ActionForm, type FormMessages } from '#components/ui/action-form'
import type { FormAction } from '#components/ui/form-context'
import { HiddenFields } from '#components/ui/hidden-fields'
import { useLeaveWarning } from '#components/ui/leave-warning'
import { TAG_MAX, TAGS_MAX } from '#lib/bank/rules/tags'
import type { Question } from '#lib/exams/contract'
import { newDraft, type QuestionType, toDraft } from '#lib/exams/rules/drafting'
import { finish } from '#lib/exams/rules/drafting-finish'
import type { BankWords } from '#lib/i18n/bank-words'
import type { ExamWords } from '#lib/i18n/exam-author-words'
import { Field } from '../editor/field'
import { QuestionForm } from '../exam-author/question-form'

type Props = Readonly<{
  words: BankWords
  examWords: ExamWords
  messages: FormMessages
  /** What is there; or the kind of what is new. */
  question: Question | QuestionType
  tags: readonly string[]
  /** What the form sends besides: the id and what was seen of it, or a key. */
  sends: Readonly<Record<string, string>>
  action: FormAction
}>

/** Where a question of the bank is written: the form that exams have, and its tags. */
export function QuestionEditor({ words, examWords, messages, question, tags, sends, action }: Props) {
  const [first] = useState(() => (typeof question === 'string' ? newDraft(question) : toDraft(question)))
  const [draft, setDraft] = useState(first)
  const [typed, setTyped] = useState(tags.join(', '))
  const result = finish(draft)
  const guarded = useLeaveWarning(draft !== first || typed !== tags.join(', '), action)
  return (
    <div className="flex flex-col gap-6">
      <QuestionForm
        draft={draft}
        words={examWords}
        faults={result.ok ? [] : result.faults}
        onDraft={setDraft}
      />
      <div className="*:max-w-none!">
        <Field
          name="typedTags"
          label={words.tags}
          help={words.tagsHelp}
          optional={words.optional}
          value={typed}
          maxLength={TAGS_MAX * (TAG_MAX + 2)}
          autoComplete="off"
          onValue={setTyped}
        />
      </div>
      <ActionForm
        action={guarded}
        submit={typeof question === 'string' ? words.create : words.save}
        pendingLabel={words.saving}
        messages={messages}
        extra={result.ok ? undefined : <p className="text-14 text-soft">{words.unfinished}</p>}
      >
        <span hidden data-label-of="question">
          {examWords.prompt}
        </span>
        <span hidden data-label-of="tags">
          {words.tags}
        </span>
        <HiddenFields
          values={{ ...sends, tags: typed, question: result.ok ? JSON.stringify(result.question) : '' }}
        />
      </ActionForm>
    </div>
  )
}
