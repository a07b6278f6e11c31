import { EmptyState } from '#components/ui/empty-state'
import { LinkButton } from '#components/ui/link-button'
import { Pager } from '#components/ui/pager'
import { SearchField } from '#components/ui/search-field'
import { TabsNav } from '#components/ui/tabs-nav'
import type { CataloguePage, SchoolBrand } from '#lib/catalog/contract'
import { translator } from '#lib/i18n/translate'
import { CourseGrid } from './course-grid'

type Asked = Pick<CataloguePage, 'q' | 'category' | 'mine'>

/** The address of a page of the catalogue; what was asked for survives paging. */
function catalogueHref({ q, category, mine }: Asked, cursor: string | null = null): string {
  const query = new URLSearchParams()
  if (q !== '') query.set('q', q)
  if (category !== null) query.set('category', category)
  if (mine) query.set('mine', '1')
  if (cursor !== null) query.set('cursor', cursor)
  const text = query.toString()
  return text === '' ? '/courses' : `/courses?${text}`
}

/** The shelves to choose from. Each is a link, so that a choice can be kept, sent and gone back from. */
function Shelves({ locale, page }: { locale: string; page: CataloguePage }) {
  const t = translator(locale, 'catalogue')
  if (page.shelves.length < 2) return null
  return (
    <nav aria-label={t('shelves')} data-chrome>
      <ul className="shelves flex flex-wrap gap-2">
        <li>
          <a
            href={catalogueHref({ ...page, category: null })}
            aria-current={page.category === null ? 'true' : undefined}
          >
            {t('allShelves')}
          </a>
        </li>
        {page.shelves.map(({ id, name }) => (
          <li key={id}>
            <a
              href={catalogueHref({ ...page, category: id })}
              aria-current={page.category === id ? 'true' : undefined}
            >
              {name}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  )
}

function Nothing({ brand, page }: { brand: SchoolBrand; page: CataloguePage }) {
  const t = translator(brand.locale, 'catalogue')
  const { q, category, mine } = page
  if (mine && q === '' && category === null) {
    return (
      <EmptyState seed={`${brand.subdomain}:mine`} title={t('noneMineTitle')} body={t('noneMineBody')}>
        <LinkButton href="/courses">{t('showAll')}</LinkButton>
      </EmptyState>
    )
  }
  if (q === '' && category === null) {
    return (
      <EmptyState
        seed={`${brand.subdomain}:empty`}
        title={t('emptyTitle')}
        body={t('emptyBody', { school: brand.name })}
      />
    )
  }
  return (
    <EmptyState
      seed={`${brand.subdomain}:none`}
      title={q === '' ? t('noneHere') : t('noMatchTitle', { q })}
      body={t('noMatchBody')}
    >
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
  const unpublished = page.shelves.length === 0 && page.q === '' && !page.mine && page.courses.length === 0
  const link = (cursor: string | null, label: string) =>
    cursor === null ? null : { href: catalogueHref(page, cursor), label }
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
      {page.signedIn ? (
        <TabsNav
          label={t('whose')}
          tabs={[
            { href: catalogueHref({ ...page, mine: false }), label: t('allCourses'), current: !page.mine },
            { href: catalogueHref({ ...page, mine: true }), label: t('myCourses'), current: page.mine },
          ]}
        />
      ) : null}
      <Shelves locale={brand.locale} page={page} />
      {page.q === '' || page.courses.length === 0 ? null : <ResultCount locale={brand.locale} page={page} />}
      {page.courses.length === 0 ? (
        <Nothing brand={brand} page={page} />
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
