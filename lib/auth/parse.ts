import 'server-only'
import { z } from 'zod'
import { AppError } from '#lib/errors'
import { translator } from '#lib/i18n/translate'

type Issue = z.core.$ZodRawIssue

function tooSmall(locale: string, { origin, minimum }: Extract<Issue, { code: 'too_small' }>): string {
  const t = translator(locale, 'fields')
  return origin === 'string' ? t('tooShort', { count: Number(minimum) }) : t('tooSmall')
}

function tooBig(locale: string, { origin, maximum }: Extract<Issue, { code: 'too_big' }>): string {
  const t = translator(locale, 'fields')
  return origin === 'string' ? t('tooLong', { count: Number(maximum) }) : t('tooBig')
}

const faultShape = z
  .object({ kind: z.enum(['whole', 'points', 'decimal', 'tags', 'moment']) })
  .catchall(z.number())

/** What a rule of ours found: in a name (`nameFault`), or in another field (`isFault`). */
function ownFaultText(locale: string, { params }: Extract<Issue, { code: 'custom' }>): string {
  const name: unknown = params?.['name']
  if (name === 'link' || name === 'unseen') return translator(locale, 'names')(name)
  const fault = faultShape.safeParse(params?.['fault'])
  const t = translator(locale, 'fields')
  if (!fault.success) return t('format')
  const { kind, ...values } = fault.data
  return t(`faults.${kind}`, values)
}

function isNothing(input: unknown): boolean {
  return input === undefined || input === null || (typeof input === 'string' && input.trim() === '')
}

/** A text that says what to do, for what zod would say in the language of types; undefined leaves it to the schema. */
function textOf(locale: string, issue: Issue): string | undefined {
  const t = translator(locale, 'fields')
  if (issue.code === 'unrecognized_keys') return t('unknown')
  if (isNothing(issue.input)) return t('required')
  switch (issue.code) {
    case 'invalid_type':
      return t('kind')
    case 'too_small':
      return tooSmall(locale, issue)
    case 'too_big':
      return tooBig(locale, issue)
    case 'invalid_format':
      return issue.format === 'email' ? t('email') : t('format')
    case 'invalid_value':
      return t('choice')
    case 'custom':
      return ownFaultText(locale, issue)
    case 'invalid_union':
      // Of several ways to fill a field, the last is the one with something in it.
      return issue.errors.at(-1)?.[0]?.message ?? t('format')
    default:
      return undefined
  }
}

/**
 * Parses what came from outside, strictly.
 * @throws AppError 'invalid_input' naming the keys that are wrong, unknown ones included, in the reader's words
 */
export function parseStrictly<S extends z.ZodType>(shape: S, value: unknown, locale = 'en'): z.infer<S> {
  const result = shape.safeParse(value, { error: (issue) => textOf(locale, issue) })
  if (result.success) return result.data
  const fields = Object.fromEntries(
    result.error.issues.map((issue) => [issue.path.join('.') || 'request', issue.message]),
  )
  throw new AppError('invalid_input', 'The request did not parse.', { fields })
}
