import { CourseCover } from '#components/catalog/course-cover'
import { Icon } from '#components/ui/icon'
import { LinkButton } from '#components/ui/link-button'
import { ProgressBar } from '#components/ui/progress-bar'
import type { LearningCard } from '#lib/account/contract'
import { durationInWords } from '#lib/i18n/duration'
import { translator } from '#lib/i18n/translate'
import { progressInWords } from './progress-words'

/** The lesson to go on with: the page's one main action. */
export function ContinueCard({ locale, card }: { locale: string; card: LearningCard }) {
  const t = translator(locale, 'today')
  const { next } = card
  if (next === null) return null
  const fresh = !card.begun
  return (
    <section
      aria-labelledby="continue"
      className="grid gap-5 rounded-md border border-line bg-surface p-4 sm:grid-cols-[minmax(0,2fr)_minmax(0,3fr)] sm:items-center sm:gap-8 sm:p-6"
    >
      <CourseCover courseId={card.courseId} coverUrl={card.coverUrl} eager />
      <div className="min-w-0">
        <h2 id="continue" className="text-14 font-semibold text-accent-11">
          {fresh ? t('begin') : t('continue')}
        </h2>
        <p className="mt-1 font-reading text-22 font-medium wrap-break-word">
          <a href={`/courses/${card.courseId}`} className="hover:text-accent-11">
            {card.title}
          </a>
        </p>
        <p className="mt-3 flex flex-wrap items-center gap-x-3 gap-y-2 text-14 text-soft">
          {fresh ? null : <ProgressBar value={card.progress} max={100} />}
          {progressInWords(locale, card)}
        </p>
        <div className="mt-5 flex flex-wrap items-center gap-x-5 gap-y-3">
          <LinkButton href={`/learn/${card.courseId}/${next.id}`}>
            {fresh ? t('start') : t('goOn')}
            <Icon name="arrow" size={18} />
          </LinkButton>
          <p className="min-w-0 text-14">
            <span className="block text-soft">{fresh ? t('firstLesson') : t('nextLesson')}</span>
            <span className="font-medium wrap-break-word">{next.title}</span>
            {next.durationSeconds === null ? null : (
              <span className="text-soft"> · {durationInWords(locale, next.durationSeconds)}</span>
            )}
          </p>
        </div>
      </div>
    </section>
  )
}
