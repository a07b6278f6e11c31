'use client'

import { useCallback, useEffect, useRef, useState } from 'react'
import type { Line, MessageView, PanelView } from '#lib/tutor/contract/limits'
import type { TutorOf } from './contract'
import { ask, newKey, readPanel, type Refusal, stop } from './wire'

/** How often, and how many times, an answer is looked for that is given without this page listening. */
const LOOK_EVERY = 1_500
const LOOKS = 60

export type Conversation = Readonly<{
  /** Null until it came. */
  view: PanelView | null
  /** What is being said; null while nothing is. */
  streamed: string | null
  /** Said to whoever doesn't see it. */
  status: string
  problem: string | null
  /** @returns whether the question arrived: if not it has to stay where it was typed */
  send: (question: string) => Promise<boolean>
  halt: () => void
  show: (chat: string | null) => void
}>

const asked = (text: string): MessageView => ({
  ...{ role: 'user', text, at: new Date().toISOString(), source: null, remark: null, citations: [] },
})

/** One conversation with the tutor at a time, as the server keeps it, and the answer that is being given. */
export function useConversation(of: TutorOf): Conversation {
  const { words } = of
  const [view, setView] = useState<PanelView | null>(null)
  const [streamed, setStreamed] = useState<string | null>(null)
  const [status, setStatus] = useState('')
  const [problem, setProblem] = useState<string | null>(null)
  const text = useRef('')
  const pending = useRef<Readonly<{ key: string; question: string }> | null>(null)
  const halted = useRef(false)
  const gone = useRef(false)

  const refuse = useCallback(
    ({ status: code, reason, message }: Refusal): void => {
      const known = reason === 'busy' ? words.busy : code === 401 ? words.signedOut : null
      setProblem(known ?? (message === '' ? words.unreachable : message))
    },
    [words],
  )

  const load = useCallback(
    async (chat: string | null): Promise<PanelView | null> => {
      const found = await readPanel(of, chat)
      if (gone.current) return null
      if ('kind' in found) {
        refuse(found)
        return null
      }
      setProblem(null)
      setView(found)
      return found
    },
    [of, refuse],
  )

  /** Waits for an answer that is given somewhere: to another window, or to this one before its connection broke. */
  const follow = useCallback(
    async (chat: string | null): Promise<void> => {
      setStreamed((before) => before ?? '')
      for (let looks = 0; looks < LOOKS && !gone.current; looks += 1) {
        const found = await load(chat)
        if (found !== null && !found.answering) break
        await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY))
      }
      setStreamed(null)
    },
    [load],
  )

  const show = useCallback(
    (chat: string | null): void => {
      void load(chat).then((found) => {
        if (found?.answering === true) void follow(found.chatId)
      })
    },
    [load, follow],
  )

  useEffect(() => {
    gone.current = false
    show(null)
    return () => {
      gone.current = true
    }
  }, [show])

  const take = (line: Line): void => {
    if (line.type === 'begun') {
      setView((before) => before && { ...before, chatId: line.chatId })
    } else if (line.type === 'text' || line.type === 'anew') {
      text.current = line.type === 'anew' ? '' : text.current + line.text
      if (!halted.current) setStreamed(text.current)
    } else if (line.type === 'failed') setProblem(line.message)
    else {
      setView((before) => before && { ...before, left: line.left, messages: [...before.messages, line.message] })
      setStatus(halted.current ? words.stopped : words.done)
    }
  }

  const send = async (question: string): Promise<boolean> => {
    if (view === null || streamed !== null) return false
    // The same question once more after a failure is the same question.
    const key = pending.current?.question === question ? pending.current.key : newKey()
    pending.current = { key, question }
    halted.current = false
    text.current = ''
    setProblem(null)
    setStreamed('')
    setStatus(words.thinking)
    const { chatId, messages } = view
    setView({ ...view, messages: [...messages, asked(question)] })
    const { courseId, lessonId } = of
    let begun: string | null = null
    const result = await ask({ courseId, lessonId, chatId, key, question }, (line) => {
      if (line.type === 'begun') begun = line.chatId
      take(line)
    })
    if (gone.current) return true
    if (result === null || (result === 'broken' && begun !== null)) {
      if (result === 'broken') await follow(begun)
      pending.current = null
      setStreamed(null)
      return true
    }
    setStreamed(null)
    setStatus('')
    setView({ ...view, messages })
    if (result === 'broken') setProblem(words.unreachable)
    else if (['exam', 'off', 'day'].includes(result.reason)) await load(chatId ?? 'new')
    else refuse(result)
    return false
  }

  const halt = (): void => {
    if (pending.current === null || halted.current) return
    halted.current = true
    stop(pending.current.key, text.current.length)
  }

  return { view, streamed, status, problem, send, halt, show }
}
