'use client'

import '../editor/no-eval'
import { useSyncExternalStore } from 'react'
import { LinkButton } from '#components/ui/link-button'
import { Notice } from '#components/ui/notice'
import { unfinished } from '#lib/exams/rules/drafting-content'
import type { KeptWords } from '#lib/i18n/exam-author-words'
import { readKept } from './exchange'
import { counted } from './words'

const never = (): (() => void) => () => undefined

/** Says on other pages that this device holds questions that aren't finished, so that nobody publishes without them. */
export function KeptHint({
  draftKey,
  href,
  locale,
  words,
}: {
  draftKey: string
  href: string
  locale: string
  words: KeptWords
}) {
  const count = useSyncExternalStore(
    never,
    () => {
      const kept = readKept(draftKey)
      return kept === null ? 0 : unfinished(kept.content).size
    },
    () => 0,
  )
  if (count === 0) return null
  return (
    <div className="mb-6">
      <Notice
        tone="warn"
        title={counted(locale, words.title, count)}
        action={
          <LinkButton href={href} look="quiet">
            {words.to}
          </LinkButton>
        }
      >
        {words.body}
      </Notice>
    </div>
  )
}
