/** `newer`: another page has saved since, so that this one may not any more. */
export type Kept = Readonly<{ ok: true; seen: string }> | Readonly<{ ok: false; newer: boolean }>

/** Bytes that a browser sends on after its page has gone. */
const OUTLIVES = 60_000

const CONFLICT = 409

const textOf = (value: FormDataEntryValue | null): string => (typeof value === 'string' ? value : '')

/** Keeps what stands in the form of somebody's work. Never rejects. */
export async function keepDraft(form: FormData, seen: string): Promise<Kept> {
  const body = JSON.stringify({
    ...{ assignmentId: textOf(form.get('assignmentId')), seen },
    ...{ content: textOf(form.get('content')), link: textOf(form.get('link')) },
    files: form.getAll('files').map(textOf),
  })
  try {
    const response = await fetch('/api/assignments/draft', {
      ...{ method: 'PUT', headers: { 'Content-Type': 'application/json' }, body },
      keepalive: body.length < OUTLIVES / 3,
    })
    const answer: unknown = await response.json()
    if (!response.ok) return { ok: false, newer: response.status === CONFLICT }
    if (typeof answer !== 'object' || answer === null || !('seen' in answer))
      return { ok: false, newer: false }
    return { ok: true, seen: String(answer.seen) }
  } catch {
    return { ok: false, newer: false }
  }
}
