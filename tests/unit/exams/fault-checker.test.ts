import { describe, expect, test } from 'vitest'
import { faultsOf, type Final, type Journal, type Told } from '#tests/support/exam-faults/checker'

// The judge of the fault runs: it has to find every kind of fault, or their silence would mean nothing.

const DEADLINE = 100_000
const right = (id: string) => id === 'q0'

const told: Told = {
  ...{ questionId: 'q0', sequence: 2, outcome: 'saved', held: 2 },
  ...{ sentAt: 1_000, answeredAt: 1_020 },
}
const sent = { questionId: 'q0', sequence: 2, value: true, sentAt: 1_000 }
const journal: Journal = {
  ...{ userId: 'ann', attemptIds: ['a', 'a'], deadlineAt: DEADLINE, sent: [sent], told: [told] },
  firstHandIn: 5_000,
  handedIn: [
    { sentAt: 5_000, answeredAt: 5_050, submittedAt: 5_020, already: false },
    { sentAt: 6_000, answeredAt: 6_050, submittedAt: 5_020, already: true },
  ],
}
const kept = { questionId: 'q0', sequence: 2, value: true, savedAt: 1_010 }
const final: Final = {
  ...{ id: 'a', userId: 'ann', startedAt: 0, deadlineAt: DEADLINE, submittedAt: 5_020, endedBy: 'LEARNER' },
  ...{ score: 1, maxScore: 2, counts: true, rows: [kept], frozen: [kept], marks: ['q0', 'q1'] },
  ...{ starts: 1, submits: 1 },
}
const silent = { firstHandIn: null, handedIn: [] }
const byDeadline = { endedBy: 'DEADLINE', submittedAt: DEADLINE }

const check = (j: Partial<Journal>, f: Partial<Final>) =>
  faultsOf([{ ...journal, ...j }], [{ ...final, ...f }], right)

test('finds nothing where nothing is wrong', () => {
  expect(check({}, {})).toEqual([])
  expect(check(silent, byDeadline)).toEqual([])
  // Told too late for it to be known, repeated after the end, and refused after it.
  const late = [
    { ...told, sentAt: 200_000, answeredAt: 200_010 },
    { ...told, sequence: 3, outcome: 'closed' as const, sentAt: 103_010, answeredAt: 103_020 },
  ]
  expect(check({ ...silent, told: late }, byDeadline)).toEqual([])
})

describe('finds', () => {
  const broken: [string, string, Partial<Journal>, Partial<Final>][] = [
    ['an acknowledged answer that is gone', 'lost', {}, { rows: [], frozen: [], score: 0 }],
    [
      'one that fell back',
      'lost',
      {},
      { rows: [{ ...kept, sequence: 1 }], frozen: [{ ...kept, sequence: 1 }] },
    ],
    ['one that was saved and not frozen', 'lost', { told: [] }, { frozen: [], score: 0 }],
    ['another value than was sent', 'wrong', {}, { frozen: [{ ...kept, value: false }], score: 0 }],
    ['two rows for one question', 'doubled', {}, { rows: [kept, kept] }],
    ['two marks for one question', 'doubled', {}, { marks: ['q0', 'q0'] }],
    ['an attempt that is gone', 'lost', {}, { userId: 'bob' }],
    ['another attempt than was told', 'wrong', {}, { id: 'b' }],
    ['points that the answers don’t earn', 'wrong', {}, { score: 2 }],
    ['an attempt that was never ended', 'deadline', silent, { submittedAt: null, endedBy: null }],
    ['an end after the deadline', 'deadline', {}, { submittedAt: DEADLINE + 1 }],
    ['an end by the deadline before it', 'deadline', silent, { endedBy: 'DEADLINE' }],
    ['a hand-in that nobody made', 'deadline', silent, {}],
    ['a hand-in in time that is called late', 'deadline', {}, { endedBy: 'DEADLINE' }],
    ['a hand-in that was told another end', 'wrong', {}, { submittedAt: 5_021 }],
    ['two starts', 'doubled', {}, { starts: 2 }],
    ['two hand-ins', 'doubled', {}, { submits: 2 }],
    [
      'an answer that was taken too late',
      'deadline',
      { ...silent, sent: [{ ...sent, sentAt: 103_010 }] },
      byDeadline,
    ],
    [
      'an answer that was stored too late',
      'deadline',
      silent,
      { ...byDeadline, rows: [{ ...kept, savedAt: 103_010 }] },
    ],
    [
      'an answer that was refused too early',
      'deadline',
      { ...silent, told: [{ ...told, outcome: 'closed', answeredAt: 102_000 }] },
      byDeadline,
    ],
    [
      'a newer answer that was called superseded',
      'wrong',
      { told: [{ ...told, outcome: 'superseded', held: 1 }] },
      {},
    ],
    ['a question that was called unknown', 'wrong', { told: [{ ...told, outcome: 'unknown' }] }, {}],
    ['another deadline than was told', 'deadline', { deadlineAt: DEADLINE + 60_000 }, {}],
  ]
  test.each(broken)('%s', (_name, kind, j, f) => {
    expect(check(j, f).some((fault) => fault.startsWith(kind))).toBe(true)
  })

  test('two attempts of one person', () => {
    expect(faultsOf([journal], [final, { ...final, id: 'b' }], right).join()).toContain('several attempts')
  })
})
