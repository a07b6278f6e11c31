import type { ReactNode } from 'react'
import { type Column, DataTable } from '#components/ui/data-table'
import { Time } from '#components/ui/time'
import { translator } from '#lib/i18n/translate'
import type { LogLine } from '#lib/schools/contract'
import { PLAN_NAMES, SCHOOL_STATUSES } from '#lib/schools/rules'
import { momentInWords, type Reader } from './words'

/** Actions that have words; any other is shown by its own id. */
const WORDS = {
  'platform.open-school': 'openSchool',
  'school.create': 'openSchool',
  'platform.change-plan': 'changePlan',
  'platform.change-status': 'changeStatus',
  'school.status': 'changeStatus',
  'auth.signed-in': 'signedIn',
  'auth.password-reset': 'passwordReset',
} as const

const isKnown = (action: string): action is keyof typeof WORDS => Object.hasOwn(WORDS, action)

/** What was done, and from what to what. */
function What({ locale, line }: { locale: string; line: LogLine }) {
  const t = translator(locale, 'platformLog')
  const p = translator(locale, 'platform')
  const planName = (name: string) => {
    const plan = PLAN_NAMES.find((known) => known === name)
    return plan === undefined ? name : p(`plans.${plan}`)
  }
  const statusName = (name: string) => {
    const status = SCHOOL_STATUSES.find((known) => known === name)
    return status === undefined ? name : p(`statuses.${status}`)
  }
  const { plan, status } = line
  const change =
    plan !== null
      ? t('change', { before: planName(plan.from), after: planName(plan.to) })
      : status !== null
        ? t('change', { before: statusName(status.from), after: statusName(status.to) })
        : null
  return (
    <>
      {isKnown(line.action) ? t(`actions.${WORDS[line.action]}`) : line.action}
      {change === null ? null : <span className="block text-soft">{change}</span>}
    </>
  )
}

/** Entries of the platform's log. `ofSchool`: the history of one, which needs no column for which it is. */
export function LogTable({
  reader,
  lines,
  ofSchool = false,
  empty,
}: {
  reader: Reader
  lines: readonly LogLine[]
  ofSchool?: boolean
  empty: ReactNode
}) {
  const t = translator(reader.locale, 'platformLog')
  const school: Column<LogLine> = {
    ...{ id: 'school', header: t('school') },
    cell: (line) =>
      line.school === null ? (
        t('none')
      ) : (
        <a
          href={`/platform/schools/${line.school.id}`}
          className="inline-flex min-h-11 items-center underline decoration-line underline-offset-4 hover:decoration-current sm:min-h-6"
        >
          {line.school.name}
        </a>
      ),
  }
  const columns: Column<LogLine>[] = [
    { id: 'what', header: t('what'), cell: (line) => <What locale={reader.locale} line={line} /> },
    ...(ofSchool ? [] : [school]),
    { id: 'why', header: t('why'), cell: (line) => line.reason ?? t('none') },
    { id: 'who', header: t('who'), cell: (line) => line.actorName ?? t('nobody') },
    {
      ...{ id: 'when', header: t('when') },
      cell: ({ at }) => <Time iso={at.toISOString()}>{momentInWords(reader, at)}</Time>,
    },
    { id: 'from', header: t('from'), cell: (line) => <span dir="ltr">{line.ip ?? t('none')}</span> },
  ]
  return (
    <DataTable
      caption={t('caption')}
      columns={columns}
      rows={lines}
      rowKey={(line) => line.id}
      empty={empty}
    />
  )
}
