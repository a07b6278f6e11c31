import type { LearningCard } from '#lib/account/contract'
import { translator } from '#lib/i18n/translate'

/** How far somebody is in a course. Rounded down: a hundred percent is said only of what is complete. */
export function progressInWords(locale: string, card: LearningCard): string {
  const t = translator(locale, 'today')
  if (card.lessonCount === 0) return t('noLessons')
  if (card.completed) return t('completed')
  if (!card.begun && card.progress === 0) return t('notBegun', { count: card.lessonCount })
  return t('progress', { percent: Math.floor(card.progress), left: card.lessonsLeft })
}
