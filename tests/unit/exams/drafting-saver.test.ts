import { describe, expect, test } from 'vitest'
import { type Content, contentOf, type Stored } from '#lib/exams/rules/drafting-content'
import { merge, settle } from '#lib/exams/rules/drafting-merge'
import { ExamSaver, type Held, type Kept, type SaveAnswer } from '#lib/exams/rules/drafting-saver'
import { makeQuestions } from '#tests/support/factories'

// Two authors, a lost connection, a closed page: nothing that was typed is lost, nothing is overwritten in silence.

const HELD: Held = { title: 'Exam', questions: makeQuestions(3), pools: [], seen: 's1' }

const prompt =
  (id: string, text: string) =>
  (content: Content): Content => ({
    ...content,
    questions: content.questions.map((draft) => (draft.id === id ? { ...draft, prompt: text } : draft)),
  })
const prompts = (content: Content): string[] => content.questions.map((draft) => draft.prompt)

function theirs(change: (content: Content) => Content, seen = 's2'): Held {
  const { questions } = HELD
  const changed = change(contentOf(HELD))
  return {
    ...HELD,
    seen,
    title: changed.title,
    questions: changed.questions.flatMap((draft) =>
      questions
        .filter(({ id }) => id === draft.id)
        .map((question) => ({ ...question, prompt: draft.prompt })),
    ),
  }
}

function world(answers: SaveAnswer[]) {
  const sent: { seen: string; stored: Stored }[] = []
  const waiting: (() => void)[] = []
  const device: { kept: Kept | null } = { kept: null }
  const saver = new ExamSaver(HELD, {
    send: async (seen, stored) => {
      sent.push({ seen, stored })
      return answers.shift() ?? { kind: 'saved', seen: `s${String(sent.length + 1)}` }
    },
    keep: (kept) => {
      device.kept = kept
      return true
    },
    now: () => 0,
    later: (work) => {
      waiting.push(work)
      return () => void waiting.splice(waiting.indexOf(work), 1)
    },
  })
  const run = async (): Promise<void> => {
    waiting.splice(0).forEach((work) => work())
    await new Promise((done) => setTimeout(done, 0))
  }
  return { saver, sent, device, run }
}

describe('saving', () => {
  test('sends what was typed once, and then keeps nothing on the device', async () => {
    const { saver, sent, device, run } = world([])
    saver.edit(prompt('q0', 'A'))
    saver.edit(prompt('q0', 'AB'))
    expect(device.kept?.content.questions[0]?.prompt).toBe('AB')
    await run()
    expect(sent).toHaveLength(1)
    expect(sent[0]?.stored.questions[0]?.prompt).toBe('AB')
    expect([saver.state().status.kind, device.kept]).toEqual(['saved', null])
  })

  test('keeps an unfinished question on the device and the stored one on the server', async () => {
    const { saver, sent, device, run } = world([])
    saver.edit(prompt('q0', ''))
    await run()
    expect(sent).toEqual([])
    expect(saver.state().status.kind).toBe('saved')
    expect(device.kept?.content.questions[0]?.prompt).toBe('')
  })

  test('without a connection keeps everything and tries again', async () => {
    const { saver, sent, device, run } = world([{ kind: 'unreachable' }])
    saver.edit(prompt('q0', 'Kept'))
    await run()
    expect(saver.state().status).toEqual({ kind: 'offline', kept: true })
    expect(device.kept?.content.questions[0]?.prompt).toBe('Kept')
    await run()
    expect(sent).toHaveLength(2)
    expect(saver.state().status.kind).toBe('saved')
  })

  test('joins another author’s change of another question and sends both', async () => {
    const { saver, sent, run } = world([{ kind: 'conflict', theirs: theirs(prompt('q1', 'Theirs')) }])
    saver.edit(prompt('q0', 'Mine'))
    await run()
    await run()
    expect(sent[1]).toMatchObject({ seen: 's2' })
    expect(sent[1]?.stored.questions.map((question) => question.prompt)).toEqual([
      'Mine',
      'Theirs',
      'Is 2 even?',
    ])
  })

  test('of the same question sends nothing before the author has chosen', async () => {
    const { saver, sent, device, run } = world([{ kind: 'conflict', theirs: theirs(prompt('q0', 'Theirs')) }])
    saver.edit(prompt('q0', 'Mine'))
    await run()
    saver.edit(prompt('q2', 'More'))
    await run()
    const { status } = saver.state()
    if (status.kind !== 'conflict') throw new Error('There was no conflict.')
    expect(sent).toHaveLength(1)
    expect(device.kept?.content.questions[0]?.prompt).toBe('Mine')
    const [clash] = status.clashes
    if (clash === undefined) throw new Error('There was nothing to choose.')
    saver.resolve(clash, 'both')
    await run()
    expect(prompts(saver.state().content)).toEqual(['Theirs', 'Mine', 'Is 1 even?', 'More'])
    expect(sent[1]?.stored.questions.map((question) => question.prompt)).toEqual([
      ...['Theirs', 'Mine', 'Is 1 even?', 'More'],
    ])
  })

  test('brings back what the device had kept, over what has been stored since', async () => {
    const first = world([{ kind: 'unreachable' }])
    first.saver.edit(prompt('q0', 'From before'))
    const { kept } = first.device
    if (kept === null) throw new Error('Nothing was kept.')
    const { saver, sent, run } = world([])
    saver.restore(kept)
    expect(saver.state().restored).not.toBeNull()
    await run()
    expect(sent[0]?.stored.questions[0]?.prompt).toBe('From before')
  })
})

describe('two versions', () => {
  const base: Stored = HELD
  const mine = contentOf(HELD)
  const without =
    (id: string) =>
    (content: Content): Content => ({
      ...content,
      questions: content.questions.filter((draft) => draft.id !== id),
    })

  test('where one deleted what the other changed keep the changed one', () => {
    expect(prompts(merge(base, without('q1')(mine), theirs(prompt('q1', 'New'))).content)).toContain('New')
    expect(prompts(merge(base, prompt('q1', 'New')(mine), theirs(without('q1'))).content)).toContain('New')
  })

  test('where one deleted what the other left alone are without it', () => {
    expect(prompts(merge(base, mine, theirs(without('q1'))).content)).toEqual(['Is 0 even?', 'Is 2 even?'])
  })

  test('where both changed the title ask', () => {
    const { clashes, content } = merge(base, { ...mine, title: 'Mine' }, { ...HELD, title: 'Theirs' })
    expect(clashes).toEqual([{ kind: 'title', id: 'title', mine: 'Mine', theirs: 'Theirs' }])
    const [clash] = clashes
    if (clash === undefined) throw new Error('Nothing clashed.')
    expect(settle(content, clash, 'theirs').title).toBe('Theirs')
  })
})

describe('what the server adds because this page asked for it', () => {
  test('comes in beside what is being written, without a word of somebody else, and is saved upon', async () => {
    const { saver, sent, run } = world([])
    saver.edit(prompt('q0', 'Mine'))
    const [first] = makeQuestions(1)
    if (first === undefined) throw new Error('There is no question to test with.')
    const added = { ...first, id: 'copy', prompt: 'From the bank', bankId: 'banked' }
    saver.take({ ...HELD, questions: [...HELD.questions, added], seen: 's9' })
    expect(prompts(saver.state().content)).toEqual(['Mine', 'Is 1 even?', 'Is 2 even?', 'From the bank'])
    expect([saver.state().joined, saver.seen]).toEqual([false, 's9'])
    await run()
    expect(sent.map(({ seen, stored }) => [seen, stored.questions.length])).toEqual([['s9', 4]])
    expect(sent[0]?.stored.questions[3]).toMatchObject({ id: 'copy', bankId: 'banked' })
    expect(saver.state().status.kind).toBe('saved')
  })

  test('needs no saving by itself', async () => {
    const { saver, sent, run } = world([])
    saver.take({ ...HELD, questions: HELD.questions.slice(0, 2), seen: 's9' })
    await run()
    expect([sent.length, saver.state().status.kind]).toEqual([0, 'saved'])
  })
})
