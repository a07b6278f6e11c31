import 'server-only'
import { AppError } from '#lib/errors'
import { instantOf } from '#lib/exams/rules/zoned'
import { translator } from '#lib/i18n/translate'

/**
 * The moment that a form's `dueDate` means, by the clocks of a zone: of an hour that comes twice the second, unless the
 * text wasn't touched. Then it is the stored moment.
 * @param input.text `YYYY-MM-DDTHH:mm` @param input.timeZone IANA
 * @param input.stored what the form began with
 * @throws AppError 'invalid_input' naming `dueDate` for a time that the clocks skip, or a day that isn't in the calendar
 */
export function dueDateOf(
  input: Readonly<{
    text: string
    timeZone: string
    locale: string
    stored: Readonly<{ dueDate: Date | null; dueAt: string | null }> | null
  }>,
): Date {
  const { text, timeZone, locale, stored } = input
  if (stored !== null && stored.dueDate !== null && stored.dueAt === text) return stored.dueDate
  const read = instantOf(text, timeZone, 'closing')
  if (read !== null && read.happens !== 'never') return read.at
  throw new AppError('invalid_input', 'A due date that doesn’t exist.', {
    fields: { dueDate: translator(locale, 'assignmentAuthor.faults')('noTime') },
  })
}
