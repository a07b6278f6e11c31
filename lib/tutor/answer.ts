import 'server-only'
import { type Patience, patiently, type TextModel } from '#lib/adapters/ai/model'
import { addMessage, closeQuestion } from '#lib/db/queries/tutor'
import { withTenant } from '#lib/db/tenant'
import { translator } from '#lib/i18n/translate'
import { type Asked, messageText } from './ask'
import type { ChatMessage } from './contract'
import type { Line, Remark, Source } from './contract/limits'
import { namedIn, seenText } from './rules/answer'
import { codeOf, excerptOf, quotationsOf } from './rules/quoting'
import type { TutorOutcome } from '#types/db'

/** Characters of an answer. A model that says more is ended. */
const MOST = 8_000
/** Quotations where no model answers, and characters of one where the tutor only gives hints. */
const QUOTATIONS = 3
const HINT = 180
/** Lines of code, and of code in a hint. */
const CODE_LINES = 14
const HINT_LINES = 4

type Given = Readonly<{ text: string; source: Source; remark: Remark | null }>

/** Passages as they stand in the course, in the manner of the course's tutor. */
export function quotedAnswer(asked: Asked, remark: Remark | null): Given {
  const t = translator(asked.locale, 'tutor.answer')
  if (asked.refused) return { text: t('refused'), source: 'refused', remark: null }
  if (asked.passages.length === 0) return { text: t('nothing'), source: 'nothing', remark: null }
  const short = asked.manner !== 'explain'
  const excerpts = asked.passages.slice(0, short ? 2 : QUOTATIONS).map(({ n, text, code, hits }) => {
    if (code) return { n, code, text: codeOf(text, short ? HINT_LINES : CODE_LINES) }
    const excerpt = excerptOf(text, asked.terms, hits)
    const cut =
      short && excerpt.length > HINT ? `${excerpt.slice(0, HINT).replace(/\s+\S*$/u, '')} …` : excerpt
    return { n, code, text: cut }
  })
  const intro = asked.manner === 'explain' ? t('quoting') : t(asked.manner)
  const text = quotationsOf(intro, excerpts, asked.manner === 'socratic' ? t('socraticEnd') : '')
  return { text, source: 'passages', remark }
}

export type Answering = Readonly<{
  /** Null: none is set up. */
  model: TextModel | null
  patience: Patience
  /** Ends the answer where it is. */
  stopped: AbortSignal
  emit: (line: Line) => void
  /** Gets why a model's answer was none. */
  failed: (error: unknown) => void
}>

/** What a model says, as it comes. @throws ModelFailure */
async function modelled(asked: Asked, how: Answering, model: TextModel): Promise<Given> {
  let text = ''
  if (asked.prompt === null) return quotedAnswer(asked, asked.remark)
  try {
    for await (const piece of patiently(model, asked.prompt, how)) {
      const seen = seenText(piece).slice(0, MOST - text.length)
      text += seen
      how.emit({ type: 'text', text: seen })
      if (text.length >= MOST) break
    }
  } catch (error) {
    if (!how.stopped.aborted) throw error
  }
  const named = namedIn(text).some((n) => asked.citations.some((citation) => citation.n === n))
  const remark = how.stopped.aborted ? 'stopped' : named ? null : 'unnamed'
  return { text: text.trim(), source: 'model', remark }
}

async function given(asked: Asked, how: Answering): Promise<Given> {
  const quote = (remark: Remark | null): Given => {
    const answer = quotedAnswer(asked, remark)
    how.emit({ type: 'text', text: answer.text })
    return answer
  }
  if (asked.prompt === null || how.model === null) return quote(asked.remark)
  try {
    return await modelled(asked, how, how.model)
  } catch (error) {
    how.failed(error)
    how.emit({ type: 'anew' })
    return quote('failed')
  }
}

const OUTCOMES: Readonly<Record<Source, TutorOutcome>> = {
  ...{ model: 'ANSWERED', passages: 'QUOTED', nothing: 'NOTHING', refused: 'REFUSED' },
}

/** The passages that an answer names; where a model names none, those that it was given. */
function citedBy(asked: Asked, text: string): Asked['citations'] {
  const named = namedIn(text)
  return asked.citations.filter(({ n }) => named.includes(n))
}

/** Keeps an answer. @returns it as it is kept; null when somebody settled the question before */
async function keep(asked: Asked, answer: Given): Promise<ChatMessage | null> {
  const { text, source } = answer
  return withTenant(asked.tenantId, async (db) => {
    const cited = citedBy(asked, text)
    const first = cited[0] ?? asked.citations[0]
    const about = first === undefined ? null : { lessonId: first.lessonId, heading: first.heading }
    const outcome = answer.remark === 'stopped' ? 'STOPPED' : OUTCOMES[source]
    const closed = await closeQuestion(db, { questionId: asked.questionId, outcome, about })
    if (closed === null) return null
    const stopped = closed.stoppedAfter !== null
    const shown = stopped ? text.slice(0, closed.stoppedAfter ?? 0) : text
    const { message, json } = messageText({
      ...{ role: 'assistant', text: shown, source, remark: stopped ? 'stopped' : answer.remark },
      citations: [...citedBy(asked, shown)],
      from: [...new Set(asked.passages.map(({ lessonId }) => lessonId))],
    })
    await addMessage(db, { chatId: asked.chatId, message: json })
    return message
  })
}

const TRIES = 3

async function keepSurely(asked: Asked, answer: Given): Promise<ChatMessage | null> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await keep(asked, answer)
    } catch (error) {
      if (tries >= TRIES) throw error
      await new Promise((resolve) => setTimeout(resolve, 300 * tries))
    }
  }
}

/**
 * Answers a question, piece by piece, and keeps the answer, whoever still listens. A model that is late, breaks off or
 * fails is replaced by the passages themselves.
 * @returns the answer as it is kept; null when the question was settled meanwhile
 */
export async function answer(asked: Asked, how: Answering): Promise<ChatMessage | null> {
  const said = await given(asked, how)
  return keepSurely(asked, said)
}
