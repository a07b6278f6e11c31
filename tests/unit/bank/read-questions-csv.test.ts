import { describe, expect, test } from 'vitest'
import { CSV_SAMPLE } from '../../../components/bank/samples'
import { readFile } from '#lib/bank/read-file'

// What tables become, and what is said of rows that can't be read.

function read(text: string) {
  return readFile({ tenantId: 'north', locale: 'en', format: 'csv', field: 'file', text })
}

const HEAD = 'type,prompt,options,correct,tolerance\n'
const drops = (rows: string) =>
  read(HEAD + rows).map(({ item, faults }) => (item.draft === null ? item.drop : faults))

test('the sample of the page has one of each kind, and all of it is read', () => {
  const items = read(CSV_SAMPLE)
  expect(items.map(({ kept }) => kept?.question.type)).toEqual([
    ...['single', 'multiple', 'true-false', 'short-text', 'numeric'],
    ...['matching', 'ordering', 'blanks', 'essay', 'file-upload'],
  ])
  expect(items[0]?.item.tags).toEqual(['rivers', 'Africa'])
  expect(items[4]?.kept?.question).toMatchObject({
    ...{ correct: 9.8, tolerance: { kind: 'relative', value: 0.02 }, unit: 'm/s' },
  })
  const blanks = items[7]?.kept?.question
  expect(blanks?.type === 'blanks' ? blanks.blanks.map(({ accept }) => accept) : null).toEqual([
    ['Paris', 'Lutetia'],
    ['Rome'],
  ])
  expect(items[8]?.kept?.question).toMatchObject({ minWords: 100, maxWords: 300, points: 10 })
})

describe('a row', () => {
  test('names the right option by its text before its number', () => {
    const [byText, byNumber] = read(`${HEAD}single,Q,3|2|1,1,\nsingle,Q,x|y,2,\n`).map(({ kept }) => {
      const made = kept?.question
      return made?.type === 'single' ? made.options.find(({ id }) => id === made.correct)?.text : null
    })
    expect([byText, byNumber]).toEqual(['1', 'y'])
  })

  test('that can’t be read says why, and leaves the others', () => {
    expect(
      drops(
        'single,Q,a|b,c,\ntelepathy,Q,,,\nsingle,Q,a|b,a|b,\ntrue-false,Q,,maybe,\nblanks,no gap,,,\nmatching,Q,a|b,,\nsingle,Q,a,a,\nnumeric,Q,,x,\nsingle,,a|b,a,\nsingle,Q,a|b,a,,surplus\nessay,Why,,,\n',
      ),
    ).toEqual([
      ...['correct', 'type', 'several', 'correct', 'blanks', 'answers'],
      ...[['options-few'], ['number-bad'], ['prompt-empty'], 'shifted', []],
    ])
  })

  test('is named by the line it begins on', () => {
    expect(read(`${HEAD}essay,"two\nlines",,,\nessay,one,,,\n`).map(({ item }) => item.line)).toEqual([2, 4])
  })
})

test.each([
  ['', 'empty'],
  ['a,b\n1,2\n', 'no heading'],
  [HEAD, 'only a heading'],
  [`${HEAD}essay,"never closed`, 'an open quote'],
  [HEAD + 'essay,Why,,,\n'.repeat(1_001), 'too many'],
])('a file that is no table of questions is refused as a whole (%#)', (text) => {
  expect(() => read(text)).toThrow(expect.objectContaining({ code: 'invalid_input' }))
})

test('semicolons and tabs stand between cells, too', () => {
  expect(read('type;prompt\nessay;a, b\n')[0]?.kept?.question.prompt).toBe('a, b')
  expect(read('type\tprompt\nessay\ta; b\n')[0]?.kept?.question.prompt).toBe('a; b')
})
