import type { IconName } from '#components/ui/icon'
import type { QuestionType } from '#lib/exams/rules/drafting'

/** What a kind of question is found by beside its name. */
export const TYPE_ICONS: Readonly<Record<QuestionType, IconName>> = {
  single: 'check-circle',
  multiple: 'exam',
  'true-false': 'check',
  'short-text': 'quote',
  numeric: 'gauge',
  matching: 'arrow',
  ordering: 'list-ordered',
  blanks: 'minus',
  essay: 'reading',
  'file-upload': 'upload',
}
