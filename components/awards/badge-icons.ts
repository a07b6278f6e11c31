import type { IconName } from '#components/ui/icon'
import type { BadgeType } from '#lib/awards/contract'

/** Each badge by the picture of what it is for. */
export const BADGE_ICONS = {
  FIRST_LESSON: 'flag',
  COURSE_COMPLETE: 'award',
  WEEK_STREAK: 'flame',
  MONTH_STREAK: 'calendar',
  PERFECT_SCORE: 'star',
  EARLY_BIRD: 'sunrise',
  DEDICATED_LEARNER: 'book-open',
} as const satisfies Record<BadgeType, IconName>
