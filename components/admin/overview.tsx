import { LinkButton } from '#components/ui/link-button'
import { PageHeader } from '#components/ui/page-header'
import { Section } from '#components/ui/section'
import { Stat, StatGroup } from '#components/ui/stat'
import { StepsList } from '#components/ui/steps-list'
import type { AuditEntryView } from '#lib/audit/contract'
import { formatter, translator } from '#lib/i18n/translate'
import type { Overview as View } from '#lib/school/contract'
import type { FirstStep } from '#lib/school/rules'
import { AdminPage, type AdminProps } from './admin-page'
import { RecentChanges } from './recent-changes'
import { Usage } from './usage'

const STEP_LINKS: Readonly<Record<FirstStep, string>> = {
  brand: '/admin/brand',
  secondFactor: '/account/security',
  signUp: '/admin/settings',
  invite: '/admin/people/invite',
  publish: '/courses',
}

function FirstSteps({ locale, steps }: { locale: string; steps: View['steps'] }) {
  const t = translator(locale, 'admin.steps')
  return (
    <Section id="first-steps" title={t('title')} description={t('intro')}>
      <StepsList
        label={t('title')}
        doneLabel={t('done')}
        openLabel={t('open')}
        steps={steps.map(({ id, done }) => ({
          ...{ id, done, href: STEP_LINKS[id] },
          ...{ title: t(`${id}.title`), body: t(`${id}.body`), action: t(`${id}.action`) },
        }))}
      />
    </Section>
  )
}

function Numbers({ locale, overview }: { locale: string; overview: View }) {
  const t = translator(locale, 'admin.numbers')
  const write = formatter(locale, 'UTC')
  const { people, activeWeek, activeMonth } = overview
  const share = (part: number) =>
    people === 0
      ? {}
      : {
          note: t('share', {
            share: write.number(part / people, { style: 'percent', maximumFractionDigits: 0 }),
          }),
        }
  return (
    <Section id="numbers" title={t('title')}>
      <StatGroup>
        <Stat label={t('people')} value={write.number(people)} href="/admin/people" />
        <Stat label={t('week')} value={write.number(activeWeek)} {...share(activeWeek)} />
        <Stat label={t('month')} value={write.number(activeMonth)} {...share(activeMonth)} />
      </StatGroup>
    </Section>
  )
}

/** The first page of a school's administration: what to do next, then how full and how alive the school is. */
export function Overview({
  schoolName,
  timeZone,
  overview,
  entries,
  ...admin
}: AdminProps & {
  schoolName: string
  /** IANA. */
  timeZone: string
  overview: View
  /** Null for a reader who may not read the log. */
  entries: readonly AuditEntryView[] | null
}) {
  const { locale } = admin
  const t = translator(locale, 'admin')
  return (
    <AdminPage {...admin} current="overview">
      <PageHeader
        title={t('title')}
        intro={t('intro', { school: schoolName })}
        actions={
          <LinkButton href="/" look="quiet">
            {t('seeSchool')}
          </LinkButton>
        }
      />
      {overview.steps.every(({ done }) => done) ? null : (
        <FirstSteps locale={locale} steps={overview.steps} />
      )}
      <Section
        id="usage"
        title={t('usage.title')}
        description={
          <>
            <span className="font-medium text-text">{t('usage.plan', { plan: overview.plan })}.</span>{' '}
            {t('usage.note')}
          </>
        }
      >
        <Usage locale={locale} meters={overview.meters} invitations={overview.invitations} />
      </Section>
      <Numbers locale={locale} overview={overview} />
      {entries === null ? null : (
        <Section
          id="recent"
          title={t('recent.title')}
          description={
            <a
              href="/admin/audit"
              className="inline-flex min-h-11 items-center text-accent-11 underline sm:min-h-6"
            >
              {t('recent.all')}
            </a>
          }
        >
          <RecentChanges locale={locale} timeZone={timeZone} entries={entries} />
        </Section>
      )}
    </AdminPage>
  )
}
