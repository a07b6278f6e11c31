import { beforeEach, describe, expect, test } from 'vitest'
import type { LessonDocument } from '#lib/content/document'
import type { Draft, LessonState } from '#lib/editor/contract'
import { Autosave, type KeptDraft, type SaveAnswer, type SaveStatus } from '#lib/editor/rules/autosave'

// A lesson, a server and a clock of the test's own: what is written is never lost, and never goes over somebody else's.

const document = (...lines: string[]): LessonDocument => ({
  type: 'doc',
  content: lines.map((line) => ({ type: 'paragraph', content: [{ type: 'text', text: line }] })),
})

const LESSON: LessonState = {
  seen: '1',
  title: 'Moon',
  document: document('It is round.'),
  preview: false,
  completion: 'MARKED',
  completionPercent: 90,
  releaseAt: null,
  releaseAfterId: null,
  videoUrl: null,
  captions: null,
  duration: null,
}

class Server {
  lesson: LessonState = LESSON
  online = true
  refusal: string | null = null
  requests = 0
  atOnce = 0
  most = 0
  /** Requests wait here until the test lets them go. */
  #gate: Promise<void> = Promise.resolve()
  #open: () => void = () => undefined

  hold(): void {
    this.#gate = new Promise((resolve) => (this.#open = resolve))
  }
  release(): void {
    this.#open()
  }
  /** Somebody else saves. */
  change(changes: Partial<LessonState>): void {
    this.lesson = { ...this.lesson, ...changes, seen: String(Number(this.lesson.seen) + 1) }
  }
  async save(request: { seen: string; changes: Partial<LessonState> }): Promise<SaveAnswer> {
    this.requests += 1
    this.atOnce += 1
    this.most = Math.max(this.most, this.atOnce)
    await this.#gate
    this.atOnce -= 1
    if (!this.online) throw new TypeError('Failed to fetch')
    if (this.refusal !== null) return { kind: 'refused', message: this.refusal, fields: {} }
    if (request.seen !== this.lesson.seen) return { kind: 'conflict', theirs: this.lesson }
    this.change(request.changes)
    return { kind: 'saved', seen: this.lesson.seen }
  }
}

let server: Server
let now: number
let plans: { at: number; work: () => void }[]
let kept: KeptDraft | null
let status: SaveStatus
let shown: Draft[]
let canKeep: boolean

function open(lesson: LessonState = LESSON): Autosave {
  return new Autosave(lesson, {
    send: (request) => server.save(request),
    keep: (draft) => {
      if (canKeep) kept = draft
      return canKeep
    },
    now: () => now,
    later: (work, milliseconds) => {
      const plan = { at: now + milliseconds, work }
      plans.push(plan)
      return () => (plans = plans.filter((other) => other !== plan))
    },
    onStatus: (next) => (status = next),
    onDraft: (draft) => shown.push(draft),
  })
}

async function settle(): Promise<void> {
  for (let turn = 0; turn < 20; turn += 1) await Promise.resolve()
}

/** Lets time pass, with all that was planned for it. */
async function pass(milliseconds: number): Promise<void> {
  const end = now + milliseconds
  for (;;) {
    await settle()
    const next = plans.filter((plan) => plan.at <= end).sort((a, b) => a.at - b.at)[0]
    if (next === undefined) break
    plans = plans.filter((plan) => plan !== next)
    now = Math.max(now, next.at)
    next.work()
  }
  now = end
  await settle()
}

beforeEach(() => {
  server = new Server()
  now = 0
  plans = []
  kept = null
  status = { kind: 'saved' }
  shown = []
  canKeep = true
})

const mine = (...lines: string[]): Draft => ({ title: 'Moon', document: document(...lines) })

describe('writing', () => {
  test('is saved after a moment of quiet, once, and forgotten on the device', async () => {
    const saver = open()
    saver.edit(mine('It is r'))
    saver.edit(mine('It is ro'))
    expect(status.kind).toBe('unsaved')
    expect(kept?.document).toEqual(document('It is ro'))
    await pass(1_500)
    expect(server.requests).toBe(1)
    expect(server.lesson.document).toEqual(document('It is ro'))
    expect(status.kind).toBe('saved')
    expect(kept).toBeNull()
  })

  test('without a pause is saved all the same, every few seconds', async () => {
    const saver = open()
    for (let letter = 0; letter < 100; letter += 1) {
      saver.edit(mine(`It is ${'o'.repeat(letter)}`))
      await pass(200)
    }
    expect(server.requests).toBeGreaterThanOrEqual(2)
    expect(server.requests).toBeLessThanOrEqual(4)
  })

  test('during a save waits for its answer: one request at a time', async () => {
    const saver = open()
    server.hold()
    saver.edit(mine('one'))
    await pass(1_500)
    saver.edit(mine('one two'))
    saver.flush()
    await pass(10_000)
    expect(server.requests).toBe(1)
    server.release()
    await pass(2_000)
    expect(server.most).toBe(1)
    expect(server.lesson.document).toEqual(document('one two'))
    expect(status.kind).toBe('saved')
  })

  test('back to what it was saves nothing', async () => {
    const saver = open()
    saver.edit(mine('else'))
    saver.edit(mine('It is round.'))
    await pass(10_000)
    expect(server.requests).toBe(0)
    expect(status.kind).toBe('saved')
    expect(kept).toBeNull()
  })

  test('that the server refuses says why, and stays on the device', async () => {
    server.refusal = 'Too large.'
    const saver = open()
    saver.edit(mine('huge'))
    await pass(2_000)
    expect(status).toEqual({ kind: 'refused', message: 'Too large.' })
    expect(kept?.document).toEqual(document('huge'))
  })
})

describe('without a connection', () => {
  test('it is kept on the device, tried again more and more seldom, and saved when it is back', async () => {
    server.online = false
    const saver = open()
    saver.edit(mine('offline'))
    await pass(60_000)
    expect(status).toEqual({ kind: 'offline', kept: true })
    expect(server.requests).toBeGreaterThan(2)
    expect(server.requests).toBeLessThan(8)
    expect(kept?.document).toEqual(document('offline'))
    server.online = true
    saver.flush()
    await settle()
    expect(server.lesson.document).toEqual(document('offline'))
    expect(kept).toBeNull()
  })

  test('a device that can’t keep it says so', async () => {
    canKeep = false
    server.online = false
    const saver = open()
    saver.edit(mine('offline'))
    await pass(3_000)
    expect(status).toEqual({ kind: 'offline', kept: false })
  })

  test('a reload brings it back and saves it', async () => {
    const saver = open()
    expect(saver.restore({ ...mine('kept'), seen: '1', at: '' })).toBe(true)
    expect(shown).toEqual([mine('kept')])
    await pass(2_000)
    expect(server.lesson.document).toEqual(document('kept'))
  })

  test('a draft whose answer alone got lost is forgotten', () => {
    const saver = open({ ...LESSON, seen: '2', document: document('sent') })
    kept = { ...mine('sent'), seen: '1', at: '' }
    expect(saver.restore(kept)).toBe(false)
    expect(kept).toBeNull()
    expect(shown).toEqual([])
  })

  test('a draft from before somebody else’s change asks its author', () => {
    server.change({ document: document('theirs') })
    const saver = open(server.lesson)
    saver.restore({ ...mine('mine'), seen: '1', at: '' })
    expect(status.kind).toBe('conflict')
    expect(kept?.document).toEqual(document('mine'))
  })
})

describe('two editors', () => {
  async function clash(): Promise<Autosave> {
    const saver = open()
    server.change({ document: document('It is round.', 'They wrote this.') })
    saver.edit(mine('It is round.', 'I wrote this.'))
    await pass(2_000)
    expect(status.kind).toBe('conflict')
    expect(server.lesson.document).toEqual(document('It is round.', 'They wrote this.'))
    expect(kept?.document).toEqual(document('It is round.', 'I wrote this.'))
    return saver
  }

  test('mine goes over theirs only by its author’s word', async () => {
    const saver = await clash()
    await pass(60_000)
    expect(server.requests).toBe(1)
    expect(saver.resolve('mine')).toBe(true)
    await settle()
    expect(server.lesson.document).toEqual(document('It is round.', 'I wrote this.'))
  })

  test('theirs is shown and nothing is sent', async () => {
    const saver = await clash()
    saver.resolve('theirs')
    await pass(10_000)
    expect(shown.at(-1)?.document).toEqual(document('It is round.', 'They wrote this.'))
    expect(server.requests).toBe(1)
    expect(kept).toBeNull()
  })

  test('both are kept: theirs, and behind it what only mine has', async () => {
    const saver = await clash()
    saver.resolve('both')
    await settle()
    expect(server.lesson.document.content).toEqual([
      ...document('It is round.', 'They wrote this.').content,
      { type: 'horizontalRule' },
      ...document('I wrote this.').content,
    ])
    expect(shown.at(-1)?.document).toEqual(server.lesson.document)
  })

  test('what is typed during a conflict is part of mine', async () => {
    const saver = await clash()
    saver.edit(mine('It is round.', 'I wrote this, too.'))
    expect(kept?.document).toEqual(document('It is round.', 'I wrote this, too.'))
    saver.resolve('mine')
    await settle()
    expect(server.lesson.document).toEqual(document('It is round.', 'I wrote this, too.'))
  })

  test('who change different things both have their way', async () => {
    const saver = open()
    server.change({ title: 'The moon', preview: true })
    saver.edit(mine('It is round.', 'More.'))
    await pass(2_000)
    expect(server.lesson).toMatchObject({
      title: 'The moon',
      preview: true,
      document: document('It is round.', 'More.'),
    })
    expect(shown.at(-1)?.title).toBe('The moon')
    expect(status.kind).toBe('saved')
  })
})

describe('a panel', () => {
  test('saves in turn with the text', async () => {
    const saver = open()
    server.hold()
    saver.edit(mine('one'))
    await pass(1_500)
    const saved = saver.savePanel({ preview: true })
    server.release()
    await settle()
    expect(await saved).toEqual({ kind: 'saved' })
    expect(server.most).toBe(1)
    expect(server.lesson).toMatchObject({ preview: true, document: document('one') })
    expect(status.kind).toBe('saved')
  })

  test('goes on where somebody else changed the text alone, and takes theirs up', async () => {
    const saver = open()
    server.change({ document: document('theirs') })
    expect(await saver.savePanel({ preview: true })).toEqual({ kind: 'saved' })
    expect(server.lesson).toMatchObject({ preview: true, document: document('theirs') })
    expect(shown.at(-1)?.document).toEqual(document('theirs'))
  })

  test('shows theirs where somebody else changed the same fields; saving again keeps mine', async () => {
    const saver = open()
    server.change({ completion: 'VIEWED' })
    const outcome = await saver.savePanel({ completion: 'WATCHED' })
    expect(outcome).toMatchObject({ kind: 'conflict', theirs: { completion: 'VIEWED' } })
    expect(server.lesson.completion).toBe('VIEWED')
    expect(await saver.savePanel({ completion: 'WATCHED' })).toEqual({ kind: 'saved' })
    expect(server.lesson.completion).toBe('WATCHED')
  })

  test('waits for the text to be settled first', async () => {
    const saver = open()
    server.change({ document: document('theirs') })
    saver.edit(mine('mine'))
    await pass(2_000)
    expect(await saver.savePanel({ preview: true })).toEqual({ kind: 'blocked' })
    expect(server.lesson.preview).toBe(false)
  })
})
