import { DefinitionList } from '#components/ui/definition-list'
import type { FormAction } from '#components/ui/form-context'
import { LinkButton } from '#components/ui/link-button'
import { Meter } from '#components/ui/meter'
import { Notice } from '#components/ui/notice'
import { PageHeader } from '#components/ui/page-header'
import { Pager } from '#components/ui/pager'
import { Section } from '#components/ui/section'
import { Stat, StatGroup } from '#components/ui/stat'
import { StatusBadge } from '#components/ui/status-badge'
import { Icon } from '#components/ui/icon'
import { formatter, translator } from '#lib/i18n/translate'
import type { SchoolDetail } from '#lib/schools/contract'
import { hostOf, usageLines } from '#lib/schools/rules'
import { LogTable } from './log-table'
import { PlanForm } from './plan-form'
import { StatusForms } from './status-forms'
import {
  dayInWords,
  momentInWords,
  type Reader,
  STATUS_TONES,
  strainOf,
  usageInWords,
  withQuery,
} from './words'

type Props = {
  reader: Reader
  school: SchoolDetail
  /** Address of the school's host, ending in a slash. */
  url: string
  /** What was just changed. */
  done: 'plan' | 'status' | null
  changePlan: FormAction
  changeStatus: FormAction
}

function Notices({ reader, school, done }: Pick<Props, 'reader' | 'school' | 'done'>) {
  const t = translator(reader.locale, 'platformSchool')
  return (
    <div className="mb-6 flex flex-col gap-3 empty:hidden">
      {done === null ? null : (
        <Notice tone="good" title={t(done === 'plan' ? 'planDone' : 'statusDone')}>
          {t(done === 'plan' ? 'planDoneBody' : 'statusDoneBody')}
        </Notice>
      )}
      {school.status === 'ACTIVE' ? null : (
        <Notice tone="warn" title={t('shut', { status: school.status })}>
          {school.statusReason === null ? undefined : t('why', { reason: school.statusReason })}
        </Notice>
      )}
    </div>
  )
}

const METER_STATES = { near: 'near', reached: 'over', over: 'over' } as const

function Numbers({ reader, school }: Pick<Props, 'reader' | 'school'>) {
  const t = translator(reader.locale, 'platformSchool')
  const p = translator(reader.locale, 'platform')
  const { number } = formatter(reader.locale, reader.timeZone)
  const { admins, enrollments, activeLastMonth } = school.numbers
  return (
    <div className="flex flex-col gap-8">
      <div className="flex flex-col gap-5">
        {usageLines(school.plan, school.numbers).map((line) => {
          const strain = strainOf(line)
          return (
            <Meter
              key={line.kind}
              label={p(`usage.${line.kind}`)}
              text={usageInWords(reader, line)}
              value={line.used}
              max={line.limit}
              state={strain === null ? 'ok' : METER_STATES[strain]}
              note={strain === null ? undefined : p(`${strain}Note`)}
            />
          )
        })}
      </div>
      <StatGroup>
        <Stat label={t('admins')} value={number(admins)} />
        <Stat label={t('enrollments')} value={number(enrollments)} />
        <Stat label={t('active')} value={number(activeLastMonth)} />
      </StatGroup>
    </div>
  )
}

function Facts({ reader, school, url }: Pick<Props, 'reader' | 'school' | 'url'>) {
  const t = translator(reader.locale, 'platformSchool')
  const language = new Intl.DisplayNames([reader.locale], { type: 'language' }).of(school.locale)
  return (
    <DefinitionList
      items={[
        { term: t('address'), detail: <span dir="ltr">{hostOf(url)}</span> },
        { term: t('opened'), detail: momentInWords(reader, school.createdAt) },
        { term: t('timeZone'), detail: school.timeZone },
        { term: t('locale'), detail: language ?? school.locale },
      ]}
    />
  )
}

function History({ reader, school }: Pick<Props, 'reader' | 'school'>) {
  const t = translator(reader.locale, 'platformSchool')
  const p = translator(reader.locale, 'platform')
  const link = (cursor: string | null, label: string) =>
    cursor === null
      ? null
      : { href: `${withQuery(`/platform/schools/${school.id}`, { cursor })}#history`, label }
  return (
    <div className="flex flex-col gap-6">
      <LogTable
        reader={reader}
        lines={school.log.lines}
        ofSchool
        empty={<p className="text-soft">{t('historyEmpty')}</p>}
      />
      <Pager
        label={t('historyPager')}
        previous={link(school.log.previousCursor, p('previous'))}
        next={link(school.log.nextCursor, p('next'))}
      />
    </div>
  )
}

/** One school as the platform sees it: numbers, plan, status, and what was done to it. Never what it teaches, or whom. */
export function SchoolView({ reader, school, url, done, changePlan, changeStatus }: Props) {
  const t = translator(reader.locale, 'platformSchool')
  const p = translator(reader.locale, 'platform')
  return (
    <>
      <PageHeader
        title={school.name}
        intro={`${p(`plans.${school.plan}`)} · ${t('opened')} ${dayInWords(reader, school.createdAt)}`}
        badge={<StatusBadge tone={STATUS_TONES[school.status]}>{p(`statuses.${school.status}`)}</StatusBadge>}
        actions={
          school.status === 'ACTIVE' ? (
            <LinkButton href={url} look="quiet">
              {t('visit')}
              <Icon name="external" size={16} />
            </LinkButton>
          ) : undefined
        }
      />
      <Notices reader={reader} school={school} done={done} />
      <Section id="numbers" title={t('numbers')} description={t('numbersNote')}>
        <Numbers reader={reader} school={school} />
      </Section>
      <Section id="facts" title={t('facts')}>
        <Facts reader={reader} school={school} url={url} />
      </Section>
      <Section id="plan" title={t('plan')} description={t('planNote')}>
        <PlanForm reader={reader} school={school} action={changePlan} />
      </Section>
      <Section id="status" title={t('status')} description={t('statusNote')}>
        <StatusForms reader={reader} school={school} action={changeStatus} />
      </Section>
      <Section id="history" title={t('history')} description={t('historyNote')}>
        <History reader={reader} school={school} />
      </Section>
    </>
  )
}
