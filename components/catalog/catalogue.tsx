import { EmptyState } from '#components/ui/empty-state'
import { LinkButton } from '#components/ui/link-button'
import { Pager } from '#components/ui/pager'
import { SearchField } from '#components/ui/search-field'
import type { CataloguePage, SchoolBrand } from '#lib/catalog/contract'
import { translator } from '#lib/i18n/translate'
import { CourseGrid } from './course-grid'

/** The address of a page of the catalogue; the query survives paging. */
function catalogueHref(q: string, cursor: string | null): string {
  const query = new URLSearchParams()
  if (q !== '') query.set('q', q)
  if (cursor !== null) query.set('cursor', cursor)
  const text = query.toString()
  return text === '' ? '/courses' : `/courses?${text}`
}

function Nothing({ brand, q }: { brand: SchoolBrand; q: string }) {
  const t = translator(brand.locale, 'catalogue')
  if (q === '') {
    return (
      <EmptyState
        seed={`${brand.subdomain}:empty`}
        title={t('emptyTitle')}
        body={t('emptyBody', { school: brand.name })}
      />
    )
  }
  return (
    <EmptyState seed={`${brand.subdomain}:none`} title={t('noMatchTitle', { q })} body={t('noMatchBody')}>
      <LinkButton href="/courses" look="quiet">
        {t('showAll')}
      </LinkButton>
    </EmptyState>
  )
}

/** How many courses a search found, in words; on one page of several it can only speak for that page. */
function ResultCount({ locale, page }: { locale: string; page: CataloguePage }) {
  const t = translator(locale, 'catalogue')
  const paged = page.nextCursor !== null || page.previousCursor !== null
  const values = { count: page.courses.length, q: page.q }
  return (
    <p className="flex flex-wrap items-center gap-x-4 text-14 text-soft">
      {paged ? t('resultsPaged', values) : t('results', values)}
      <a href="/courses" className="inline-flex min-h-11 items-center text-accent-11 underline sm:min-h-6">
        {t('clear')}
      </a>
    </p>
  )
}

/** The list of a school's published courses, with search and keyset paging, all of it by address. */
export function Catalogue({ brand, page }: { brand: SchoolBrand; page: CataloguePage }) {
  const t = translator(brand.locale, 'catalogue')
  const unpublished = page.q === '' && page.courses.length === 0
  const link = (cursor: string | null, label: string) =>
    cursor === null ? null : { href: catalogueHref(page.q, cursor), label }
  return (
    <div className="flex flex-col gap-8">
      <div className="grid grid-cols-1 items-end gap-6 md:grid-cols-2">
        <div>
          <h1 className="font-reading text-36 font-medium">{t('title')}</h1>
          <p className="mt-2 text-soft">{t('intro', { school: brand.name })}</p>
        </div>
        {unpublished ? null : (
          <SearchField
            action="/courses"
            name="q"
            value={page.q}
            maxLength={100}
            label={t('searchLabel')}
            help={t('searchHelp')}
            button={t('searchButton')}
          />
        )}
      </div>
      {page.q === '' || page.courses.length === 0 ? null : <ResultCount locale={brand.locale} page={page} />}
      {page.courses.length === 0 ? (
        <Nothing brand={brand} q={page.q} />
      ) : (
        <CourseGrid locale={brand.locale} label={t('listLabel')} courses={page.courses} level={2} />
      )}
      <Pager
        label={t('pager')}
        previous={link(page.previousCursor, t('previous'))}
        next={link(page.nextCursor, t('next'))}
      />
    </div>
  )
}
