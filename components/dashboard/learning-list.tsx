import { CourseCover } from '#components/catalog/course-cover'
import { Icon } from '#components/ui/icon'
import { ProgressBar } from '#components/ui/progress-bar'
import type { LearningCard } from '#lib/account/contract'
import { translator } from '#lib/i18n/translate'
import { progressInWords } from './progress-words'

function Item({ locale, card }: { locale: string; card: LearningCard }) {
  const t = translator(locale, 'today')
  const { courseId, next, completed } = card
  return (
    <li className="group relative flex items-center gap-4 py-3">
      <div className="w-24 shrink-0 sm:w-32">
        <CourseCover courseId={courseId} coverUrl={card.coverUrl} />
      </div>
      <div className="min-w-0 grow">
        <h3 className="font-reading leading-[1.3] font-semibold wrap-break-word">
          <a
            href={next === null ? `/courses/${courseId}` : `/learn/${courseId}/${next.id}`}
            className="group-hover:text-accent-11 after:absolute after:inset-0 after:rounded-md focus-visible:outline-none focus-visible:after:outline-2 focus-visible:after:outline-accent-8"
          >
            {card.title}
          </a>
        </h3>
        <p className="mt-1 flex flex-wrap items-center gap-x-3 gap-y-1 text-14 text-soft">
          {completed ? (
            <Icon name="check-circle" size={16} className="text-good" />
          ) : card.begun ? (
            <ProgressBar value={card.progress} max={100} />
          ) : null}
          {progressInWords(locale, card)}
        </p>
        {next === null || completed ? null : (
          <p className="mt-1 truncate text-14">{t('next', { title: next.title })}</p>
        )}
      </div>
      <Icon name="chevron" size={18} className="text-soft max-sm:hidden" />
    </li>
  )
}

/** Courses one after another, each leading to the lesson that is next in it. */
export function LearningList({ locale, cards }: { locale: string; cards: readonly LearningCard[] }) {
  return (
    <ul className="divide-y divide-line border-y border-line">
      {cards.map((card) => (
        <Item key={card.courseId} locale={locale} card={card} />
      ))}
    </ul>
  )
}
