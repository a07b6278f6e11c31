import 'server-only'
import { AppError } from '#lib/errors'
import { progressReport, type ProgressReport } from './contract'
import { unionOf } from './rules'

/**
 * A report from the text of a request's body. Browsers send it as text/plain when a page closes, so the type that a
 * request claims says nothing; the shape is checked all the same, unknown keys included.
 * @throws AppError 'invalid_input'
 */
export function readReport(text: string): ProgressReport {
  let body: unknown
  try {
    body = JSON.parse(text)
  } catch (cause) {
    throw new AppError('invalid_input', 'A progress report is not JSON.', { cause })
  }
  const result = progressReport.safeParse(body)
  if (!result.success) throw new AppError('invalid_input', 'A progress report has another shape.')
  const ranges = unionOf(result.data.ranges).map(([from, to]): [number, number] => [from, to])
  return { ...result.data, ranges }
}
