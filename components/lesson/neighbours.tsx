import { Icon } from '#components/ui/icon'
import type { LessonNeighbour } from '#lib/catalog/contract'
import { translator } from '#lib/i18n/translate'

type Props = {
  locale: string
  courseId: string
  previous: LessonNeighbour | null
  next: LessonNeighbour | null
}

/** The turn of the page: back and on, each with the title of what lies there. */
export function Neighbours({ locale, courseId, previous, next }: Props) {
  const t = translator(locale, 'lesson')
  if (previous === null && next === null) return null
  const cell =
    'group flex min-h-11 flex-col gap-1 rounded-md border border-line p-4 hover:border-accent-8 hover:bg-accent-2'
  return (
    <nav
      aria-label={t('neighbours')}
      className="mt-16 grid grid-cols-1 gap-4 font-sans sm:grid-cols-2"
      data-chrome
    >
      {previous === null ? null : (
        <a href={`/learn/${courseId}/${previous.id}`} rel="prev" className={cell}>
          <span className="flex items-center gap-1 text-14 text-soft">
            <Icon name="chevron" size={16} className="-scale-x-100 rtl:scale-x-100" />
            {t('previous')}
          </span>
          <span className="font-reading font-semibold wrap-break-word">{previous.title}</span>
        </a>
      )}
      {next === null ? null : (
        <a
          href={`/learn/${courseId}/${next.id}`}
          rel="next"
          className={`${cell} items-end text-end sm:col-start-2`}
        >
          <span className="flex items-center gap-1 text-14 text-soft">
            {t('next')}
            <Icon name="chevron" size={16} />
          </span>
          <span className="font-reading font-semibold wrap-break-word">{next.title}</span>
        </a>
      )}
    </nav>
  )
}
