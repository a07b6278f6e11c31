import { StatusBadge } from '#components/ui/status-badge'
import { translator } from '#lib/i18n/translate'
import type { Status } from '#lib/teach/contract'

const TONES = { DRAFT: 'neutral', PUBLISHED: 'good', ARCHIVED: 'warn' } as const

/** The state of a course in a word. */
export function CourseStatus({ locale, status }: { locale: string; status: Status }) {
  return <StatusBadge tone={TONES[status]}>{translator(locale, 'teach')(`statuses.${status}`)}</StatusBadge>
}
