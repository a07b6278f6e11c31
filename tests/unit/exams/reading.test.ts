import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { AnswerValue, Question } from '#lib/exams/contract'
import { gradeAnswer } from '#lib/exams/rules/grading'
import { readNumber } from '#lib/exams/rules/number'
import { comparable, fitsPattern, patternFault } from '#lib/exams/rules/text'
import { count, numeric, runs, shortText, write } from './questions'

// How what people type is read. What is read wrongly is graded wrongly.

const isRight = (question: Question, answer: AnswerValue) =>
  gradeAnswer(question, answer, { negativePercent: 0, voided: {} }).outcome === 'right'

describe('numbers', () => {
  test.each([
    ['1,5', ['1.5']],
    ['1.5', ['1.5']],
    ['.5', ['0.5']],
    ['5.', ['5']],
    ['+ 4', ['4']],
    ['−3', ['-3']],
    ['–3', ['-3']],
    ['1 000,5', ['1000.5']],
    ['1\u202F000\u00A0000', ['1000000']],
    ['1’000.5', ['1000.5']],
    ['1 234,567', ['1234.567']],
    ['1,234.5', ['1234.5']],
    ['1.234,5', ['1234.5']],
    ['1,234,567', ['1234567']],
    ['1,23,456.7', ['123456.7']],
    ['1,234', ['1.234', '1234']],
    ['1.234', ['1.234', '1234']],
    ['0,234', ['0.234']],
    ['1234,567', ['1234.567']],
    ['2e3', ['2000']],
    ['2E-3', ['0.002']],
    ['2×10^3', ['2000']],
    ['2·10³', ['2000']],
    ['10⁻³', ['0.001']],
    ['-10^2', ['-100']],
    ['٣٫٥', ['3.5']],
    ['３．５', ['3.5']],
  ])('%s', (text, readings) => {
    expect(readNumber(text).map((number) => number.toFixed())).toEqual(readings)
  })

  test.each([
    '',
    '.',
    ',',
    '-',
    'abc',
    '1,23.4',
    '1 00',
    '5-',
    '--3',
    '1.5.2',
    '2×103',
    '1e999',
    '5 km',
    '0x10',
    'NaN',
    'Infinity',
    '1/2',
    '1e',
  ])('%j is none', (text) => {
    expect(readNumber(text)).toEqual([])
  })

  test('is written by one convention and read again, whichever it was', () => {
    const conventions = ['de-DE', 'en-US', 'fr-FR', 'de-CH', 'en-IN', 'es-ES'].map(
      (locale) => new Intl.NumberFormat(locale, { maximumFractionDigits: 6, useGrouping: true }),
    )
    fc.assert(
      fc.property(
        fc.integer({ min: -1e9, max: 1e9 }),
        fc.integer({ min: 0, max: 6 }),
        fc.constantFrom(...conventions),
        (n, places, how) => {
          const value = n / 10 ** places
          expect(readNumber(how.format(value)).map(Number)).toContain(value)
        },
      ),
      runs(200),
    )
  })

  test('whatever is typed is read in no time, as two numbers at most', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom(...Array.from('0123456789.,-+e ×^·10’')), maxLength: 100 }),
        (text) => {
          expect(readNumber(text).length).toBeLessThanOrEqual(2)
        },
      ),
      runs(200),
    )
  })
})

describe('tolerance', () => {
  test('is decimal: 0.1 + 0.2 is within nothing of 0.3', () => {
    const exact: Question = { ...numeric, correct: 0.3, tolerance: { kind: 'absolute', value: 0 } }
    expect(isRight(exact, count('0,3'))).toBe(true)
    expect(isRight(exact, count('0.30000000000000004'))).toBe(false)
  })

  test('includes its ends, absolute and relative', () => {
    expect(['1.4', '1.6'].map((text) => isRight(numeric, count(text)))).toEqual([true, true])
    expect(['1.39999', '1.60001'].map((text) => isRight(numeric, count(text)))).toEqual([false, false])
    const relative: Question = { ...numeric, correct: -200, tolerance: { kind: 'relative', value: 0.05 } }
    expect(['-190', '-210', '-189.99'].map((text) => isRight(relative, count(text)))).toEqual([
      true,
      true,
      false,
    ])
  })

  test('an ambiguous number is right when one of its readings is', () => {
    expect(isRight({ ...numeric, correct: 1234 }, count('1,234'))).toBe(true)
    expect(isRight({ ...numeric, correct: 1.234 }, count('1,234'))).toBe(true)
    expect(isRight({ ...numeric, correct: 12.34 }, count('1,234'))).toBe(false)
  })
})

describe('units', () => {
  const speed: Question = {
    ...numeric,
    correct: 1.5,
    tolerance: { kind: 'absolute', value: 0.001 },
    unit: 'km',
    otherUnits: [
      { unit: 'm', factor: 0.001 },
      { unit: 'µm²', factor: 2 },
    ],
  }

  test('are part of the answer, in their field or behind the number', () => {
    expect(isRight(speed, count('1.5', 'km'))).toBe(true)
    expect(isRight(speed, count('1,5 km'))).toBe(true)
    expect(isRight(speed, count('1500', 'm'))).toBe(true)
    expect(isRight(speed, count('1 500m'))).toBe(true)
    expect(isRight(speed, count('0.75', ' μm2 '))).toBe(true)
  })

  test('that are missing, unknown, or say two things are wrong', () => {
    expect(isRight(speed, count('1.5'))).toBe(false)
    expect(isRight(speed, count('1.5', ' '))).toBe(false)
    expect(isRight(speed, count('1.5', 'miles'))).toBe(false)
    expect(isRight(speed, count('1500', 'KM'))).toBe(false)
    expect(isRight(speed, count('1.5 km', 'm'))).toBe(false)
  })
})

describe('short text', () => {
  const loose = { caseSensitive: false, accentSensitive: false }
  const strict = { caseSensitive: true, accentSensitive: true }

  test.each([
    ['STRASSE', 'straße'],
    ['Ångström', 'angstrom'],
    ['e\u0301te\u0301', 'été'],
    ['don’t', "don't"],
    ['  two \u00A0 words ', 'Two words'],
    ['ΟΔΟΣ', 'οδος'],
  ])('%j is %j when neither case nor accents matter', (one, other) => {
    expect(comparable(one, loose)).toBe(comparable(other, loose))
  })

  test('marks that are a letter’s own are no accents', () => {
    expect(comparable('か', loose)).not.toBe(comparable('が', loose))
    expect(comparable('कि', loose)).not.toBe(comparable('कु', loose))
  })

  test('case and accents count where the question says so, however they are composed', () => {
    expect(comparable('Ete', strict)).not.toBe(comparable('ete', strict))
    expect(comparable('été', strict)).not.toBe(comparable('ete', strict))
    expect(comparable('e\u0301', strict)).toBe(comparable('é', strict))
  })

  test('patterns take the whole of a text, or nothing', () => {
    expect(['latte', 'LATTÉS', 'lattes'].map((text) => isRight(shortText, write(text)))).toEqual([
      true,
      true,
      true,
    ])
    expect(['a latte', 'latte macchiato'].map((text) => isRight(shortText, write(text)))).toEqual([
      false,
      false,
    ])
  })

  test('a pattern that can’t be used tells its author and takes nothing', () => {
    expect(patternFault('caf[eé]s?')).toBeNull()
    for (const source of ['(', '(?=a)a', '(a)\\1', '[z-a]', 'a{2000}'])
      expect(patternFault(source)).toBe('syntax')
    expect(patternFault('((a{0,9}){0,9}){0,9}')).toBe('too-large')
    expect(fitsPattern('(', '(', loose)).toBe(false)
    expect(isRight({ ...shortText, accept: [{ kind: 'regex', value: '(' }] }, write('('))).toBe(false)
  })

  test('no pattern makes grading hang', () => {
    const began = performance.now()
    expect(fitsPattern('(a+)+b', 'a'.repeat(500), strict)).toBe(false)
    expect(fitsPattern('(x+x+)+y', 'x'.repeat(100_000), strict)).toBe(false)
    expect(performance.now() - began).toBeLessThan(5_000)
  })

  test('no pattern throws, whatever it is', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 60 }), fc.string(), (source, text) => {
        expect(typeof fitsPattern(source, text, loose)).toBe('boolean')
      }),
      runs(100),
    )
  })
})
