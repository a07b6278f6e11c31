'use client'

import { ActionForm, type FormMessages } from '#components/ui/action-form'
import type { FormAction } from '#components/ui/form-context'
import { HiddenFields } from '#components/ui/hidden-fields'
import { Stat, StatGroup } from '#components/ui/stat'
import { StatusBadge } from '#components/ui/status-badge'
import { TextField } from '#components/ui/text-field'
import type { ImportReport as Report, ReportRow } from '#lib/bank/contract'
import { TAG_MAX, TAGS_MAX } from '#lib/bank/rules/tags'
import type { BankWords } from '#lib/i18n/bank-words'
import type { ExamWords } from '#lib/i18n/exam-author-words'
import { fill } from '../teach/fill'

type Props = Readonly<{
  locale: string
  words: BankWords
  /** Names of the kinds of questions, and what can be wrong with one. */
  exam: Pick<ExamWords, 'types' | 'faults'>
  messages: FormMessages
  report: Report
  apply: FormAction
}>

const TONES = { imported: 'good', changed: 'info', there: 'neutral', dropped: 'bad' } as const
const OUTCOMES = ['imported', 'changed', 'there', 'dropped'] as const

const isNew = ({ outcome }: ReportRow): boolean => outcome === 'imported' || outcome === 'changed'

/** Why an item is left out, or what is changed of it. */
function Reasons({ words, exam, row }: Pick<Props, 'words' | 'exam'> & { row: ReportRow }) {
  const note = row.note ?? ''
  const reasons = [
    ...(row.drop === null ? [] : [fill(words.drops[row.drop], { note })]),
    ...row.faults.map((fault) => exam.faults[fault]),
    ...row.changes.map((change) => fill(words.changes[change.kind], { note: change.note ?? '' })),
  ]
  if (reasons.length === 0) return null
  return (
    <ul className="mt-1 text-14 text-soft">
      {reasons.map((reason) => (
        <li key={reason} className="wrap-anywhere">
          {reason}
        </li>
      ))}
    </ul>
  )
}

function Row({ words, exam, row }: Pick<Props, 'words' | 'exam'> & { row: ReportRow }) {
  const id = `item-${String(row.item)}`
  const kind = row.type === null ? '' : ` · ${exam.types[row.type]}`
  return (
    <li className="flex gap-3 border-b border-line py-3 last:border-b-0">
      <span className="w-6 shrink-0 pt-0.5">
        {isNew(row) ? (
          <input
            id={id}
            type="checkbox"
            name="chosen"
            value={row.item}
            defaultChecked
            aria-label={fill(words.choose, { prompt: row.prompt })}
            className="size-5"
          />
        ) : null}
      </span>
      <div className="min-w-0 grow">
        <p className="font-medium wrap-anywhere" dir="auto">
          {row.prompt}
        </p>
        <p className="flex flex-wrap items-center gap-x-2 gap-y-1 text-12 text-soft">
          <span>
            {fill(words.line, { line: String(row.line) })}
            {kind}
            {row.tags.length === 0 ? '' : ` · ${row.tags.join(', ')}`}
          </span>
          <StatusBadge tone={TONES[row.outcome]}>{words.outcomes[row.outcome]}</StatusBadge>
        </p>
        <Reasons words={words} exam={exam} row={row} />
      </div>
    </li>
  )
}

/** What an import would do, in four numbers and item by item; and the form that does it. */
export function ImportReport({ locale, words, exam, messages, report, apply }: Props) {
  const number = new Intl.NumberFormat(locale)
  const count = (outcome: ReportRow['outcome']) =>
    number.format(report.rows.filter((row) => row.outcome === outcome).length)
  const rows = (
    <ol aria-label={words.caption}>
      {report.rows.map((row) => (
        <Row key={row.item} words={words} exam={exam} row={row} />
      ))}
    </ol>
  )
  return (
    <div className="mt-6 flex flex-col gap-8">
      <StatGroup>
        {OUTCOMES.map((outcome) => (
          <Stat key={outcome} label={words.counts[outcome]} value={count(outcome)} />
        ))}
      </StatGroup>
      {report.text === '' ? (
        <>
          <p className="text-soft">{words.nothingNew}</p>
          {rows}
        </>
      ) : (
        <ActionForm action={apply} submit={words.apply} pendingLabel={words.importing} messages={messages}>
          <HiddenFields values={{ format: report.format, text: report.text }} />
          <TextField
            name="tags"
            label={words.tagsAll}
            help={words.tagsHelp}
            optional={words.optional}
            maxLength={TAGS_MAX * (TAG_MAX + 2)}
            autoComplete="off"
          />
          {rows}
        </ActionForm>
      )}
    </div>
  )
}
