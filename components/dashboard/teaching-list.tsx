import { StatusBadge } from '#components/ui/status-badge'
import type { TeachingCard } from '#lib/account/contract'
import { translator } from '#lib/i18n/translate'

function Item({ locale, card }: { locale: string; card: TeachingCard }) {
  const t = translator(locale, 'today')
  const { courseId, title, published, archived, learners, completed } = card
  return (
    <li className="flex flex-wrap items-center justify-between gap-x-4 gap-y-1 py-3">
      <div className="min-w-0">
        <h3 className="font-reading leading-[1.3] font-semibold wrap-break-word">
          {published ? (
            <a
              href={`/courses/${courseId}`}
              className="inline-flex min-h-11 items-center hover:text-accent-11 sm:min-h-6"
            >
              {title}
            </a>
          ) : (
            title
          )}
        </h3>
        <p className="text-14 text-soft">
          {t('learners', { count: learners })}
          {t('finished', { count: completed })}
        </p>
      </div>
      <StatusBadge tone={published ? 'good' : 'neutral'}>
        {published ? t('published') : archived ? t('archived') : t('draft')}
      </StatusBadge>
    </li>
  )
}

/** The courses that somebody teaches, with how many learn in them. */
export function TeachingList({ locale, cards }: { locale: string; cards: readonly TeachingCard[] }) {
  return (
    <ul className="divide-y divide-line border-y border-line">
      {cards.map((card) => (
        <Item key={card.courseId} locale={locale} card={card} />
      ))}
    </ul>
  )
}
