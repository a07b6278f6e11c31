'use client'

import { buttonClass } from '#components/ui/button'
import type { Draft, Part } from '#lib/exams/rules/drafting'
import type { Choice, Clash } from '#lib/exams/rules/drafting-merge'
import type { ExamWords } from '#lib/i18n/exam-author-words'
import { words as fill } from './words'

const texts = (parts: readonly Part[]): string[] =>
  parts.map(({ text }) => text).filter((text) => text !== '')

/** A question in a few lines, so that two of them can be told apart. */
function told(draft: Draft, words: ExamWords): string[] {
  const head = [draft.prompt, `${words.points}: ${draft.points}`]
  switch (draft.type) {
    case 'single':
    case 'multiple': {
      const { options, correct } = draft
      const right = (id: string): boolean =>
        typeof correct === 'string' ? correct === id : (correct ?? []).includes(id)
      return [
        ...head,
        ...options
          .filter(({ text }) => text !== '')
          .map(({ id, text }) => `${right(id) ? '✓' : '·'} ${text}`),
      ]
    }
    case 'true-false':
      return [...head, draft.correct === null ? '' : draft.correct ? words.true : words.false]
    case 'short-text':
      return [...head, ...draft.accept.map(({ value }) => value)]
    case 'numeric':
      return [...head, `${draft.correct} ± ${draft.tolerance} ${draft.unit}`]
    case 'matching':
      return [...head, texts(draft.left).join(', '), texts(draft.right).join(', ')]
    case 'ordering':
      return [...head, ...texts(draft.items)]
    case 'blanks':
      return [...head, draft.blanks.map(({ accept }) => accept.join(' / ')).join(', ')]
    case 'essay':
      return draft.minWords + draft.maxWords === ''
        ? head
        : [...head, `${draft.minWords} – ${draft.maxWords}`]
    case 'file-upload':
      return [...head, `${draft.accept}, ${draft.maxMegabytes} MB`]
  }
}

function sidesOf(
  clash: Clash,
  words: ExamWords,
): Readonly<{ name: string; mine: string[]; theirs: string[] }> {
  switch (clash.kind) {
    case 'title':
      return { name: words.conflict.exam, mine: [clash.mine], theirs: [clash.theirs] }
    case 'pool': {
      const name = fill(words.conflict.pool, { title: clash.theirs.title })
      const side = ({ title, draw, questionIds }: typeof clash.mine) => [
        title,
        `${words.poolDraw} ${draw} / ${String(questionIds.length)}`,
      ]
      return { name, mine: side(clash.mine), theirs: side(clash.theirs) }
    }
    case 'question': {
      const name = fill(words.conflict.question, { prompt: clash.theirs.prompt })
      return { name, mine: told(clash.mine, words), theirs: told(clash.theirs, words) }
    }
  }
}

function Side({ label, lines, look }: { label: string; lines: readonly string[]; look: string }) {
  return (
    <div className={`min-w-0 rounded-sm border-s-2 p-3 text-14 ${look}`}>
      <p className="font-semibold">{label}</p>
      {lines.map((line, index) => (
        <p key={index} className="wrap-anywhere whitespace-pre-line">
          {line}
        </p>
      ))}
    </div>
  )
}

/** What two authors changed at once, side by side, and the author's word on each. */
export function Conflict({
  clashes,
  words,
  onChoice,
}: {
  clashes: readonly Clash[]
  words: ExamWords
  onChoice: (clash: Clash, choice: Choice) => void
}) {
  const w = words.conflict
  return (
    <section
      aria-labelledby="conflict-title"
      className="mb-6 flex flex-col gap-6 rounded-md border border-warn bg-surface p-4 sm:p-6"
    >
      <div role="alert">
        <h2 id="conflict-title" className="text-18 font-semibold">
          {w.title}
        </h2>
        <p className="mt-1 text-14 text-soft">{w.body}</p>
      </div>
      {clashes.map((clash) => {
        const { name, mine, theirs } = sidesOf(clash, words)
        const choices: readonly Choice[] =
          clash.kind === 'question' ? ['both', 'mine', 'theirs'] : ['mine', 'theirs']
        return (
          <div key={`${clash.kind}-${clash.id}`} className="flex flex-col gap-3">
            <h3 className="text-14 font-semibold wrap-anywhere">{name}</h3>
            <div className="grid gap-3 sm:grid-cols-2">
              <Side label={w.yours} lines={mine} look="border-good bg-good-tint" />
              <Side label={w.other} lines={theirs} look="border-info bg-info-tint" />
            </div>
            <div className="flex flex-wrap gap-3">
              {choices.map((choice, index) => (
                <button
                  key={choice}
                  type="button"
                  onClick={() => onChoice(clash, choice)}
                  className={buttonClass(index === 0 ? 'primary' : 'quiet', 'small')}
                >
                  {w[choice]}
                </button>
              ))}
            </div>
          </div>
        )
      })}
    </section>
  )
}
