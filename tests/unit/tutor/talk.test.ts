import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import type { TutorOf } from '../../../components/tutor/contract'
import { Talk } from '../../../components/tutor/talk'
import { tutorWords } from '../../../components/tutor/tutor-words'
import type { Line, MessageView, PanelView } from '#lib/tutor/contract/limits'

// The conversation in the browser: nothing that was typed is lost, and nothing is asked twice.

const OF: TutorOf = { courseId: 'c', lessonId: 'l', readerId: 'r', words: tutorWords('en', true) }
const EMPTY: PanelView = {
  closed: null,
  left: '',
  chatId: null,
  answering: false,
  messages: [],
  conversations: [],
}
const said = (text: string): MessageView => ({
  ...{ role: 'assistant', text, at: '', source: 'model', remark: null, citations: [] },
})

type Sent = Readonly<{ path: string; body: Record<string, unknown> }>
let sent: Sent[]
let panel: PanelView
let answerWith: () => Response | Promise<Response>

function lines(...all: readonly Line[]): Response {
  return new Response(all.map((line) => `${JSON.stringify(line)}\n`).join(''))
}

/** A stream whose connection breaks after its first lines. */
function broken(...all: readonly Line[]): Response {
  const text = new TextEncoder().encode(all.map((line) => `${JSON.stringify(line)}\n`).join(''))
  let pulled = false
  return new Response(
    new ReadableStream({
      pull: (controller) => {
        if (pulled) controller.error(new Error('gone'))
        else controller.enqueue(text)
        pulled = true
      },
    }),
  )
}

const refusal = (status: number, reason: string) =>
  Response.json({ error: { code: 'conflict', message: 'No.', reason } }, { status })

async function opened(): Promise<Talk> {
  const talk = new Talk(OF)
  talk.begin()
  await vi.waitFor(() => expect(talk.state().view).not.toBeNull())
  return talk
}

beforeEach(() => {
  sent = []
  panel = EMPTY
  vi.stubGlobal('fetch', (path: string, init?: RequestInit) => {
    const body = typeof init?.body === 'string' ? (JSON.parse(init.body) as Record<string, unknown>) : {}
    sent.push({ path, body })
    return path === '/api/tutor/ask' ? answerWith() : Promise.resolve(Response.json(panel))
  })
})

afterEach(() => vi.unstubAllGlobals())

describe('a question', () => {
  test('is answered as the lines come, and what a model took back is gone', async () => {
    const talk = await opened()
    const seen: (string | null)[] = []
    talk.subscribe(() => seen.push(talk.state().streamed))
    answerWith = () =>
      lines(
        { type: 'begun', chatId: 'h' },
        { type: 'text', text: 'Wro' },
        { type: 'anew' },
        { type: 'text', text: 'Right' },
        { type: 'done', message: said('Right'), left: '3 left' },
      )
    expect(await talk.send('Why?')).toBe(true)
    expect(seen).toEqual(expect.arrayContaining(['Wro', '', 'Right', null]))
    const { view, streamed, problem } = talk.state()
    expect([streamed, problem, view?.chatId, view?.left]).toEqual([null, null, 'h', '3 left'])
    expect(view?.messages.map(({ text }) => text)).toEqual(['Why?', 'Right'])
  })

  test('that doesn’t arrive stays with whoever typed it, and is the same question the next time', async () => {
    const talk = await opened()
    answerWith = () => Promise.reject(new Error('offline'))
    expect(await talk.send('Why?')).toBe(false)
    expect(talk.state()).toMatchObject({
      streamed: null,
      problem: OF.words.unreachable,
      view: { messages: [] },
    })
    answerWith = () => lines({ type: 'begun', chatId: 'h' }, { type: 'done', message: said('So.'), left: '' })
    expect(await talk.send('Why?')).toBe(true)
    expect(await talk.send('Why?')).toBe(true)
    const keys = sent.filter(({ path }) => path === '/api/tutor/ask').map(({ body }) => body['key'])
    expect(keys[1]).toBe(keys[0])
    expect(keys[2]).not.toBe(keys[0])
  })

  test('whose answer breaks off on the way here is looked for where it is kept', async () => {
    const talk = await opened()
    answerWith = () => {
      panel = { ...EMPTY, chatId: 'h', messages: [said('Kept.')] }
      return broken({ type: 'begun', chatId: 'h' }, { type: 'text', text: 'Ke' })
    }
    expect(await talk.send('Why?')).toBe(true)
    expect(talk.state()).toMatchObject({
      streamed: null,
      problem: null,
      view: { messages: [{ text: 'Kept.' }] },
    })
    expect(sent.at(-1)?.path).toBe('/api/tutor/panel/c/l?chat=h')
  })

  test('that is refused keeps the conversation as it was and says why', async () => {
    const talk = await opened()
    answerWith = () => refusal(409, 'busy')
    expect(await talk.send('Why?')).toBe(false)
    expect(talk.state()).toMatchObject({ problem: OF.words.busy, view: { messages: [] } })
    panel = { ...EMPTY, closed: { reason: 'exam', text: 'An exam.' } }
    answerWith = () => refusal(409, 'exam')
    expect(await talk.send('Why?')).toBe(false)
    expect(talk.state()).toMatchObject({ problem: null, view: { closed: { text: 'An exam.' } } })
    answerWith = () => refusal(401, '')
    expect(await talk.send('Why?')).toBe(false)
    expect(talk.state().problem).toBe(OF.words.signedOut)
  })

  test('that is asked before the panel has come waits for it', async () => {
    const talk = new Talk(OF)
    answerWith = () => lines({ type: 'begun', chatId: 'h' }, { type: 'done', message: said('So.'), left: '' })
    talk.begin()
    expect(talk.state().view).toBeNull()
    expect(await talk.send('Why?')).toBe(true)
    expect(talk.state().view?.messages.map(({ text }) => text)).toEqual(['Why?', 'So.'])
  })

  test('that is stopped tells the server how much was seen', async () => {
    const talk = await opened()
    answerWith = () => {
      const response = lines(
        { type: 'begun', chatId: 'h' },
        { type: 'text', text: 'One' },
        { type: 'text', text: ' two' },
        { type: 'done', message: { ...said('One'), remark: 'stopped' }, left: '' },
      )
      const stop = talk.subscribe(() => {
        if (talk.state().streamed !== 'One') return
        stop()
        talk.halt()
      })
      return response
    }
    await talk.send('Why?')
    expect(sent.find(({ path }) => path === '/api/tutor/stop')?.body).toMatchObject({ shown: 3 })
    expect(talk.state().status).toBe(OF.words.stopped)
  })
})
