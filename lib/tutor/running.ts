import 'server-only'

/** The answers that this process is giving, so that their reader can stop them. */
const running = new Map<string, AbortController>()

const nameOf = (tenantId: string, questionId: string): string => `${tenantId}/${questionId}`

/** @returns ends with `work`; aborted when the reader stops the answer */
export async function stoppable<T>(
  { tenantId, questionId }: Readonly<{ tenantId: string; questionId: string }>,
  work: (stopped: AbortSignal) => Promise<T>,
): Promise<T> {
  const name = nameOf(tenantId, questionId)
  const stopping = new AbortController()
  running.set(name, stopping)
  try {
    return await work(stopping.signal)
  } finally {
    running.delete(name)
  }
}

/** Ends an answer, if this process is giving it. */
export function stopRunning(tenantId: string, questionId: string): void {
  running.get(nameOf(tenantId, questionId))?.abort()
}
