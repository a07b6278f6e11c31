'use client'

import type { Draft } from '#lib/exams/rules/drafting'
import type { Content } from '#lib/exams/rules/drafting-content'
import { blocksOf, poolOf } from '#lib/exams/rules/drafting-steps'
import type { ExamWords } from '#lib/i18n/exam-author-words'
import { Field } from '../editor/field'
import type { EditorSteps } from './editor-steps'
import { PoolCard } from './pool-card'
import { QuestionCard } from './question-card'

type Props = Readonly<{
  content: Content
  open: string | null
  locale: string
  words: ExamWords
  steps: EditorSteps
}>

/** The exam's title, and its questions in their order, pools around theirs. */
export function QuestionList({ content, open, locale, words, steps }: Props) {
  const blocks = blocksOf(content)
  const order = blocks.flatMap((block) => (block.kind === 'question' ? [block.draft] : block.drafts))
  const card = (draft: Draft, place: Readonly<{ first: boolean; last: boolean }>) => (
    <QuestionCard
      key={draft.id}
      draft={draft}
      number={order.indexOf(draft) + 1}
      locale={locale}
      pool={poolOf(content, draft.id) ?? null}
      pools={content.pools}
      {...place}
      open={open === draft.id}
      words={words}
      steps={steps}
    />
  )
  return (
    <>
      <div className="mb-6 *:max-w-none!">
        <Field
          name="title"
          label={words.title}
          value={content.title}
          maxLength={200}
          autoComplete="off"
          onValue={(title) => steps.edit((now) => ({ ...now, title }))}
        />
      </div>
      <h2 className="mb-1 text-18 font-semibold">{words.questions}</h2>
      {blocks.length === 0 ? (
        <div className="max-w-column py-4">
          <p className="font-reading text-22 font-medium">{words.emptyTitle}</p>
          <p className="mt-2 text-soft">{words.emptyBody}</p>
        </div>
      ) : (
        <ol>
          {blocks.map((block, index) => {
            const place = { first: index === 0, last: index === blocks.length - 1 }
            if (block.kind === 'question') return card(block.draft, place)
            const { pool, drafts } = block
            return (
              <PoolCard
                key={pool.id}
                pool={pool}
                count={drafts.length}
                {...place}
                locale={locale}
                words={words}
                steps={steps}
              >
                {drafts.map((draft, at) => card(draft, { first: at === 0, last: at === drafts.length - 1 }))}
              </PoolCard>
            )
          })}
        </ol>
      )}
    </>
  )
}
