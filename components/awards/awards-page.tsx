import { EmptyState } from '#components/ui/empty-state'
import { LinkButton } from '#components/ui/link-button'
import { PageHeader } from '#components/ui/page-header'
import { Pager } from '#components/ui/pager'
import type { AwardsView } from '#lib/awards/contract'
import { translator } from '#lib/i18n/translate'
import { BadgeList } from './badge-list'
import { CertificateList } from './certificate-list'
import { StreakPart } from './streak-part'

const hrefOf = (cursor: string) => `/certificates?${new URLSearchParams({ cursor }).toString()}`

function Certificates({ locale, view }: { locale: string; view: AwardsView }) {
  const t = translator(locale, 'awards.certificates')
  const { certificates, nextCursor, previousCursor, timeZone } = view
  if (certificates.length === 0) {
    return (
      <EmptyState seed="certificates" title={t('emptyTitle')} body={t('emptyBody')}>
        <LinkButton href="/courses">{t('browse')}</LinkButton>
      </EmptyState>
    )
  }
  return (
    <section aria-labelledby="certificates">
      <h2 id="certificates" className="mb-4 text-18 font-semibold">
        {t('title')}
      </h2>
      <CertificateList locale={locale} timeZone={timeZone} certificates={certificates} />
      <div className="mt-6 empty:hidden">
        <Pager
          label={t('pages')}
          previous={previousCursor === null ? null : { href: hrefOf(previousCursor), label: t('newer') }}
          next={nextCursor === null ? null : { href: hrefOf(nextCursor), label: t('older') }}
        />
      </div>
    </section>
  )
}

/** What a person earned: certificates, their streak, badges. */
export function AwardsPage({ locale, view }: { locale: string; view: AwardsView }) {
  const t = translator(locale, 'awards')
  return (
    <>
      <PageHeader title={t('title')} intro={t('intro')} />
      <div className="grid grid-cols-1 gap-x-12 gap-y-10 lg:grid-cols-[minmax(0,1fr)_20rem]">
        <div className="min-w-0">
          <Certificates locale={locale} view={view} />
        </div>
        <div className="flex min-w-0 flex-col gap-8">
          <StreakPart locale={locale} streak={view.streak} />
          <BadgeList locale={locale} timeZone={view.timeZone} badges={view.badges} />
        </div>
      </div>
    </>
  )
}
