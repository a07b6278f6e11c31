import { z } from 'zod'
import type { UploadedFile, UploadedPicture, UploadKind } from '#lib/editor/contract'
import { refusalOf, type Refused } from './exchange'

/** Milliseconds between two tries of a part, at first and at most. */
const FIRST_TRY = 1_000
const LONGEST_TRY = 20_000

const uploadState = z.object({
  uploadId: z.string(),
  chunkBytes: z.number(),
  received: z.array(z.number()),
})
const uploadedFile = z.object({ key: z.string(), name: z.string(), bytes: z.number(), url: z.string() })
const uploadedPicture = z.object({
  src: z.string(),
  width: z.number(),
  height: z.number(),
  url: z.string(),
})

export type UploadProgress =
  Readonly<{ kind: 'sending'; percent: number }> | Readonly<{ kind: 'waiting' | 'finishing' }>

export type UploadOutcome<T> =
  Readonly<{ kind: 'done'; file: T }> | Refused | Readonly<{ kind: 'unreachable' }>

type Input = Readonly<{
  lessonId: string
  kind: UploadKind
  file: File
  onProgress: (progress: UploadProgress) => void
  signal: AbortSignal
}>

/** Waits, or until the connection is back. */
function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => {
    const done = (): void => {
      clearTimeout(timer)
      removeEventListener('online', done)
      resolve()
    }
    const timer = setTimeout(done, milliseconds)
    addEventListener('online', done)
  })
}

async function asked<T>(work: () => Promise<Response>, shape: z.ZodType<T>): Promise<UploadOutcome<T>> {
  try {
    const response = await work()
    if (!response.ok) return await refusalOf(response)
    return { kind: 'done', file: shape.parse(await response.json()) }
  } catch {
    return { kind: 'unreachable' }
  }
}

/** Asks again and again while there is no connection; a refusal ends it. */
async function patiently<T>(
  { signal, onProgress }: Input,
  work: () => Promise<Response>,
  shape: z.ZodType<T>,
): Promise<UploadOutcome<T>> {
  for (let wait = FIRST_TRY; !signal.aborted; wait = Math.min(LONGEST_TRY, wait * 2)) {
    const outcome = await asked(work, shape)
    if (outcome.kind !== 'unreachable') return outcome
    onProgress({ kind: 'waiting' })
    await pause(wait)
  }
  return { kind: 'unreachable' }
}

const post = (body: unknown): RequestInit => ({
  method: 'POST',
  headers: { 'Content-Type': 'application/json' },
  body: JSON.stringify(body),
})

/** Under what this device remembers an upload of a file that it began. */
function memoryOf({ lessonId, kind, file }: Input): string {
  return `smartlms:upload:${lessonId}:${kind}:${file.name}:${String(file.size)}:${String(file.lastModified)}`
}

function remembered(key: string): string | null {
  try {
    return localStorage.getItem(key)
  } catch {
    return null
  }
}

function remember(key: string, uploadId: string | null): void {
  try {
    if (uploadId === null) localStorage.removeItem(key)
    else localStorage.setItem(key, uploadId)
  } catch {
    // Then it begins anew after the next reload.
  }
}

/** Goes on with an upload that was begun before the page was loaded anew, or begins one. */
async function begin(input: Input): Promise<UploadOutcome<z.infer<typeof uploadState>>> {
  const { lessonId, kind, file, signal } = input
  const before = remembered(memoryOf(input))
  if (before !== null) {
    const known = await asked(() => fetch(`/api/editor/uploads/${before}`, { signal }), uploadState)
    if (known.kind !== 'refused') return known
  }
  const request = { lessonId, kind, name: file.name, bytes: file.size }
  const begun = await asked(() => fetch('/api/editor/uploads', { ...post(request), signal }), uploadState)
  if (begun.kind === 'done') remember(memoryOf(input), begun.file.uploadId)
  return begun
}

/**
 * Uploads a large file in parts. A part that didn't arrive is sent again, however long the connection was away; what
 * had arrived isn't.
 */
export async function uploadFile(input: Input): Promise<UploadOutcome<UploadedFile>> {
  const { file, onProgress, signal } = input
  const begun = await begin(input)
  if (begun.kind !== 'done') return begun
  const { uploadId, chunkBytes, received } = begun.file
  const address = `/api/editor/uploads/${uploadId}`
  signal.addEventListener('abort', () => {
    remember(memoryOf(input), null)
    void fetch(address, { method: 'DELETE' }).catch(() => undefined)
  })
  for (let offset = 0; offset < file.size; offset += chunkBytes) {
    onProgress({ kind: 'sending', percent: Math.floor((100 * offset) / file.size) })
    if (received.includes(offset)) continue
    const body = file.slice(offset, offset + chunkBytes)
    const part = await patiently(
      input,
      () => fetch(`${address}?offset=${String(offset)}`, { method: 'PUT', body, signal }),
      z.object({ offset: z.number() }),
    )
    if (part.kind !== 'done') return part
  }
  onProgress({ kind: 'finishing' })
  const finished = await patiently(
    input,
    () => fetch(address, { ...post({ name: file.name }), signal }),
    uploadedFile,
  )
  if (finished.kind !== 'unreachable') remember(memoryOf(input), null)
  return finished
}

/** Uploads a picture, in one go. */
export async function uploadPicture(lessonId: string, file: File): Promise<UploadOutcome<UploadedPicture>> {
  return asked(
    () => fetch(`/api/editor/pictures?lessonId=${lessonId}`, { method: 'POST', body: file }),
    uploadedPicture,
  )
}
