import { describe, expect, test } from 'vitest'
import { type Question, questionSchema } from '#lib/exams/contract'
import { copyOf, type Draft, newDraft, QUESTION_TYPES, randomId, toDraft } from '#lib/exams/rules/drafting'
import {
  numbered,
  withBlankAt,
  withNumbered,
  withoutBlank,
  withWrittenBlanks,
} from '#lib/exams/rules/drafting-blanks'
import { type Content, contentOf, normalised, type Stored, storable } from '#lib/exams/rules/drafting-content'
import { finish, typedNumber } from '#lib/exams/rules/drafting-finish'
import { blocksOf, intoPool, moveBlock, removeDraft, restoreDraft } from '#lib/exams/rules/drafting-steps'
import { worthOf } from '#lib/exams/rules/drafting-points'

// Questions while they are written: what is typed is never changed, and what is stored is always whole.

const common = (id: string) => ({
  version: 1 as const,
  id,
  prompt: `Question ${id}`,
  points: 2.5,
  explanation: 'Why',
})
const part = (id: string) => ({ id, text: `Text ${id}` })

const ALL: Question[] = [
  { ...common('a'), type: 'single', options: [part('o1'), part('o2')], correct: 'o2' },
  {
    ...common('b'),
    type: 'multiple',
    options: [part('o1'), part('o2')],
    correct: ['o1'],
    partialCredit: false,
  },
  { ...common('c'), type: 'true-false', correct: false },
  {
    ...{ ...common('d'), type: 'short-text', caseSensitive: true, accentSensitive: false },
    accept: [{ kind: 'regex', value: 'colou?r' }],
  },
  {
    ...{
      ...common('e'),
      type: 'numeric',
      correct: 9.81,
      tolerance: { kind: 'relative', value: 0.07 },
      unit: 'm',
    },
    otherUnits: [{ unit: 'km', factor: 1000 }],
  },
  {
    ...{
      ...common('f'),
      type: 'matching',
      left: [part('l1'), part('l2')],
      right: [part('r3'), part('r2'), part('r1')],
    },
    pairs: [
      ['l1', 'r1'],
      ['l2', 'r2'],
    ],
    partialCredit: true,
  },
  {
    ...common('g'),
    type: 'ordering',
    items: [part('i1'), part('i2'), part('i3')],
    correct: ['i1', 'i2', 'i3'],
  },
  {
    ...{ ...common('h'), type: 'blanks', text: 'In {{x1}} lies {{x2}}.' },
    blanks: [
      { id: 'x1', accept: ['France'], caseSensitive: false },
      { id: 'x2', accept: ['Paris', 'paris'], caseSensitive: true, accentSensitive: false },
    ],
  },
  { ...common('i'), type: 'essay', minWords: null, maxWords: 300 },
  { ...common('j'), type: 'file-upload', accept: ['pdf', 'docx'], maxBytes: 1_572_864 },
]

const STORED: Stored = { title: 'Exam', questions: ALL, pools: [] }

function draftOf(id: string): Draft {
  const question = ALL.find((one) => one.id === id)
  if (question === undefined) throw new Error(`There is no question ${id}.`)
  return toDraft(question)
}

describe('a question', () => {
  test.each(ALL.map((question) => [question.type, question] as const))(
    'of kind %s comes back from its form as it was',
    (_type, question) => {
      expect(questionSchema.parse(question)).toEqual(question)
      expect(finish(toDraft(question))).toEqual({ ok: true, question })
    },
  )

  test.each(QUESTION_TYPES)(
    'of kind %s that was just made says what is missing instead of being stored',
    (type) => {
      const result = finish(newDraft(type))
      expect(result.ok).toBe(false)
      expect(result.ok ? [] : result.faults.map(({ rule }) => rule)).toContain('prompt-empty')
    },
  )

  test('has ids that say neither what they name nor when it was made', () => {
    const ids = Array.from({ length: 200 }, () => randomId())
    expect(new Set(ids).size).toBe(200)
    expect(ids.every((id) => /^[a-z0-9]{18}$/.test(id))).toBe(true)
    expect(ids.toSorted()).not.toEqual(ids)
  })

  test.each(ALL.map((question) => [question.type, question] as const))(
    'of kind %s is copied under ids of its own, with the same key',
    (_type, question) => {
      const copy = finish(copyOf(toDraft(question)))
      if (!copy.ok) throw new Error('The copy is not whole.')
      const text = JSON.stringify(copy.question)
      expect(copy.question.id).not.toBe(question.id)
      for (const id of ['o1', 'o2', 'l1', 'r1', 'i1', 'x1']) expect(text).not.toContain(`"${id}"`)
      if (copy.question.type === 'single' && question.type === 'single') {
        const { options, correct } = copy.question
        expect(options.find(({ id }) => id === correct)?.text).toBe('Text o2')
      }
    },
  )

  test('leaves out empty lines, and takes a right mark on one as unfinished', () => {
    const draft = newDraft('single')
    if (draft.type !== 'single') throw new Error('Not a choice.')
    const options = draft.options.map((option, index) => ({
      ...option,
      text: index < 2 ? `Option ${String(index)}` : '',
    }))
    const written = { ...draft, prompt: 'Which?', options }
    const second = finish({ ...written, correct: options[1]?.id ?? null })
    expect(second.ok && second.question.type === 'single' && second.question.options.length).toBe(2)
    const empty = finish({ ...written, correct: options[3]?.id ?? null })
    expect(empty.ok ? [] : empty.faults.map(({ rule }) => rule)).toEqual(['option-empty'])
  })

  test('with a side that is written twice offers it once and accepts it for both', () => {
    const draft = draftOf('f')
    if (draft.type !== 'matching') throw new Error('Not a matching.')
    const right = draft.right.map((one) => (one.id === 'r2' ? { ...one, text: 'text R1 ' } : one))
    const result = finish({ ...draft, right })
    if (!result.ok || result.question.type !== 'matching') throw new Error('Not whole.')
    expect(result.question.right.map(({ id }) => id)).toEqual(['r3', 'r2'])
    expect(result.question.pairs).toEqual([
      ['l1', 'r2'],
      ['l2', 'r2'],
    ])
  })

  test.each([
    ['1,5', 1.5],
    [' 2 ', 2],
    ['-3e2', -300],
    ['−4', -4],
    ['', null],
    ['1.2.3', null],
    ['12 kg', null],
    ['Infinity', null],
  ])('reads the number %j as %j', (text, value) => expect(typedNumber(text)).toBe(value))
})

describe('blanks', () => {
  const draft = draftOf('h')
  if (draft.type !== 'blanks') throw new Error('Not a text with blanks.')

  test('are shown by number and keep their ids while the text around them changes', () => {
    expect(numbered(draft)).toBe('In {{1}} lies {{2}}.')
    expect(withNumbered(draft, 'There is {{2}} in {{1}}!').text).toBe('There is {{x2}} in {{x1}}!')
  })

  test('are made of words in braces, and numbered as they stand', () => {
    const typed = withWrittenBlanks(withNumbered(draft, 'The {{Seine}}: in {{1}} lies {{2}}.'), () => 'new')
    expect(numbered(typed)).toBe('The {{1}}: in {{2}} lies {{3}}.')
    expect(typed.blanks.map(({ id }) => id)).toEqual(['new', 'x1', 'x2'])
    expect(typed.blanks[0]?.accept).toEqual(['Seine'])
  })

  test('are made of what is selected, and give their word back when they go', () => {
    const made = withBlankAt(draft, { start: 8, end: 13 })
    expect(numbered(made)).toBe('In {{1}} {{2}} {{3}}.')
    const gone = withoutBlank(made, made.blanks[1]?.id ?? '')
    expect(numbered(gone)).toBe('In {{1}} lies {{2}}.')
  })
})

describe('what is stored', () => {
  const content = contentOf(STORED)
  const change = (id: string, prompt: string): Content => ({
    ...content,
    questions: content.questions.map((draft) => (draft.id === id ? { ...draft, prompt } : draft)),
  })

  test('isn’t changed by looking at it', () => expect(normalised(STORED)).toEqual(STORED))

  test('keeps a question that is unfinished now as it was, and leaves out one that never was whole', () => {
    expect(storable(change('c', ''), STORED).questions).toEqual(ALL)
    const more = { ...content, questions: [...content.questions, newDraft('essay')] }
    expect(storable(more, STORED).questions).toEqual(ALL)
  })

  test('names in pools only what is there', () => {
    const pools = [{ id: 'p', title: 'Pool', draw: '1', questionIds: ['a', 'gone'] }]
    expect(storable({ ...content, pools }, STORED).pools).toEqual([
      { id: 'p', title: 'Pool', draw: 1, questionIds: ['a'] },
    ])
  })
})

describe('a pool', () => {
  const content: Content = {
    ...contentOf(STORED),
    pools: [{ id: 'p', title: 'Pool', draw: '2', questionIds: [] }],
  }
  const ids = (one: Content): string => one.questions.map(({ id }) => id).join('')
  const pooled = ['b', 'd', 'f'].reduce<Content>((one, id) => intoPool(one, id, 'p'), content)

  test('holds its questions together, moves as one, and its questions move inside of it', () => {
    expect(ids(pooled)).toBe('abdfceghij')
    expect(blocksOf(pooled).map(({ id }) => id)).toEqual(['a', 'p', 'c', 'e', 'g', 'h', 'i', 'j'])
    expect(ids(moveBlock(pooled, 'p', 1))).toBe('acbdfeghij')
    expect(ids(moveBlock(pooled, 'd', -1))).toBe('adbfceghij')
    expect(ids(moveBlock(pooled, 'b', -1))).toBe('abdfceghij')
  })

  test('gets a deleted question back where it was', () => {
    const back = restoreDraft(removeDraft(pooled, 'd'), pooled, 'd')
    expect(ids(back)).toBe('abdfceghij')
    expect(back.pools[0]?.questionIds.toSorted()).toEqual(['b', 'd', 'f'])
  })

  test('counts with what an attempt draws of it', () => {
    const pools = [{ draw: 2, questionIds: ['b', 'd', 'f'] }]
    expect(worthOf(ALL, pools)).toEqual({ questions: 9, points: '22.5' })
    expect(
      worthOf(
        [
          { id: 'a', points: 0.1 },
          { id: 'b', points: 0.2 },
        ],
        [],
      ),
    ).toEqual({ questions: 2, points: '0.3' })
  })
})
