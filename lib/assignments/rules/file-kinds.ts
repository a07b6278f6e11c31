import { looksLike } from '#lib/editor/rules/file-types'

/** Which files may be handed in, and how their first bytes look. What a browser says of a file's type counts nothing. */

const startsWith = (head: Uint8Array, bytes: readonly number[], from = 0): boolean =>
  bytes.every((byte, index) => head[from + index] === byte)

const RIFF = [0x52, 0x49, 0x46, 0x46]
const WEBP = [0x57, 0x45, 0x42, 0x50]

const PICTURES: Readonly<Record<string, (head: Uint8Array) => boolean>> = {
  png: (head) => startsWith(head, [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
  jpg: (head) => startsWith(head, [0xff, 0xd8, 0xff]),
  jpeg: (head) => startsWith(head, [0xff, 0xd8, 0xff]),
  gif: (head) => startsWith(head, [0x47, 0x49, 0x46, 0x38]),
  webp: (head) => startsWith(head, RIFF) && startsWith(head, WEBP, 8),
}

const DOCUMENTS = ['pdf', 'docx', 'odt', 'xlsx', 'ods', 'pptx', 'odp', 'txt', 'md', 'csv', 'zip']

/** Endings in small letters, without their dots. */
export const WORK_ENDINGS: readonly string[] = [...DOCUMENTS, ...Object.keys(PICTURES)]

/** Whether a file begins as its ending promises. `head`: its first part, the whole of a small file. */
export function looksLikeWork(ending: string, head: Uint8Array): boolean {
  const picture = Object.hasOwn(PICTURES, ending) ? PICTURES[ending] : undefined
  if (picture !== undefined) return picture(head)
  return DOCUMENTS.includes(ending) && looksLike(ending === 'md' ? 'txt' : ending, head)
}
