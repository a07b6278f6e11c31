import { z } from 'zod'
import { isSafeHref } from './links'

/** PostgreSQL stores no NUL, and no other control character but tab and newline means anything in a lesson. */
const CONTROL = /[^\P{Cc}\t\n]/u

/** Text that PostgreSQL can store and a browser can show as it is. */
export function writtenText(min: number, max: number) {
  return z
    .string()
    .min(min)
    .max(max)
    .refine(
      (text) => !CONTROL.test(text) && text.isWellFormed(),
      'holds control characters or half a character',
    )
}

const tex = z.strictObject({ tex: writtenText(1, 5_000) })

const mark = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('bold') }),
  z.strictObject({ type: z.literal('italic') }),
  z.strictObject({ type: z.literal('code') }),
  z.strictObject({ type: z.literal('strike') }),
  z.strictObject({
    type: z.literal('link'),
    attrs: z.strictObject({
      href: z
        .string()
        .min(1)
        .max(2_000)
        .refine(isSafeHref, 'is not an http, https or mailto address, a path or a fragment'),
    }),
  }),
])

const marks = z
  .array(mark)
  .refine((list) => new Set(list.map((entry) => entry.type)).size === list.length, 'names a mark twice')

export const plainTextNode = z.strictObject({ type: z.literal('text'), text: writtenText(1, 100_000) })

export const inlineNode = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('text'), text: writtenText(1, 100_000), marks: marks.optional() }),
  z.strictObject({ type: z.literal('hardBreak') }),
  z.strictObject({ type: z.literal('mathInline'), attrs: tex }),
])

export const mathBlock = z.strictObject({ type: z.literal('mathBlock'), attrs: tex })

export type Mark = z.infer<typeof mark>
export type InlineNode = z.infer<typeof inlineNode>
