import { z } from 'zod'
import { checkDocument, type LessonDocument } from '#lib/content/document'
import { COMPLETION_RULES, type LessonChanges, type LessonState } from '#lib/editor/contract'
import type { SaveAnswer } from '#lib/editor/rules/autosave'

/** How the editor talks to the server. */

const document = z.unknown().transform((value, context): LessonDocument => {
  try {
    return checkDocument(value)
  } catch {
    context.addIssue('is no lesson document')
    return z.NEVER
  }
})

const state = z.object({
  seen: z.string(),
  title: z.string(),
  document,
  preview: z.boolean(),
  completion: z.enum(COMPLETION_RULES),
  completionPercent: z.number(),
  releaseAt: z.string().nullable(),
  releaseAfterId: z.string().nullable(),
  videoUrl: z.string().nullable(),
  captions: z.string().nullable(),
  duration: z.number().nullable(),
}) satisfies z.ZodType<LessonState>

const refusal = z.object({
  error: z.object({
    code: z.string(),
    message: z.string(),
    fields: z.record(z.string(), z.string()).default({}),
  }),
})

/** A refusal that trying again won't change, with the server's own words. */
export type Refused = Readonly<{
  kind: 'refused'
  message: string
  fields: Readonly<Record<string, string>>
}>

/** What a refused request says; 'unreachable' for one that may well be taken in a moment. */
export async function refusalOf(response: Response): Promise<Refused | Readonly<{ kind: 'unreachable' }>> {
  const body = refusal.safeParse(await response.json().catch(() => null))
  if (response.status >= 500 || response.status === 429 || !body.success) return { kind: 'unreachable' }
  const { message, fields } = body.data.error
  return { kind: 'refused', message, fields }
}

/** Sends a save. `last`: the page is going, and the request has to outlive it. Rejects where there is no connection. */
export async function sendLesson(
  lessonId: string,
  request: Readonly<{ seen: string; changes: LessonChanges }>,
  last: boolean,
): Promise<SaveAnswer> {
  const response = await fetch(`/api/editor/lessons/${lessonId}`, {
    method: 'PUT',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(request),
    keepalive: last,
  })
  if (response.ok) {
    const { seen } = z.object({ seen: z.string() }).parse(await response.json())
    return { kind: 'saved', seen }
  }
  const conflict =
    response.status === 409 ? z.object({ conflict: state }).safeParse(await response.clone().json()) : null
  if (conflict?.success === true) return { kind: 'conflict', theirs: conflict.data.conflict }
  return refusalOf(response)
}

const kept = z.object({ title: z.string(), document, seen: z.string(), at: z.string() })

/** The draft that this device kept; null when there is none that can be read. */
export function readKept(key: string): z.infer<typeof kept> | null {
  try {
    const text = localStorage.getItem(key)
    return text === null ? null : (kept.safeParse(JSON.parse(text)).data ?? null)
  } catch {
    return null
  }
}

/** Keeps a draft on this device, or forgets it. @returns false where the device can't */
export function writeKept(key: string, draft: Readonly<Record<string, unknown>> | null): boolean {
  try {
    if (draft === null) localStorage.removeItem(key)
    else localStorage.setItem(key, JSON.stringify(draft))
    return true
  } catch {
    return false
  }
}
