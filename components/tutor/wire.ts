'use client'

import type { Line, PanelView } from '#lib/tutor/contract/limits'

/** How the panel talks to the server. */

export type Refusal = Readonly<{
  kind: 'refused'
  /** 0: there was no answer. */
  status: number
  reason: string
  message: string
}>

const UNREACHABLE: Refusal = { kind: 'refused', status: 0, reason: '', message: '' }

function said(error: unknown, what: string): string {
  if (typeof error !== 'object' || error === null) return ''
  const value: unknown = Object.entries(error).find(([key]) => key === what)?.[1]
  return typeof value === 'string' ? value : ''
}

async function refusalOf(response: Response): Promise<Refusal> {
  const body: unknown = await response.json().catch(() => null)
  const error = typeof body === 'object' && body !== null && 'error' in body ? body.error : null
  return {
    ...{ kind: 'refused', status: response.status },
    ...{ reason: said(error, 'reason'), message: said(error, 'message') },
  }
}

/** Letters for one question: asking again with them asks nothing again. */
export function newKey(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16))
  return [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('')
}

/** @param chat a conversation, `new` for none, null for the one that was open last */
export async function readPanel(
  of: Readonly<{ courseId: string; lessonId: string }>,
  chat: string | null,
): Promise<PanelView | Refusal> {
  try {
    const query = chat === null ? '' : `?chat=${chat}`
    const response = await fetch(`/api/tutor/panel/${of.courseId}/${of.lessonId}${query}`)
    return response.ok ? ((await response.json()) as PanelView) : await refusalOf(response)
  } catch {
    return UNREACHABLE
  }
}

type Question = Readonly<{
  courseId: string
  lessonId: string
  chatId: string | null
  key: string
  question: string
}>

/**
 * Asks, and hands on each line of the answer as it comes.
 * @returns a refusal; `broken` when the answer's end never came, which is kept all the same; null: all came
 */
export async function ask(
  question: Question,
  take: (line: Line) => void,
): Promise<Refusal | 'broken' | null> {
  let ended = false
  try {
    const response = await fetch('/api/tutor/ask', {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify(question),
    })
    if (!response.ok || response.body === null) return await refusalOf(response)
    const reader = response.body.pipeThrough(new TextDecoderStream()).getReader()
    let rest = ''
    for (;;) {
      const { done, value } = await reader.read()
      if (done) return ended ? null : 'broken'
      const parts = `${rest}${value}`.split('\n')
      rest = parts.pop() ?? ''
      for (const part of parts) {
        const line = JSON.parse(part) as Line
        ended ||= line.type === 'done' || line.type === 'failed'
        take(line)
      }
    }
  } catch {
    return ended ? null : 'broken'
  }
}

/** Stops the answer to a question. What happens when nobody hears it: the whole answer is there in a moment. */
export function stop(key: string, shown: number): void {
  void fetch('/api/tutor/stop', {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ key, shown }),
  }).catch(() => undefined)
}
