'use client'

import { ActionForm, type FormMessages } from '#components/ui/action-form'
import { CheckboxField } from '#components/ui/checkbox-field'
import { DataTable } from '#components/ui/data-table'
import { FileField } from '#components/ui/file-field'
import type { FormAction } from '#components/ui/form-context'
import { HiddenFields } from '#components/ui/hidden-fields'
import { Notice } from '#components/ui/notice'
import { PreviewForm } from '#components/ui/preview-form'
import { TextArea } from '#components/ui/text-area'
import type {
  AttendanceReport,
  LineFault,
  MatchedPerson,
  Participant,
} from '#lib/classes/contract/attendance'
import { fill } from '../editor/fill'
import type { AttendanceWords } from './attendance-words'

type Common = Readonly<{ words: AttendanceWords; messages: FormMessages; apply: FormAction }>
type Reported = Common & Readonly<{ report: AttendanceReport }>

function Faults({ words, report }: Reported) {
  return (
    <>
      <Notice tone="bad" title={report.said.faults}>
        {words.faultsBody}
      </Notice>
      <DataTable<LineFault>
        caption={report.said.faults}
        rows={report.faults}
        rowKey={({ line }) => String(line)}
        empty={null}
        columns={[
          { ...{ id: 'line', header: words.line }, cell: ({ line }) => String(line) },
          {
            ...{ id: 'what', header: words.what, long: true },
            cell: ({ kind, value }) => fill(words.faults[kind], { value }),
          },
        ]}
      />
    </>
  )
}

const whoOf = ({ name, email }: Participant): string => [name, email].filter((one) => one !== '').join(' · ')

function Matched({ words, report }: Reported) {
  return (
    <DataTable<MatchedPerson>
      caption={words.matchedCaption}
      showCaption
      rows={report.matched}
      rowKey={({ line }) => String(line)}
      empty={null}
      columns={[
        { ...{ id: 'name', header: words.name, long: true }, cell: whoOf },
        { ...{ id: 'person', header: words.person, long: true }, cell: ({ person }) => person },
        {
          ...{ id: 'by', header: words.by },
          cell: ({ by }) => (by === 'email' ? words.byEmail : words.byName),
        },
        {
          ...{ id: 'minutes', header: words.minutes, end: true },
          cell: ({ minutes }) => (minutes === null ? '–' : String(minutes)),
        },
        { ...{ id: 'from', header: words.from }, cell: ({ from }) => words.statuses[from ?? 'none'] },
        { ...{ id: 'to', header: words.to }, cell: ({ to }) => words.statuses[to] },
      ]}
    />
  )
}

function Left({
  words,
  title,
  caption,
  people,
}: Readonly<{ words: AttendanceWords; title: string; caption: string; people: readonly Participant[] }>) {
  if (people.length === 0) return null
  return (
    <details>
      <summary className="min-h-11 cursor-pointer content-center font-medium">{title}</summary>
      <DataTable<Participant>
        caption={caption}
        rows={people}
        rowKey={({ line }) => String(line)}
        empty={null}
        columns={[
          { ...{ id: 'name', header: words.name, long: true }, cell: whoOf },
          { ...{ id: 'line', header: words.line, end: true }, cell: ({ line }) => String(line) },
        ]}
      />
    </details>
  )
}

function Apply({ words, messages, apply, report }: Reported) {
  const { courseId, classId, text, absent, stamp, key, said, changeCount } = report
  if (changeCount === 0) return <p>{said.nothing}</p>
  return (
    <ActionForm action={apply} submit={said.apply} pendingLabel={words.applying} messages={messages}>
      <HiddenFields values={{ courseId, classId, text, absent, stamp, key }} />
    </ActionForm>
  )
}

function Report(props: Reported) {
  const { words, report } = props
  const { said } = report
  return (
    <div className="mt-4 flex flex-col gap-6">
      <p>{said.count}</p>
      {report.faults.length > 0 ? (
        <Faults {...props} />
      ) : (
        <>
          <Matched {...props} />
          <Left words={words} title={said.several} caption={words.severalCaption} people={report.several} />
          <Left words={words} title={said.unknown} caption={words.unknownCaption} people={report.unknown} />
          <p className="text-14 text-soft">{said.missing}</p>
          <Apply {...props} />
        </>
      )}
    </div>
  )
}

/** A list of participants to check, and below it who is whom. */
export function AttendanceImport({
  ids,
  preview,
  ...common
}: Common & Readonly<{ ids: Readonly<{ courseId: string; classId: string }>; preview: FormAction }>) {
  const { words, messages } = common
  return (
    <PreviewForm
      words={words}
      labels={{ text: words.text, file: words.file }}
      messages={messages}
      preview={preview}
      report={(given) => <Report {...common} report={given as AttendanceReport} />}
    >
      <HiddenFields values={ids} />
      <FileField
        name="file"
        label={words.file}
        help={words.fileHelp}
        optional=""
        accept=".csv,.tsv,.txt,text/csv,text/plain,text/tab-separated-values"
      />
      <TextArea name="text" label={words.text} optional="" rows={6} mono />
      <CheckboxField name="absent" label={words.absentLabel} />
    </PreviewForm>
  )
}
