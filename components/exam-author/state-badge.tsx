import type { IconName } from '#components/ui/icon'
import { StatusBadge, type Tone } from '#components/ui/status-badge'
import type { ExamState } from '#lib/exams/rules/publish'
import { translator } from '#lib/i18n/translate'

const LOOKS = {
  draft: { tone: 'neutral', icon: 'pencil' },
  planned: { tone: 'info', icon: 'clock' },
  open: { tone: 'good', icon: 'check-circle' },
  closed: { tone: 'neutral', icon: 'lock' },
} as const satisfies Record<ExamState, { tone: Tone; icon: IconName }>

/** What an exam is to its learners now, in a word. */
export function StateBadge({ locale, state }: { locale: string; state: ExamState }) {
  const { tone, icon } = LOOKS[state]
  return (
    <StatusBadge tone={tone} icon={icon}>
      {translator(locale, 'examAuthor.states')(state)}
    </StatusBadge>
  )
}
