import { pointsIn, momentWithZone } from '../exam/when'
import { DefinitionList } from '#components/ui/definition-list'
import type { AssignmentView } from '#lib/assignments/contract'
import { formatter, translator } from '#lib/i18n/translate'

type Props = Readonly<{ locale: string; timeZone: string; assignment: AssignmentView }>

/** The late policy in sentences. */
function lateSentences({ locale, timeZone, assignment }: Props): string[] {
  const t = translator(locale, 'assignment.late')
  const { late, closesAt } = assignment
  const costs = Number(late.percentPerDay) > 0
  const days = costs || closesAt !== null
  return [
    ...(late.graceMinutes > 0 ? [t('grace', { minutes: late.graceMinutes })] : []),
    costs ? t('costs', { percent: pointsIn(locale, late.percentPerDay) }) : t('free'),
    ...(costs && Number(late.floorPercent) > 0
      ? [t('floor', { floor: pointsIn(locale, late.floorPercent) })]
      : []),
    ...(closesAt === null ? [] : [t('closes', { when: momentWithZone(locale, timeZone, closesAt) })]),
    ...(days && assignment.timeZone !== timeZone
      ? [t('zone', { zone: assignment.timeZone.replaceAll('_', ' ') })]
      : []),
  ]
}

function Lines({ lines }: Readonly<{ lines: readonly string[] }>) {
  return (
    <ul className="flex flex-col gap-1">
      {lines.map((line) => (
        <li key={line}>{line}</li>
      ))}
    </ul>
  )
}

/** What somebody may want to know before they begin to work. */
export function AssignmentFacts(props: Props) {
  const { locale, timeZone, assignment } = props
  const t = translator(locale, 'assignment')
  const { dueAt, extended, points, accepts, times, versions } = assignment
  const kinds = formatter(locale, timeZone).list(
    accepts.map((kind) => t(`kinds.${kind}`)),
    { type: 'disjunction' },
  )
  const due = dueAt === null ? t('noDue') : momentWithZone(locale, timeZone, dueAt)
  return (
    <DefinitionList
      items={[
        { term: t('due'), detail: extended ? <Lines lines={[due, t('extended')]} /> : due },
        ...(dueAt === null ? [] : [{ term: t('lateness'), detail: <Lines lines={lateSentences(props)} /> }]),
        { term: t('points'), detail: pointsIn(locale, points) },
        { term: t('takes'), detail: kinds },
        {
          term: t('times'),
          detail: times === null ? t('timesAny') : t('timesOf', { used: versions.length, count: times }),
        },
      ]}
    />
  )
}
