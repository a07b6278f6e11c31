import { z } from 'zod'
import type { Content, Stored } from '#lib/exams/rules/drafting-content'
import type { Held, Kept, SaveAnswer } from '#lib/exams/rules/drafting-saver'

/** How the editor of an exam talks to the server and to its device. */

type Refused = Readonly<{
  ok: false
  code: string
  message: string
  fields: Readonly<Record<string, string>>
}>
type Answer<T> = Promise<Readonly<{ ok: true; value: T | Readonly<{ redirectTo: string }> }> | Refused>

export type ExamActions = Readonly<{
  save: (previous: unknown, form: FormData) => Answer<Readonly<{ seen: string }>>
  read: (previous: unknown, form: FormData) => Answer<Held>
}>

function formOf(fields: Readonly<Record<string, string>>): FormData {
  const form = new FormData()
  for (const [name, value] of Object.entries(fields)) form.set(name, value)
  return form
}

const TRANSIENT = new Set(['unexpected', 'unavailable', 'rate_limited', 'timeout'])

/** Sends what can be stored. Rejects where there is no connection. */
export async function sendExam(
  actions: ExamActions,
  which: Readonly<{ courseId: string; examId: string }>,
  { seen, stored }: Readonly<{ seen: string; stored: Stored }>,
): Promise<SaveAnswer> {
  const answer = await actions.save(null, formOf({ ...which, seen, content: JSON.stringify(stored) }))
  if (answer.ok)
    return 'seen' in answer.value ? { kind: 'saved', seen: answer.value.seen } : { kind: 'unreachable' }
  if (answer.code === 'conflict') {
    const now = await actions.read(null, formOf(which))
    return now.ok && 'questions' in now.value
      ? { kind: 'conflict', theirs: now.value }
      : { kind: 'unreachable' }
  }
  if (TRANSIENT.has(answer.code)) return { kind: 'unreachable' }
  return { kind: 'refused', message: Object.values(answer.fields)[0] ?? answer.message }
}

const part = z.object({ id: z.string(), text: z.string() })
const common = {
  id: z.string(),
  prompt: z.string(),
  points: z.string(),
  explanation: z.string(),
  bankId: z
    .string()
    .optional()
    .transform((id) => id),
}
const credit = z
  .boolean()
  .optional()
  .transform((value) => value)
const draft = z.discriminatedUnion('type', [
  z.object({ ...common, type: z.literal('single'), options: z.array(part), correct: z.string().nullable() }),
  z.object({
    ...{ ...common, type: z.literal('multiple'), options: z.array(part), correct: z.array(z.string()) },
    partialCredit: z.boolean(),
  }),
  z.object({ ...common, type: z.literal('true-false'), correct: z.boolean().nullable() }),
  z.object({
    ...{ ...common, type: z.literal('short-text'), caseSensitive: z.boolean(), accentSensitive: z.boolean() },
    accept: z.array(z.object({ kind: z.enum(['exact', 'regex']), value: z.string() })),
  }),
  z.object({
    ...{
      ...common,
      type: z.literal('numeric'),
      correct: z.string(),
      tolerance: z.string(),
      unit: z.string(),
    },
    toleranceKind: z.enum(['absolute', 'relative']),
    otherUnits: z.array(z.object({ unit: z.string(), factor: z.string() })),
  }),
  z.object({
    ...{ ...common, type: z.literal('matching'), left: z.array(part), right: z.array(part) },
    pairs: z.array(z.tuple([z.string(), z.string()])),
    partialCredit: credit,
  }),
  z.object({ ...common, type: z.literal('ordering'), items: z.array(part), partialCredit: credit }),
  z.object({
    ...{ ...common, type: z.literal('blanks'), text: z.string(), partialCredit: credit },
    blanks: z.array(
      z.object({
        ...{ id: z.string(), accept: z.array(z.string()), caseSensitive: z.boolean() },
        accentSensitive: credit,
      }),
    ),
  }),
  z.object({ ...common, type: z.literal('essay'), minWords: z.string(), maxWords: z.string() }),
  z.object({ ...common, type: z.literal('file-upload'), accept: z.string(), maxMegabytes: z.string() }),
])

const content = z.object({
  title: z.string(),
  questions: z.array(draft),
  pools: z.array(
    z.object({ id: z.string(), title: z.string(), draw: z.string(), questionIds: z.array(z.string()) }),
  ),
})

/** Kept by this very editor; what another release kept in another shape is left where it is. */
const kept = z.object({ content, base: z.custom<Held>((value) => isHeld(value)), at: z.string() })

function isHeld(value: unknown): boolean {
  return (
    typeof value === 'object' && value !== null && 'seen' in value && 'questions' in value && 'pools' in value
  )
}

/** The work that this device kept; null when there is none that can be read. */
export function readKept(key: string): Kept | null {
  try {
    const text = localStorage.getItem(key)
    const read = text === null ? null : kept.safeParse(JSON.parse(text))
    return read?.success === true ? { ...read.data, content: read.data.content satisfies Content } : null
  } catch {
    return null
  }
}

/** Keeps work on this device, or forgets it. @returns false where the device can't */
export function writeKept(key: string, work: Kept | null): boolean {
  try {
    if (work === null) localStorage.removeItem(key)
    else localStorage.setItem(key, JSON.stringify(work))
    return true
  } catch {
    return false
  }
}
