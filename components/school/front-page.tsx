import { CourseGrid } from '#components/catalog/course-grid'
import { CoverArt } from '#components/ui/cover-art'
import { EmptyState } from '#components/ui/empty-state'
import { Icon } from '#components/ui/icon'
import { LinkButton } from '#components/ui/link-button'
import type { CourseCard, SchoolBrand } from '#lib/catalog/contract'
import { translator } from '#lib/i18n/translate'

/** The school's own drawing beside its name: the shelf on which its course covers stand. */
function Hero({
  brand,
  description,
  hasCourses,
}: {
  brand: SchoolBrand
  description: string | null
  hasCourses: boolean
}) {
  const t = translator(brand.locale, 'front')
  return (
    <section className="grid grid-cols-1 items-center gap-8 lg:grid-cols-2 lg:gap-12">
      <div>
        <h1 className="font-reading text-36 font-medium tracking-[-0.01em] wrap-break-word">{brand.name}</h1>
        {description === null ? null : (
          <p className="mt-4 max-w-note font-reading text-18 wrap-break-word">{description}</p>
        )}
        {description === null && hasCourses ? (
          <p className="mt-4 max-w-note text-18 text-soft">{t('intro')}</p>
        ) : null}
        {hasCourses ? (
          <div className="mt-6">
            <LinkButton href="/courses">
              {t('browse')}
              <Icon name="arrow" size={18} />
            </LinkButton>
          </div>
        ) : null}
      </div>
      <div className="order-first aspect-[2/1] overflow-hidden rounded-md lg:order-last lg:aspect-video">
        <CoverArt seed={brand.subdomain} />
      </div>
    </section>
  )
}

/** A school's front door: who this is, what it teaches, and the way in. */
export function FrontPage({
  brand,
  description,
  courses,
}: {
  brand: SchoolBrand
  /** The school's own words about itself. */
  description: string | null
  courses: readonly CourseCard[]
}) {
  const t = translator(brand.locale, 'front')
  return (
    <div className="flex flex-col gap-16">
      <Hero brand={brand} description={description} hasCourses={courses.length > 0} />
      {courses.length === 0 ? (
        <EmptyState
          seed={`${brand.subdomain}:first`}
          title={t('emptyTitle')}
          body={t('emptyBody', { school: brand.name })}
        />
      ) : (
        <section aria-labelledby="featured">
          <div className="mb-6 flex flex-wrap items-baseline justify-between gap-x-6">
            <h2 id="featured" className="font-reading text-22 font-medium">
              {t('featured')}
            </h2>
            <a
              href="/courses"
              className="inline-flex min-h-11 items-center gap-1 text-14 font-medium text-accent-11 hover:underline"
            >
              {t('all')}
              <Icon name="chevron" size={16} />
            </a>
          </div>
          <CourseGrid locale={brand.locale} label={t('featured')} courses={courses} level={3} />
        </section>
      )}
    </div>
  )
}
