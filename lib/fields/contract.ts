import { z } from 'zod'

/** What a field's text isn't. `parseStrictly` says it in the reader's words, from `fields.faults`. */
export type FieldFault =
  | Readonly<{ kind: 'whole'; least: number; most: number }>
  | Readonly<{ kind: 'points' }>
  | Readonly<{ kind: 'decimal'; most: number; places: number }>
  | Readonly<{ kind: 'tags'; count: number; length: number }>
  | Readonly<{ kind: 'moment' }>

/** For `refine`: the fault that it finds. */
export const isFault = (fault: FieldFault) => ({ params: { fault } })

/** A whole number as it is typed. */
export function wholeText(least: number, most: number) {
  return z
    .string()
    .trim()
    .refine(
      (text) => /^\d{1,9}$/.test(text) && Number(text) >= least && Number(text) <= most,
      isFault({ kind: 'whole', least, most }),
    )
}

const MOMENT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}$/

/** A day and a time as a browser's field gives them, by some clock: `2027-03-01T09:30`. */
export const momentText = z.string().refine((text) => MOMENT.test(text), isFault({ kind: 'moment' }))

/** The same field left empty, too. */
export const orNothing = <T extends z.ZodType<string, string>>(shape: T) => z.union([z.literal(''), shape])
