'use client'

import type { FormMessages } from '#components/ui/action-form'
import { FileField } from '#components/ui/file-field'
import type { FormAction } from '#components/ui/form-context'
import { PreviewForm } from '#components/ui/preview-form'
import { SelectField } from '#components/ui/select-field'
import { TextArea } from '#components/ui/text-area'
import type { ImportReport as Report } from '#lib/bank/contract'
import { FORMATS } from '#lib/bank/rules/limits'
import type { BankWords } from '#lib/i18n/bank-words'
import type { ExamWords } from '#lib/i18n/exam-author-words'
import { ImportReport } from './import-report'

function Fields({ words }: { words: BankWords }) {
  return (
    <>
      <SelectField
        name="format"
        label={words.format}
        options={FORMATS.map((value) => ({ value, label: words.formats[value] }))}
      />
      <TextArea name="text" label={words.text} optional="" rows={8} mono />
      <FileField
        name="file"
        label={words.file}
        help={words.fileHelp}
        optional=""
        accept=".gift,.txt,.csv,.tsv,text/plain,text/csv"
      />
    </>
  )
}

/** Questions of a file to check, and below them what would become of each. */
export function ImportForm({
  locale,
  words,
  exam,
  messages,
  preview,
  apply,
}: {
  /** BCP 47. */
  locale: string
  words: BankWords
  exam: Pick<ExamWords, 'types' | 'faults'>
  messages: FormMessages
  preview: FormAction
  apply: FormAction
}) {
  return (
    <PreviewForm
      words={words}
      labels={{ text: words.text, file: words.file, format: words.format }}
      messages={messages}
      preview={preview}
      report={(report) => (
        <ImportReport
          locale={locale}
          words={words}
          exam={exam}
          messages={messages}
          report={report as Report}
          apply={apply}
        />
      )}
    >
      <Fields words={words} />
    </PreviewForm>
  )
}
