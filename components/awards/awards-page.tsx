import { EmptyState } from '#components/ui/empty-state'
import { LinkButton } from '#components/ui/link-button'
import { Notice } from '#components/ui/notice'
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

/** Streak and badges, or, for whoever doesn't want to see them, the way to them. */
function Earned({ locale, view, now }: { locale: string; view: AwardsView; now: Date }) {
  const t = translator(locale, 'awards.streak')
  const { hidden, timeZone, streak, badges } = view
  if (hidden) {
    return (
      <Notice
        tone="info"
        title={t('hiddenTitle')}
        action={
          <LinkButton href="/profile" look="quiet" size="small">
            {t('profile')}
          </LinkButton>
        }
      >
        {t('hiddenBody')}
      </Notice>
    )
  }
  return (
    <>
      <StreakPart locale={locale} timeZone={timeZone} now={now} streak={streak} href="/profile" />
      <BadgeList locale={locale} timeZone={timeZone} badges={badges} />
    </>
  )
}

/** What a person earned: certificates, their streak, badges. */
export function AwardsPage({ locale, view, now }: { locale: string; view: AwardsView; now: Date }) {
  const t = translator(locale, 'awards')
  return (
    <>
      <PageHeader title={t('title')} intro={t('intro')} />
      <div className="grid grid-cols-1 gap-x-12 gap-y-10 lg:grid-cols-[minmax(0,1fr)_20rem]">
        <div className="min-w-0">
          <Certificates locale={locale} view={view} />
        </div>
        <div className="flex min-w-0 flex-col gap-8">
          <Earned locale={locale} view={view} now={now} />
        </div>
      </div>
    </>
  )
}
