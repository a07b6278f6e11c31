import 'server-only'
import { AppError } from '#lib/errors'
import { type Cursor, decodeCursor } from '../keyset'

/** The cursor that an address names. @throws AppError 'not_found' for one that isn't ours: that page doesn't exist */
export function cursorFrom(text: string | undefined): Cursor | null {
  if (text === undefined) return null
  const cursor = decodeCursor(text)
  if (cursor === null) throw new AppError('not_found', 'The cursor can’t be read.')
  return cursor
}
