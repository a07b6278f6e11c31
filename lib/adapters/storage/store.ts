import 'server-only'
import { AppError } from '#lib/errors'
import { assertKey, contentTypeOf } from './keys'

/** A stored file: its size in bytes, its type by extension, and a reader of any part of it. */
export type StoredObject = Readonly<{
  size: number
  contentType: string
  /** Both ends included. Nothing is opened before the first byte is asked for. */
  read: (start: number, end: number) => ReadableStream<Uint8Array>
}>

export type ListedObject = Readonly<{ key: string; modifiedAt: Date }>

export type Data = Uint8Array | ReadableStream<Uint8Array>

/**
 * Where files lie. Every method throws AppError 'unavailable' when the store can't do its work, and Error for a
 * malformed key.
 */
export type Store = Readonly<{
  /**
   * Stores a file whole or not at all; one that is there under the key is replaced.
   * @throws AppError 'invalid_input' for a file without a byte; Error when the type isn't the key's own
   */
  put: (key: string, data: Data, options: Readonly<{ contentType: string }>) => Promise<void>
  /** @returns null when there is none */
  open: (key: string) => Promise<StoredObject | null>
  /** Removing what isn't there is no error. */
  remove: (key: string) => Promise<void>
  /** What lies in a school's folder, such as `<tenant>/` or `<tenant>/public/`. */
  list: (prefix: string) => AsyncIterable<ListedObject>
}>

/**
 * What every store asks before it writes. The extension decides how a file is served, so a caller that believes
 * something else is at fault.
 */
export function assertPut(key: string, contentType: string): void {
  assertKey(key)
  if (contentTypeOf(key) !== contentType) throw new Error('The content type isn’t the one of the key.')
}

export function emptyFile(): AppError {
  return new AppError('invalid_input', 'A file without a byte.', { fields: { file: 'This file is empty.' } })
}
