import { z } from 'zod'
import { PART_BYTES } from './part-bytes'

/** A part of a file. `upload`: the browser's own, 32 hex digits; `offset` and `size` (of the whole file): bytes. */
export type Part = Readonly<{ upload: string; offset: number; size: number }>

/** `part` of a request's query: `<upload>-<offset>-<size>`. The last part is answered with the file. */
export const partText = z
  .string()
  .regex(/^[0-9a-f]{32}-\d{1,12}-\d{1,12}$/)
  .transform((text): Part => {
    const [upload = '', offset = '', size = ''] = text.split('-')
    return { upload, offset: Number(offset), size: Number(size) }
  })
  .refine(({ offset, size }) => offset < size && offset % PART_BYTES === 0)
