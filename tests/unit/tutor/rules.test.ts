import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { passageIds, passagesOf } from '#lib/content/passages'
import { settingsForm } from '#lib/tutor/contract'
import { namedIn, readAnswer } from '#lib/tutor/rules/answer'
import { closedBy, type ExamNow } from '#lib/tutor/rules/exams'
import { type AskedOne, groupsOf, LEAST_PEOPLE, withoutPerson } from '#lib/tutor/rules/grouping'
import { quoted } from '#lib/tutor/rules/prompt'
import { codeOf, excerptOf, quotationsOf } from '#lib/tutor/rules/quoting'
import { answers, rank, saysSomething, termsOf } from '#lib/tutor/rules/ranking'
import { anyDocument } from '../content/arbitrary'

const NOW = new Date('2026-05-01T12:00:00Z')
const hours = (n: number): Date => new Date(NOW.getTime() + n * 3_600_000)

function exam(start: number | null, end: number | null, more: Partial<ExamNow> = {}): ExamNow {
  return {
    ...{ title: 'Final', accommodations: [], used: 0, running: false },
    window: {
      startDate: start === null ? null : hours(start),
      endDate: end === null ? null : hours(end),
      ...{ duration: 30, attempts: 1 },
    },
    ...more,
  }
}

const closed = (exams: readonly ExamNow[], openExams = false) => closedBy(exams, NOW, { openExams })

describe('an exam closes the tutor', () => {
  test('while it is written, whatever its window', () => {
    for (const one of [exam(null, null), exam(-2, -1), exam(1, 2)])
      expect(closed([{ ...one, running: true }])).toEqual({ title: 'Final', until: null })
  })

  test('while it may be begun, and not before, after, or once every attempt is used', () => {
    expect(closed([exam(-1, 1)])).toEqual({ title: 'Final', until: hours(1) })
    expect(closed([exam(null, 1)])).toEqual({ title: 'Final', until: hours(1) })
    for (const one of [exam(1, 2), exam(-2, -1), exam(-2, 0), exam(-1, 1, { used: 1 })])
      expect(closed([one])).toBeNull()
    const one = exam(-1, 1)
    expect(closed([{ ...one, used: 7, window: { ...one.window, attempts: null } }])).not.toBeNull()
  })

  test('by the dates and attempts of this person', () => {
    const own = { extraTimePercent: 0, extraAttempts: 1, startDate: hours(-1), endDate: hours(9) }
    expect(closed([exam(1, 2, { accommodations: [own] })])?.until).toEqual(hours(9))
    expect(closed([exam(-3, -2, { accommodations: [own], used: 1 })])?.until).toEqual(hours(9))
    expect(closed([exam(-3, -2, { accommodations: [own], used: 2 })])).toBeNull()
  })

  test('that never closes: only while it is written, unless the teacher wants it otherwise', () => {
    expect(closed([exam(-1, null)])).toBeNull()
    expect(closed([exam(null, null)])).toBeNull()
    expect(closed([exam(-1, null)], true)).toEqual({ title: 'Final', until: null })
    expect(closed([exam(-1, null, { used: 1 })], true)).toBeNull()
  })
})

const one = (n: number, more: Partial<AskedOne> = {}): AskedOne => ({
  ...{ text: `Question ${String(n)}`, userId: `u${String(n)}`, askerName: `Zo\u00eb Person${String(n)}` },
  ...{ kind: 'about', lessonId: 'l', lessonTitle: 'Lesson', heading: 'Part' },
  ...more,
})

describe('what is asked', () => {
  test('is grouped by place, the most asked first, with words only from so many people on', () => {
    const asked = [one(1), one(2), one(3, { kind: 'nothing', lessonId: null }), one(1, { text: 'Again' })]
    const few = groupsOf(asked, LEAST_PEOPLE - 1)
    expect(few.map(({ kind, count, people, words, more }) => [kind, count, people, words, more])).toEqual([
      ['about', 3, null, [], 0],
      ['nothing', 1, null, [], 0],
    ])
    const many = groupsOf(asked, LEAST_PEOPLE)
    expect(many[0]?.words).toEqual(['Question 1', 'Question 2', 'Again'])
    const crowd = groupsOf(
      Array.from({ length: 9 }, (_, n) => one(n)),
      9,
    )
    expect(crowd[0]).toMatchObject({ count: 9, people: 9, more: 5 })
  })

  test('is shown without its asker’s name, addresses and long numbers', () => {
    expect(
      withoutPerson('I am Ada Nwosu-Li, ada@x.test, +49 170 1234567. Adaptation in 2026?', 'Ada Nwosu-Li'),
    ).toBe('I am … …-…, … +…. Adaptation in 2026?')
    expect(withoutPerson('What (is) [this]?', 'A. (x) [y] \\')).toBe('What (is) [this]?')
  })
})

describe('a passage', () => {
  test('has an anchor that is a block’s of the page, and its own in the lesson', () => {
    fc.assert(
      fc.property(anyDocument(fc.stringMatching(/^[a-z ]{1,40}$/u)), (document) => {
        const passages = passagesOf(document)
        const ids = [...passageIds(document).values()]
        expect(new Set(ids).size).toBe(ids.length)
        for (const { anchor, text } of passages) {
          expect(ids).toContain(anchor)
          expect(text).not.toBe('')
        }
        expect(new Set(passages.map(({ anchor }) => anchor)).size).toBe(passages.length)
      }),
    )
  })

  test('keeps its anchor when something else of the lesson changes', () => {
    const paragraph = (text: string) => ({
      type: 'paragraph' as const,
      content: [{ type: 'text' as const, text }],
    })
    const long = 'A sentence that is long enough to stand for itself. '.repeat(6)
    const before = passagesOf({ type: 'doc', content: [paragraph(long), paragraph(`${long}!`)] })
    const after = passagesOf({
      type: 'doc',
      content: [paragraph('New.'), paragraph(long), paragraph(`${long}!`)],
    })
    expect(after.map(({ anchor }) => anchor)).toContain(before[1]?.anchor)
  })

  test('is quoted from the sentence that holds most of what was asked, and names no other passage', () => {
    const filler = 'This sentence says nothing of it at all, and goes on for a while. '.repeat(6)
    const terms = termsOf(['mitochondria', 'sugar'])
    const excerpt = excerptOf(`${filler}Mitochondria burn sugar [7].`, terms, { mitochondria: 1, sugar: 1 })
    expect(excerpt).toBe('… Mitochondria burn sugar (7).')
    expect(quotationsOf('Look:', [{ n: 2, text: excerpt, code: false }])).toBe(
      'Look:\n\n> … Mitochondria burn sugar (7). [2]',
    )
  })

  test('keeps its lines, and code stays code that names no passage', () => {
    const known = (n: number): boolean => n < 10
    const lines = 'Three things:\nlight\nwater\nair'
    const text = quotationsOf('Look:', [
      { n: 1, text: excerptOf(lines, [], {}), code: false },
      { n: 2, text: codeOf('select a[7]\n```\nfrom t', 14), code: true },
    ])
    expect(readAnswer(text, known).slice(1)).toEqual([
      {
        kind: 'quote',
        runs: [
          { kind: 'text', text: `${lines} ` },
          { kind: 'citation', n: 1 },
        ],
      },
      { kind: 'code', text: "select a[7]\n'''\nfrom t" },
      { kind: 'paragraph', runs: [{ kind: 'citation', n: 2 }] },
    ])
    expect(namedIn(text)).toEqual([1, 2])
    expect(codeOf('a\nb\nc', 2)).toBe('a\nb\n…')
    const long = Array.from({ length: 30 }, (_, n) => `Line ${String(n)} of a long list without an end`).join(
      '\n',
    )
    expect(excerptOf(long, [], {}).split('\n').length).toBeGreaterThan(5)
  })
})

describe('ranking', () => {
  const text = (hits: Record<string, number>, titleHits: Record<string, number> = {}) => ({
    hits,
    titleHits,
    length: 100,
  })

  test('puts rare words before common ones, titles before texts, and synonyms behind the word itself', () => {
    const texts = [
      text({ plant: 1 }),
      text({ plant: 1, stoma: 1 }),
      text({ plant: 1 }, { stoma: 1 }),
      text({ plant: 3 }),
    ]
    expect(
      rank(termsOf(['plant', 'stoma']), texts)
        .map(({ index }) => index)
        .slice(0, 2),
    ).toEqual([2, 1])
    const same = [text({ mean: 1 }), text({ averag: 1 })]
    expect(rank(termsOf(['averag']), same).map(({ index }) => index)).toEqual([1, 0])
  })

  test('knows when nothing answers', () => {
    const texts = [text({ time: 1 }), text({}), text({ time: 2 })]
    expect(answers(rank(termsOf(['cinema', 'open', 'tomorrow', 'time']), texts))).toBe(false)
    expect(answers(rank(termsOf(['time']), texts))).toBe(true)
    expect(answers([])).toBe(false)
    expect(saysSomething(termsOf(['explain']).flatMap(({ stems }) => stems.slice(0, 1)))).toBe(false)
  })
})

/** Signs of delimiters, what looks like them, what isn’t seen, and words. */
const SIGN = fc.constantFrom(
  '<',
  '>',
  '"',
  '&',
  '/',
  'lt;',
  'passage',
  '\n',
  '\0',
  '\u202e',
  '\u200b',
  '\uff1c',
  '\ud800',
)

describe('a prompt', () => {
  test('holds nothing of anybody’s text that could end a delimiter', () => {
    fc.assert(
      fc.property(fc.string({ unit: SIGN, maxLength: 30 }), (text) => {
        expect(quoted(text)).not.toMatch(/[<>"]/u)
      }),
    )
  })
})

describe('the settings', () => {
  const form = (topics: string) =>
    settingsForm.safeParse({ courseId: 'c', base: '{}', manner: 'hints', topics })

  test('take one topic a line, each once, and no more than there is room for', () => {
    expect(form(' One\n\nTwo  words \nOne').data?.topics).toEqual(['One', 'Two words'])
    expect(form('').data?.topics).toEqual([])
    expect(form(Array.from({ length: 21 }, (_, n) => `t${String(n)}`).join('\n')).success).toBe(false)
    expect(form('x'.repeat(81)).success).toBe(false)
  })
})
