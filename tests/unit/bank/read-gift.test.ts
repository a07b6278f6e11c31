import { describe, expect, test } from 'vitest'
import { GIFT_SAMPLE } from '../../../components/bank/samples'
import { readFile } from '#lib/bank/read-file'

// What GIFT files become: the right keys, nothing silently lost, and one broken item spoils no other.

function read(text: string) {
  return readFile({ tenantId: 'north', locale: 'en', format: 'gift', field: 'text', text })
}

function one(text: string) {
  const items = read(text)
  const [first] = items
  if (items.length !== 1 || first === undefined) throw new Error(`${String(items.length)} items`)
  return first
}

function question(text: string) {
  const { kept, faults, item } = one(text)
  if (kept === null) throw new Error(`left out: ${JSON.stringify({ faults, item })}`)
  return kept.question
}

const kinds = (text: string) => one(text).item.changes.map(({ kind }) => kind)
const textsOf = (list: readonly { id: string; text: string }[], ids: readonly string[]) =>
  ids.map((id) => list.find((part) => part.id === id)?.text)

describe('choices', () => {
  test('with one right answer keep it, under ids that say nothing', () => {
    const made = question('Who wrote it? {=Ada ~Bob ~Cem}')
    if (made.type !== 'single') throw new Error(made.type)
    expect(textsOf(made.options, [made.correct])).toEqual(['Ada'])
    expect(made.options.map(({ text }) => text)).toEqual(['Ada', 'Bob', 'Cem'])
    for (const { id } of made.options) expect(id).toMatch(/^[a-z0-9]{18}$/)
    expect(kinds('Who wrote it? {=Ada ~Bob ~Cem}')).toEqual([])
  })

  test('with weights are all those that earn something, in equal parts, and say so', () => {
    const text = 'Which? {~%50%two ~%50%three ~%-100%four}'
    const made = question(text)
    if (made.type !== 'multiple') throw new Error(made.type)
    expect(textsOf(made.options, made.correct)).toEqual(['two', 'three'])
    expect(made.partialCredit).toBe(true)
    expect(kinds(text).toSorted()).toEqual(['negative-lost', 'weights-even'])
  })

  test('with one right answer and one half right lose the half, and say so', () => {
    const text = 'Where from? {~Rome =Nazareth ~%50%Galilee}'
    expect(question(text).type).toBe('single')
    expect(kinds(text)).toEqual(['weights-lost'])
  })

  test('of which none is right are left out', () => {
    expect(one('Which? {~a ~b}').item).toMatchObject({ draft: null, drop: 'weights' })
  })

  test('in the middle of a sentence leave a gap there', () => {
    expect(question('Grant is {~buried =entombed ~living} in a tomb.').prompt).toBe(
      'Grant is _____ in a tomb.',
    )
  })
})

describe('other kinds', () => {
  test('true or false, with both feedbacks in the explanation', () => {
    const text = 'It boils. {FALSE #No. #Yes. ####In general.}'
    expect(question(text)).toMatchObject({
      type: 'true-false',
      correct: false,
      explanation: 'In general.\nNo.\nYes.',
    })
    expect(kinds(text)).toEqual(['feedback'])
  })

  test('short answers, a star as a pattern, and without those worth a part', () => {
    expect(question('Who? {=no one =nobody}')).toMatchObject({
      type: 'short-text',
      caseSensitive: false,
      accept: [
        { kind: 'exact', value: 'no one' },
        { kind: 'exact', value: 'nobody' },
      ],
    })
    expect(question('Who? {=J.*n =%50%him}')).toMatchObject({ accept: [{ kind: 'regex', value: 'J\\..*n' }] })
    expect(kinds('Who? {=J.*n =%50%him}').toSorted()).toEqual(['answers-lost', 'wildcards'])
  })

  test('a missing word becomes a blank', () => {
    const made = question('Two plus {=two =2} equals four.')
    if (made.type !== 'blanks') throw new Error(made.type)
    expect(made.text).toBe(`Two plus {{${made.blanks[0]?.id ?? ''}}} equals four.`)
    expect(made.blanks[0]?.accept).toEqual(['two', '2'])
  })

  test.each([
    ['{#3}', 3, 0],
    ['{#3:2}', 3, 2],
    ['{#1..5}', 3, 2],
    ['{#3.141..3.142}', 3.1415, 0.0005],
    ['{#-0.3..0.1}', -0.1, 0.2],
    ['{#=0.1:0.2 =%50%0.1:5}', 0.1, 0.2],
  ])('the number %s is exactly so', (answer, correct, value) => {
    const made = question(`How many? ${answer}`)
    expect(made).toMatchObject({ type: 'numeric', correct, tolerance: { kind: 'absolute', value } })
  })

  test('pairs, with what fits nothing, and signs that were escaped', () => {
    const made = question('Match. {=cat -> a\\=b =dog -> woof = -> moo}')
    if (made.type !== 'matching') throw new Error(made.type)
    expect(made.right.map(({ text }) => text)).toEqual(['a=b', 'woof', 'moo'])
    expect(
      made.pairs.map(([left, right]) => [...textsOf(made.left, [left]), ...textsOf(made.right, [right])]),
    ).toEqual([
      ['cat', 'a=b'],
      ['dog', 'woof'],
    ])
  })

  test('essays', () => expect(question('Why? {}').type).toBe('essay'))
})

describe('texts', () => {
  test('lose their HTML and keep what only looks like it', () => {
    const made = question('[html]<p>Is <b>5 &lt; 6</b>?</p><script>alert(1)</script><img src="x"> {T}')
    expect(made.prompt).toBe('Is 5 < 6?')
    expect(question('What is List<String>? {T}').prompt).toBe('What is List<String>?')
    expect(question('[plain]What does <b> do? {T}').prompt).toBe('What does <b> do?')
  })

  test('have no signs that a database or a reader stumbles over', () => {
    expect(question('A\u0000B \u202egnp\ud800 {T}').prompt).toBe('AB gnp\ufffd')
  })

  test('need no backslash where a sign can mean nothing else', () => {
    expect(question('::Time:: See https://example.org/?a=1#top: when? {=12:30 ~1:15}')).toMatchObject({
      prompt: 'See https://example.org/?a=1#top: when?',
      options: [{ text: '12:30' }, { text: '1:15' }],
    })
    expect(question('2 + 2 \\= ? {#4:0}').prompt).toBe('2 + 2 = ?')
  })

  test('get tags from comments and categories, each once', () => {
    const [item] = read('$CATEGORY: $course$/top/Maths/Algebra\n\n// [tag:maths] [tag:easy]\nIs it? {T}')
    expect(item?.item.tags).toEqual(['maths', 'easy', 'Algebra'])
    expect(item?.item.line).toBe(4)
  })
})

describe('a broken item', () => {
  test('spoils no other, and is named by its line', () => {
    const items = read('One? {T}\n\nTwo? {=a ~b\n\nThree? {F}\n\nFour? {~%x%a =b}\n\nOnly words.\n\nFive? {}')
    expect(
      items.map(({ item, kept }) => [
        item.line,
        kept?.question.type ?? (item.draft === null ? item.drop : ''),
      ]),
    ).toEqual([
      [1, 'true-false'],
      [3, 'syntax'],
      [5, 'true-false'],
      [7, 'syntax'],
      [9, 'description'],
      [11, 'essay'],
    ])
  })

  test('is none because of a blank line between its braces', () => {
    expect(question('Which? {\n=a\n\n~b\n}\n').type).toBe('single')
    expect(kinds('Which? {\n=a\n\n~b\n}\n')).toEqual(['blank-lines'])
  })

  test.each([
    '{'.repeat(30_000),
    '}'.repeat(30_000),
    '{\n\n'.repeat(20_000),
    'q {=' + '~%'.repeat(19_000),
    'q {' + '=a#'.repeat(12_000) + '}',
    '<!--'.repeat(9_000) + '{T}',
    '<p '.repeat(9_000) + '{T}',
    '\\'.repeat(30_000),
    ':'.repeat(30_000),
    'q {=' + 'a'.repeat(200_000) + '}',
    '// [tag:'.repeat(20_000),
    '$CATEGORY: ' + '/'.repeat(100_000),
  ])('of thousands of signs is answered at once (%#)', (text) => {
    const start = performance.now()
    try {
      for (const { item } of read(text)) expect(item.prompt.length).toBeLessThanOrEqual(600)
    } catch (error) {
      expect(error).toMatchObject({ code: 'invalid_input' })
    }
    expect(performance.now() - start).toBeLessThan(5_000)
  })
})

test('the same item has the same id in its school, another elsewhere, and other ids inside each time', () => {
  const [first, again] = [one('Who? {=a ~b}').kept, one('Who? {=a ~b}').kept]
  expect(first?.id).toBe(again?.id)
  expect(first?.question).not.toEqual(again?.question)
  const [south] = readFile({
    tenantId: 'south',
    locale: 'en',
    format: 'gift',
    field: 'text',
    text: 'Who? {=a ~b}',
  })
  expect(south?.kept?.id).not.toBe(first?.id)
  expect(one('Who? {~a =b}').kept?.id).not.toBe(first?.id)
})

test('more than a thousand items are refused, and so is an empty file', () => {
  expect(() => read('Is it? {T}\n\n'.repeat(1_001))).toThrow(
    expect.objectContaining({ code: 'invalid_input' }),
  )
  expect(() => read('// nothing\n')).toThrow(expect.objectContaining({ code: 'invalid_input' }))
})

test('the sample of the page is read to its last item', () => {
  expect(read(GIFT_SAMPLE).map(({ kept }) => kept?.question.type)).toEqual([
    ...['single', 'multiple', 'true-false', 'blanks', 'numeric', 'matching', 'essay'],
  ])
})
