'use client'

import { useEffect, useState } from 'react'
import { buttonClass } from '#components/ui/button'
import { Icon, type IconName } from '#components/ui/icon'
import { Notice } from '#components/ui/notice'
import type { ExamWords } from '#lib/i18n/exam-words'
import { useRoom, useRoomState } from './room-context'
import type { RoomState, Saving } from './state'
import { fill } from './words'

const ICONS: Readonly<Record<Saving, IconName>> = {
  saved: 'check-circle',
  saving: 'history',
  offline: 'warning',
  'signed-out': 'lock',
  refused: 'alert',
}

type Facts = Pick<RoomState, 'saving' | 'durable' | 'refusal'>

function shortText(words: ExamWords, { saving, durable }: Facts): string {
  const texts: Record<Saving, string> = {
    ...{ saved: words.saved, saving: words.saving },
    offline: durable ? words.offlineShort : words.offlineLostShort,
    ...{ 'signed-out': words.signedOutShort, refused: words.refusedShort },
  }
  return texts[saving]
}

/** What is to be said at length; null while there is nothing to worry about. */
function troubleText(words: ExamWords, { saving, durable, refusal }: Facts): string | null {
  if (saving === 'offline') return durable ? words.offline : words.offlineLost
  if (saving === 'signed-out') return words.signedOut
  return saving === 'refused' ? fill(words.refused, { message: refusal }) : null
}

function useFacts(): Facts {
  return {
    saving: useRoomState((state) => state.saving),
    durable: useRoomState((state) => state.durable),
    refusal: useRoomState((state) => state.refusal),
  }
}

/** Whether what stands on the page is safe, in a word or two. */
export function SaveState() {
  const { words } = useRoom()
  const facts = useFacts()
  const calm = facts.saving === 'saved' || facts.saving === 'saving'
  return (
    <p
      data-save-state={facts.saving}
      className={`flex items-center gap-1.5 text-14 ${calm ? 'text-soft' : 'font-medium text-warn'}`}
    >
      <Icon name={ICONS[facts.saving]} size={16} />
      {shortText(words, facts)}
    </p>
  )
}

/** Said aloud when it gets bad, and when it is good again: a save every few seconds is no news. */
function useNews(): string {
  const { sitting, words } = useRoom()
  const [news, setNews] = useState('')
  useEffect(() => {
    let bad = false
    return sitting.state.subscribe(() => {
      const trouble = troubleText(words, sitting.state.get())
      if (trouble !== null) setNews(trouble)
      else if (bad && sitting.state.get().saving === 'saved') setNews(words.backOnline)
      else return
      bad = trouble !== null
    })
  }, [sitting, words])
  return news
}

/** What is wrong with saving, at length, with what can be done. */
export function SaveTrouble() {
  const { sitting, words } = useRoom()
  const facts = useFacts()
  const trouble = troubleText(words, facts)
  const news = useNews()
  return (
    <>
      <p role="status" className="sr-only">
        {news}
      </p>
      {trouble === null ? null : (
        <Notice
          tone="warn"
          title={trouble}
          action={
            facts.saving === 'signed-out' ? (
              <a href="/sign-in" target="_blank" className={buttonClass('quiet', 'small')}>
                {words.signIn}
              </a>
            ) : (
              <button type="button" onClick={() => sitting.retry()} className={buttonClass('quiet', 'small')}>
                {words.retry}
              </button>
            )
          }
        />
      )}
      {facts.durable || trouble !== null ? null : <Notice tone="info" title={words.notDurable} />}
    </>
  )
}
