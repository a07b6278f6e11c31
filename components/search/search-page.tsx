import { EmptyState } from '#components/ui/empty-state'
import { LinkButton } from '#components/ui/link-button'
import { SearchField } from '#components/ui/search-field'
import { translator } from '#lib/i18n/translate'
import type { SearchView } from '#lib/search/contract'
import { CourseHits, ExamHits, LessonHits } from './hits'

type Props = { locale: string; view: SearchView }

function Nothing({ locale, view }: Props) {
  const t = translator(locale, 'search')
  if (!view.asked) return <EmptyState seed="search" title={t('startTitle')} body={t('startBody')} />
  return (
    <EmptyState seed="search:none" title={t('noneTitle', { q: view.q })} body={t('noneBody')}>
      <LinkButton href="/courses" look="quiet">
        {t('browse')}
      </LinkButton>
    </EmptyState>
  )
}

/** What a school has to a word: courses and exams by their names, then lessons by what stands in them. */
export function SearchPage({ locale, view }: Props) {
  const t = translator(locale, 'search')
  const { q, courses, exams, lessons, more } = view
  const count = courses.length + exams.length + lessons.length
  return (
    <div className="mx-auto flex max-w-column flex-col gap-8">
      <h1 className="font-reading text-28 font-medium sm:text-36">{t('title')}</h1>
      <SearchField
        action="/search"
        name="q"
        value={q}
        maxLength={100}
        label={t('label')}
        help={t('help')}
        button={t('button')}
      />
      {count === 0 ? (
        <Nothing locale={locale} view={view} />
      ) : (
        <>
          {more ? null : <p className="text-14 text-soft">{t('count', { count, q })}</p>}
          {courses.length === 0 ? null : <CourseHits locale={locale} courses={courses} />}
          {exams.length === 0 ? null : <ExamHits locale={locale} exams={exams} />}
          {lessons.length === 0 ? null : <LessonHits locale={locale} lessons={lessons} />}
          {more ? <p className="text-14 text-soft">{t('more', { count: lessons.length })}</p> : null}
        </>
      )}
    </div>
  )
}
