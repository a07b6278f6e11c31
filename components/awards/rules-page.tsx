import { DataTable } from '#components/ui/data-table'
import { Icon } from '#components/ui/icon'
import { PageHeader } from '#components/ui/page-header'
import { BADGE_TYPES, type BadgeType } from '#lib/awards/contract'
import { numbersOf } from '#lib/awards/rules/badges'
import { FREEZES } from '#lib/awards/rules/streak'
import { translator } from '#lib/i18n/translate'
import { BADGE_ICONS } from './badge-icons'

type Row = Readonly<{ type: BadgeType }>

function Badges({ locale }: { locale: string }) {
  const t = translator(locale, 'badgeRules')
  const words = translator(locale, 'awards.badges')
  return (
    <DataTable<Row>
      caption={t('badges')}
      showCaption
      rows={BADGE_TYPES.map((type) => ({ type }))}
      rowKey={({ type }) => type}
      columns={[
        {
          id: 'badge',
          header: t('badge'),
          cell: ({ type }) => (
            <span className="flex items-center gap-3">
              <Icon name={BADGE_ICONS[type]} size={20} className="text-accent-11" />
              {words(`${type}.title`)}
            </span>
          ),
        },
        { id: 'rule', header: t('rule'), cell: ({ type }) => words(`${type}.how`, numbersOf(type)) },
        {
          ...{ id: 'times', header: t('times') },
          cell: ({ type }) => (type === 'COURSE_COMPLETE' ? t('perCourse') : t('once')),
        },
      ]}
      empty={null}
    />
  )
}

function Part({ title, lines }: { title: string; lines: readonly string[] }) {
  return (
    <section>
      <h2 className="text-18 font-semibold">{title}</h2>
      {lines.map((line) => (
        <p key={line} className="mt-2 max-w-column">
          {line}
        </p>
      ))}
    </section>
  )
}

/** What each badge, a streak and a freeze take: said with the numbers that they are computed with. */
export function RulesPage({ locale }: { locale: string }) {
  const t = translator(locale, 'badgeRules')
  return (
    <>
      <PageHeader title={t('title')} intro={t('intro')} />
      <div className="flex flex-col gap-10">
        <Badges locale={locale} />
        <Part title={t('streaks')} lines={[t('day'), t('row'), t('kept')]} />
        <Part title={t('freezes')} lines={[t('earn', FREEZES), t('use'), t('late')]} />
        <Part title={t('breaks')} lines={[t('breakBody')]} />
      </div>
    </>
  )
}
