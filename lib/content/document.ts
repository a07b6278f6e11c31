import { z } from 'zod'
import { blockNode } from './blocks'
import { exceededBound, MAX_BYTES } from './bounds'

/**
 * The version this contract writes into `Lesson.contentVersion`. A change that an older reader
 * would misread raises it and brings a converter; one that only adds a node does not.
 */
export const CONTENT_VERSION = 1

const documentNode = z.strictObject({ type: z.literal('doc'), content: z.array(blockNode).min(1) })

/** What a lesson says: the editor's document (ProseMirror JSON, nodes named as Tiptap names them). */
export type LessonDocument = z.infer<typeof documentNode>

/** Parses an unchecked value. The bounds come first: the recursive parser behind them may then recurse safely. */
const lessonDocument = z
  .unknown()
  .superRefine((value, context) => {
    const bound = exceededBound(value)
    if (bound !== null) context.addIssue({ code: 'custom', message: `The document is too large: ${bound}.` })
  })
  .pipe(documentNode)

/** Thrown when a text is not a lesson document. `message` names the place and what is wrong there. */
export class InvalidDocumentError extends Error {
  override readonly name = 'InvalidDocumentError'
}

function readJson(text: string): unknown {
  const bytes = new TextEncoder().encode(text).length
  if (bytes > MAX_BYTES)
    throw new InvalidDocumentError(`The document has ${bytes} bytes; at most ${MAX_BYTES} are stored.`)
  try {
    return JSON.parse(text)
  } catch {
    throw new InvalidDocumentError('The document is not JSON.')
  }
}

/**
 * Checks a value that may be a document, as `parseDocument` does; the bytes of its text are the caller's to count.
 * Throws InvalidDocumentError.
 */
export function checkDocument(value: unknown): LessonDocument {
  const result = lessonDocument.safeParse(value)
  if (result.success) return result.data
  const issue = result.error.issues[0]
  const place = issue === undefined || issue.path.length === 0 ? 'document' : issue.path.join('.')
  throw new InvalidDocumentError(`Not a lesson document: ${place}: ${issue?.message ?? 'invalid'}`)
}

/**
 * Reads `Lesson.content`. Gives a document every part of which is known and safe to render.
 * Throws InvalidDocumentError for anything else: other nodes, marks or attributes, script
 * addresses, pictures without a description, more than the bounds of bounds.ts.
 */
export function parseDocument(text: string): LessonDocument {
  return checkDocument(readJson(text))
}
