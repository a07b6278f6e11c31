import { Icon } from '#components/ui/icon'
import { LinkButton } from '#components/ui/link-button'
import type { LessonLock, SchoolBrand } from '#lib/catalog/contract'
import { translator } from '#lib/i18n/translate'
import { lockInWords } from './lock-words'

/** In place of a lesson that isn't open yet: why, and when it opens. */
export function LockedLesson({
  brand,
  courseId,
  courseHref,
  lock,
}: {
  brand: SchoolBrand
  courseId: string
  courseHref: string
  lock: LessonLock
}) {
  const t = translator(brand.locale, 'learn.lesson')
  return (
    <div className="mt-8 flex flex-col items-start gap-4 rounded-md border border-line p-6">
      <Icon name="lock" size={24} className="text-soft" />
      <h2 className="font-reading text-22 font-medium">{t('lockedTitle')}</h2>
      <p className="max-w-column">{lockInWords(brand, lock)}</p>
      <div className="flex flex-wrap gap-3">
        {lock.afterId === null ? null : (
          <LinkButton href={`/learn/${courseId}/${lock.afterId}`}>
            <span className="wrap-anywhere">{t('lockedTo', { title: lock.after ?? '' })}</span>
          </LinkButton>
        )}
        <LinkButton href={courseHref} look="quiet">
          {t('lockedBack')}
        </LinkButton>
      </div>
    </div>
  )
}
