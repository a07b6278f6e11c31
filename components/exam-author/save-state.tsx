'use client'

import { buttonClass } from '#components/ui/button'
import { Icon, type IconName } from '#components/ui/icon'
import type { SaveStatus } from '#lib/exams/rules/drafting-saver'
import type { ExamWords } from '#lib/i18n/exam-author-words'
import { words as fill } from './words'

const ICONS: Readonly<Record<SaveStatus['kind'], IconName>> = {
  saved: 'check-circle',
  unsaved: 'circle',
  saving: 'history',
  offline: 'warning',
  refused: 'alert',
  conflict: 'users',
}

function textOf(status: SaveStatus, words: ExamWords['status']): string {
  if (status.kind === 'offline') return status.kept ? words.offline : words.offlineLost
  return status.kind === 'refused' ? fill(words.refused, { message: status.message }) : words[status.kind]
}

/** Whether what stands on the page is safe. Said aloud only when it isn't: a save every few seconds is no news. */
export function SaveState({
  status,
  words,
  onRetry,
}: {
  status: SaveStatus
  words: ExamWords['status']
  onRetry: () => void
}) {
  const text = textOf(status, words)
  const urgent = status.kind === 'offline' || status.kind === 'refused' || status.kind === 'conflict'
  return (
    <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
      <p
        data-save-state={status.kind}
        className={`flex items-start gap-2 text-14 ${urgent ? 'font-medium text-warn' : 'text-soft'}`}
      >
        <Icon name={ICONS[status.kind]} size={16} className="mt-0.5 shrink-0" />
        <span>{text}</span>
      </p>
      <p role="status" className="sr-only">
        {urgent ? text : ''}
      </p>
      {status.kind === 'offline' || status.kind === 'refused' ? (
        <button type="button" onClick={onRetry} className={buttonClass('quiet', 'small')}>
          {words.retry}
        </button>
      ) : null}
    </div>
  )
}
