import { Icon } from '#components/ui/icon'
import { Stat, StatGroup } from '#components/ui/stat'
import type { BadgeCard, ProfileView } from '#lib/awards/contract'
import { numbersOf } from '#lib/awards/rules/badges'
import { formatter, translator } from '#lib/i18n/translate'
import { BADGE_ICONS } from './badge-icons'
import { CertificateList } from './certificate-list'
import { HeatStrip } from './heat-strip'

const LINK = 'inline-flex min-h-11 items-center text-14 font-medium text-accent-11 hover:underline sm:min-h-8'

type Props = Readonly<{ locale: string; profile: ProfileView; own: boolean }>

function Badge({ locale, timeZone, badge }: { locale: string; timeZone: string; badge: BadgeCard }) {
  const t = translator(locale, 'awards.badges')
  const date = formatter(locale, timeZone).dateTime(badge.earnedAt, { dateStyle: 'medium' })
  return (
    <li className="flex gap-3 rounded-md border border-line p-4 print:break-inside-avoid">
      <span
        aria-hidden="true"
        className="flex size-10 shrink-0 items-center justify-center rounded-full bg-accent-3 text-accent-11 print:[print-color-adjust:exact]"
      >
        <Icon name={BADGE_ICONS[badge.type]} size={20} />
      </span>
      <div className="min-w-0">
        <h3 className="font-medium">{t(`${badge.type}.title`)}</h3>
        <p className="text-14 wrap-break-word">
          {badge.courseTitle ?? t(`${badge.type}.how`, numbersOf(badge.type))}
        </p>
        <p className="mt-1 text-12 text-soft">{t('earned', { date })}</p>
      </div>
    </li>
  )
}

function Badges({ locale, profile, own }: Props) {
  const t = translator(locale, 'profile')
  const { badges, timeZone } = profile
  if (badges === null || (badges.length === 0 && !own)) return null
  return (
    <section aria-labelledby="badges">
      <h2 id="badges" className="text-18 font-semibold">
        {t('badges')}
      </h2>
      {badges.length === 0 ? <p className="mt-2 text-soft">{t('noBadges')}</p> : null}
      <ul className="mt-4 grid gap-3 empty:hidden sm:grid-cols-2">
        {badges.map((badge) => (
          <Badge
            key={`${badge.type} ${badge.earnedAt.toISOString()} ${badge.courseTitle ?? ''}`}
            locale={locale}
            timeZone={timeZone}
            badge={badge}
          />
        ))}
      </ul>
      {own ? (
        <p className="mt-2" data-chrome>
          <a href="/badges" className={LINK}>
            {translator(locale, 'awards.badges')('rules')}
          </a>
        </p>
      ) : null}
    </section>
  )
}

function Certificates({ locale, profile, own }: Props) {
  const t = translator(locale, 'profile')
  const { certificates, timeZone } = profile
  if (certificates === null || (certificates.length === 0 && !own)) return null
  return (
    <section aria-labelledby="certificates">
      <h2 id="certificates" className="mb-4 text-18 font-semibold">
        {t('certificates')}
      </h2>
      {certificates.length === 0 ? (
        <p className="text-soft">{t('noCertificates')}</p>
      ) : (
        <CertificateList locale={locale} timeZone={timeZone} certificates={certificates} own={own} />
      )}
      {own && certificates.length > 0 ? (
        <p className="mt-2" data-chrome>
          <a href="/certificates" className={LINK}>
            {t('allCertificates')}
          </a>
        </p>
      ) : null}
    </section>
  )
}

function Numbers({ locale, profile, own }: Props) {
  const t = translator(locale, 'profile')
  const { streak } = profile
  if (streak === null) return null
  const { days, longest, learned } = streak.now
  const shown = (value: number) => t('days', { count: value })
  return (
    <section aria-label={t('stats')}>
      <StatGroup>
        {own || days === 0 ? null : <Stat label={t('current')} value={shown(days)} />}
        <Stat label={t('longest')} value={shown(longest)} />
        <Stat label={t('learned')} value={shown(learned)} />
      </StatGroup>
    </section>
  )
}

/** What a profile shows: numbers, the calendar, badges, certificates; each only where the person shows it. */
export function ProfileBody(props: Props) {
  const { locale, profile, own } = props
  const { badges, streak, certificates } = profile
  const nothing = streak === null && (badges ?? []).length === 0 && (certificates ?? []).length === 0
  if (nothing && !own) return <p className="text-soft">{translator(locale, 'profile')('nothing')}</p>
  return (
    <div className="flex flex-col gap-10">
      <Numbers {...props} />
      {streak === null ? null : <HeatStrip locale={locale} weeks={streak.weeks} />}
      <Badges {...props} />
      <Certificates {...props} />
    </div>
  )
}
