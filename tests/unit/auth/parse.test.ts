import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { parseStrictly } from '#lib/auth/parse'
import { AppError } from '#lib/errors'
import { isFault, momentText, orNothing, wholeText } from '#lib/fields/contract'

/** What is said about each field. */
function said(shape: z.ZodType, value: unknown): Readonly<Record<string, string>> {
  try {
    parseStrictly(shape, value)
    return {}
  } catch (error) {
    if (error instanceof AppError) return error.fields
    throw error
  }
}

describe('what a form says about a field', () => {
  const shape = z.strictObject({ minutes: wholeText(1, 90), tries: orNothing(wholeText(1, 100)) })

  it('names the numbers that may be', () => {
    for (const minutes of ['0', '91', '-3', '1.5', 'many', '1e1'])
      expect(said(shape, { minutes, tries: '' })).toEqual({
        minutes: 'Write a whole number from 1 to 90.',
      })
    expect(said(shape, { minutes: ' 90 ', tries: '' })).toEqual({})
  })

  it('says the same of a field that may be left empty', () => {
    expect(said(shape, { minutes: '5', tries: '0' })).toEqual({
      tries: 'Write a whole number from 1 to 100.',
    })
    expect(said(shape, { minutes: '', tries: '1' })).toEqual({ minutes: 'Fill this in.' })
  })

  it('asks for a day and a time', () => {
    const when = z.strictObject({ when: orNothing(momentText) })
    expect(said(when, { when: '2027-03-01' })).toEqual({ when: 'Give a day and a time.' })
    expect(said(when, { when: '2027-03-01T09:30' })).toEqual({})
  })

  it('is never in the language of types', () => {
    const own = z.strictObject({
      points: z.string().refine(() => false, isFault({ kind: 'points' })),
      bare: z.string().refine(() => false),
      either: z.union([z.literal('a'), z.literal('b')]),
      tags: z.string().refine(() => false, isFault({ kind: 'tags', count: 20, length: 40 })),
    })
    expect(said(own, { points: 'x', bare: 'x', either: 'c', tags: 'x', more: '1' })).toEqual({
      points: 'Write a number such as 2 or 2.5.',
      bare: 'This isn’t written as it should be.',
      either: 'Choose one of the options.',
      tags: 'Use at most 20 tags, each of at most 40 letters.',
      request: 'Something was sent that isn’t part of this form. Load the page again.',
    })
  })
})
