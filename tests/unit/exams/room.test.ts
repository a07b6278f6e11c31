import { describe, expect, it } from 'vitest'
import type { AnswerValue } from '#lib/exams/contract'
import type { Clock } from '#lib/exams/contract/taking'
import { same, wordCount } from '../../../components/exam/answers'
import { ServerClock } from '../../../components/exam/clock'
import { fitting, isOwed, journaled, merged, settled, type Slot } from '../../../components/exam/slots'
import { clockText } from '../../../components/exam/words'
import { backoff, failureOf } from '../../../components/exam/wire'

const text = (value: string): AnswerValue => ({ type: 'short-text', text: value })

const slot = (change: Partial<Slot>): Slot => ({
  ...{ value: text('mine'), sequence: 3, acknowledged: 2, fresh: false, refused: 0, offered: null },
  ...change,
})

const kept = (value: string, sequence: number, acknowledged = 0) => ({
  ...{ questionId: 'q', sequence, acknowledged },
  value: text(value),
})

const sent = (value: string, sequence: number) => ({ questionId: 'q', sequence, value: text(value) })

describe('the browser’s copy and the server’s', () => {
  const one = (mine: ReturnType<typeof kept> | null, theirs: ReturnType<typeof sent> | null): Slot =>
    merged(['q'], mine === null ? [] : [mine], theirs === null ? [] : [theirs])['q'] ?? slot({})

  it('become the browser’s where it is the later one, and it is owed to the server', () => {
    const now = one(kept('mine', 5, 3), sent('theirs', 3))
    expect(now).toMatchObject({ value: text('mine'), sequence: 5, offered: null })
    expect(isOwed(now)).toBe(true)
  })

  it('become the browser’s where the server has none', () => {
    expect(isOwed(one(kept('mine', 1), null))).toBe(true)
  })

  it('become the server’s where it is the later one, and what never arrived is offered', () => {
    expect(one(kept('mine', 2), sent('theirs', 3))).toMatchObject({
      ...{ value: text('theirs'), sequence: 3, acknowledged: 3, offered: text('mine') },
    })
  })

  it('become the server’s without a word where the browser’s had arrived once', () => {
    expect(one(kept('mine', 2, 2), sent('theirs', 3)).offered).toBeNull()
  })

  it('become the server’s with equal sequences, and the browser’s is offered if it says something else', () => {
    expect(one(kept('mine', 3), sent('theirs', 3))).toMatchObject({
      value: text('theirs'),
      offered: text('mine'),
    })
    expect(one(kept('same', 3), sent('same', 3))).toMatchObject({ value: text('same'), offered: null })
  })

  it('are nothing where neither has anything, and nothing is owed', () => {
    expect(isOwed(one(null, null))).toBe(false)
  })
})

describe('what the server says of an answer', () => {
  const stored = (value: string, sequence: number) => ({ sequence, value: text(value) })

  it('counts as arrived only for the sequence that was sent', () => {
    const now = settled(slot({ sequence: 4 }), 3, {
      questionId: 'q',
      outcome: 'saved',
      stored: stored('mine', 3),
    })
    expect(now.acknowledged).toBe(3)
    expect(isOwed(now)).toBe(true)
  })

  it('replaces what is shown by the later answer from elsewhere, and offers what was here', () => {
    const now = settled(slot({}), 3, { questionId: 'q', outcome: 'superseded', stored: stored('theirs', 7) })
    expect(now).toMatchObject({ value: text('theirs'), sequence: 7, acknowledged: 7, offered: text('mine') })
    expect(isOwed(now)).toBe(false)
  })

  it('does not take away what is being typed: that is the later change, and goes above the other', () => {
    const now = settled(slot({ fresh: true }), 3, {
      ...{ questionId: 'q', outcome: 'superseded', stored: stored('theirs', 7) },
    })
    expect(now).toMatchObject({ value: text('mine'), sequence: 7, fresh: true, offered: text('theirs') })
  })

  it('leaves an answer that came too late as one that did not arrive', () => {
    const now = settled(slot({}), 3, { questionId: 'q', outcome: 'closed', stored: stored('before', 2) })
    expect(isOwed(now)).toBe(true)
    expect(now.value).toEqual(text('mine'))
  })

  it('is not asked again for an answer that it will never take', () => {
    expect(settled(slot({}), 3, { questionId: 'q', outcome: 'unknown', stored: null }).refused).toBe(3)
  })
})

describe('the time', () => {
  const clock = (now: number, deadline: number): Clock => ({
    now: new Date(now).toISOString(),
    startedAt: new Date(0).toISOString(),
    deadlineAt: new Date(deadline).toISOString(),
  })

  it('runs on the monotonic clock from the server’s word', () => {
    let local = 5_000
    const watch = new ServerClock(clock(100_000, 160_000), 4_900, 5_100, () => local)
    expect(watch.left).toBe(60_000)
    local = 35_000
    expect(watch.left).toBe(30_000)
    local = 70_000
    expect(watch.left).toBe(-5_000)
  })

  it('keeps the more exact of two readings, but believes one that contradicts it: the machine slept', () => {
    let local = 0
    const watch = new ServerClock(clock(100_000, 900_000), -10, 10, () => local)
    local = 1_000
    // A slow answer that fits what is known changes nothing.
    watch.take(clock(100_700, 900_000), 0, 1_000)
    expect(watch.now).toBe(101_000)
    // Ten minutes passed that this page did not see.
    local = 2_000
    watch.take(clock(701_900, 900_000), 1_900, 2_000)
    expect(Math.abs(watch.now - 701_950)).toBeLessThanOrEqual(50)
  })

  it('follows a deadline that was moved while the exam ran', () => {
    const watch = new ServerClock(clock(0, 60_000), 0, 0, () => 0)
    watch.take(clock(0, 120_000), 0, 0)
    expect(watch.left).toBe(120_000)
  })

  it('is shown in full seconds that are still left, and never below zero', () => {
    expect([clockText(60_000), clockText(59_001), clockText(3_725_000), clockText(-5)]).toEqual([
      ...['01:00', '01:00', '1:02:05', '00:00'],
    ])
  })
})

describe('small things that grades hang on', () => {
  it('two answers are the same whatever the order of their keys', () => {
    expect(same({ a: 1, b: [1, 2] }, { b: [1, 2], a: 1 })).toBe(true)
    expect(same({ a: 1 }, { a: 1, b: undefined })).toBe(false)
    expect(same([1, 2], [2, 1])).toBe(false)
  })

  it('words are counted as a person would', () => {
    expect(wordCount('  It isn’t well-known — 3.5 km,\nreally. ')).toBe(6)
    expect(wordCount('')).toBe(0)
  })

  it('only what may succeed later is tried again by itself', () => {
    expect([0, 429, 500, 503].map((status) => failureOf(status, null, null).kind)).toEqual(
      Array.from({ length: 4 }, () => 'later'),
    )
    expect(failureOf(401, null, null).kind).toBe('signed-out')
    expect(failureOf(422, { error: { message: 'No', reason: 'size' } }, null)).toMatchObject({
      ...{ kind: 'refused', message: 'No', reason: 'size' },
    })
  })

  it('tries come further and further apart, never beyond half a minute, and as late as the server asks', () => {
    for (let tries = 0; tries < 20; tries += 1) {
      const delay = backoff(tries)
      expect(delay).toBeGreaterThanOrEqual(Math.min(30_000, 1_000 * 2 ** Math.min(tries, 6)) / 2)
      expect(delay).toBeLessThanOrEqual(30_000)
    }
    expect(backoff(0, 9_000)).toBeGreaterThanOrEqual(9_000)
  })
})

describe('an answer that the journal has written', () => {
  it('is ahead of the server’s, and done with unless somebody typed on', () => {
    const value = text('mine')
    const before = slot({ value, sequence: 3, acknowledged: 3, fresh: true })
    expect(journaled(before, value, 4)).toMatchObject({ sequence: 4, fresh: false })
    expect(journaled({ ...before, value: text('more') }, value, 4)).toMatchObject({
      sequence: 4,
      fresh: true,
    })
  })

  it('is written again, above what another device has done meanwhile, instead of never being sent', () => {
    const value = text('mine')
    // Sequence 6 was superseded by 10 while the journal was still writing 7.
    const told = settled(slot({ value, sequence: 6, acknowledged: 5, fresh: true }), 6, {
      ...{ questionId: 'q', outcome: 'superseded', stored: { sequence: 10, value: text('theirs') } },
    })
    const late = journaled(told, value, 7)
    expect(late).toMatchObject({ value, sequence: 10, fresh: true })
    expect(isOwed(late)).toBe(true)
    expect(journaled(late, value, 11)).toMatchObject({ sequence: 11, acknowledged: 10, fresh: false })
  })
})

describe('a request', () => {
  const answers = Array.from({ length: 150 }, (_, place) => ({
    ...sent('ü'.repeat(100), 1),
    questionId: `q${String(place)}`,
  }))

  it('holds so many answers, and so many bytes of them, from the first on', () => {
    expect(fitting(answers, 1_000_000, 100)).toHaveLength(100)
    const few = fitting(answers, 1_000, 100)
    expect(few).toEqual(answers.slice(0, few.length))
    expect(Buffer.byteLength(JSON.stringify(few))).toBeLessThanOrEqual(1_001)
    expect(few.length).toBeGreaterThan(1)
  })

  it('holds at least one', () => {
    expect(fitting(answers, 10, 100)).toEqual(answers.slice(0, 1))
    expect(fitting([], 10, 100)).toEqual([])
  })
})
