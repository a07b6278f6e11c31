import 'server-only'
import type { z } from 'zod'
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

/** What is wrong with a name (`nameFault`); undefined for refusals of another kind. */
function nameFaultText(locale: string, { params }: Extract<Issue, { code: 'custom' }>): string | undefined {
  const fault: unknown = params?.['name']
  return fault === 'link' || fault === 'unseen' ? translator(locale, 'names')(fault) : undefined
}

/** A text that says what to do, for what zod would say in the language of types; undefined leaves it to the schema. */
function textOf(locale: string, issue: Issue): string | undefined {
  const t = translator(locale, 'fields')
  const { input } = issue
  if (issue.code === 'unrecognized_keys') return t('unknown')
  if (input === undefined || input === null || (typeof input === 'string' && input.trim() === ''))
    return t('required')
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
      return nameFaultText(locale, issue)
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
