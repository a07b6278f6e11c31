import { Icon } from '#components/ui/icon'
import { BADGE_TYPES, type BadgeCard, type BadgeType } from '#lib/awards/contract'
import { numbersOf } from '#lib/awards/rules/badges'
import { formatter, translator } from '#lib/i18n/translate'
import { BADGE_ICONS } from './badge-icons'

type Props = { locale: string; timeZone: string }

function Earned({ locale, timeZone, badge }: Props & { badge: BadgeCard }) {
  const t = translator(locale, 'awards.badges')
  const date = formatter(locale, timeZone).dateTime(badge.earnedAt, { dateStyle: 'medium' })
  return (
    <li className="flex gap-3 py-3">
      <Icon name={BADGE_ICONS[badge.type]} size={20} className="mt-0.5 text-accent-11" />
      <div className="min-w-0">
        <p className="font-medium">{t(`${badge.type}.title`)}</p>
        {badge.courseTitle === null ? null : <p className="text-14 wrap-break-word">{badge.courseTitle}</p>}
        <p className="text-14 text-soft">{t('earned', { date })}</p>
      </div>
    </li>
  )
}

function Open({ locale, type }: { locale: string; type: BadgeType }) {
  const t = translator(locale, 'awards.badges')
  return (
    <li className="flex gap-3 py-3 text-soft">
      <Icon name={BADGE_ICONS[type]} size={20} className="mt-0.5 opacity-60" />
      <div className="min-w-0">
        <p className="font-medium">
          {t(`${type}.title`)}
          <span className="sr-only"> ({t('open')})</span>
        </p>
        <p className="text-14">{t(`${type}.how`, numbersOf(type))}</p>
      </div>
    </li>
  )
}

/** The badges somebody has, the newest first, and below them those that are still to be had and how. */
export function BadgeList({ badges, ...props }: Props & { badges: readonly BadgeCard[] }) {
  const { locale } = props
  const open = BADGE_TYPES.filter((type) => badges.every((badge) => badge.type !== type))
  return (
    <section aria-labelledby="badges">
      <h2 id="badges" className="mb-2 text-18 font-semibold">
        {translator(locale, 'awards.badges')('title')}
      </h2>
      <ul className="divide-y divide-line border-y border-line">
        {badges.map((badge) => (
          <Earned
            key={`${badge.type} ${badge.earnedAt.toISOString()} ${badge.courseTitle ?? ''}`}
            {...props}
            badge={badge}
          />
        ))}
        {open.map((type) => (
          <Open key={type} locale={locale} type={type} />
        ))}
      </ul>
      <p className="mt-2">
        <a
          href="/badges"
          className="inline-flex min-h-11 items-center text-14 font-medium text-accent-11 hover:underline sm:min-h-8"
        >
          {translator(locale, 'awards.badges')('rules')}
        </a>
      </p>
    </section>
  )
}
