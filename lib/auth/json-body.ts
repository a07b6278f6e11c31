import 'server-only'
import type { z } from 'zod'
import { AppError } from '#lib/errors'
import { readLimited } from '#lib/security/read-limited'
import { parseStrictly } from './parse'

/**
 * A request's JSON, parsed strictly.
 * @param limit bytes
 * @throws AppError 'invalid_input', 'payload_too_large'
 */
export async function jsonBody<S extends z.ZodType>(
  request: Request,
  { shape, limit, locale }: Readonly<{ shape: S; limit: number; locale: string }>,
): Promise<z.infer<S>> {
  const text = await readLimited(request, limit)
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch (error) {
    throw new AppError('invalid_input', 'The body is not JSON.', { cause: error })
  }
  return parseStrictly(shape, value, locale)
}
