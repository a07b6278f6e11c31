'use client'

import { FileField } from '#components/ui/file-field'
import type { FormAction } from '#components/ui/form-context'
import { PreviewForm } from '#components/ui/preview-form'
import { TextArea } from '#components/ui/text-area'
import type { ImportReport as Report } from '#lib/people/contract'
import { ImportReport } from './import-report'
import type { ImportWords } from './import-words'

/** A list of people to check, and below it what would become of it. */
export function ImportForm({
  locale,
  words,
  preview,
  apply,
}: {
  /** BCP 47. */
  locale: string
  words: ImportWords
  preview: FormAction
  apply: FormAction
}) {
  return (
    <PreviewForm
      words={words}
      labels={{ text: words.text, file: words.file }}
      messages={words.form}
      preview={preview}
      report={(report) => (
        <ImportReport locale={locale} words={words} report={report as Report} apply={apply} />
      )}
    >
      <TextArea name="text" label={words.text} optional="" rows={6} mono />
      <FileField
        name="file"
        label={words.file}
        help={words.fileHelp}
        optional=""
        accept=".csv,.txt,.tsv,text/csv,text/plain"
      />
    </PreviewForm>
  )
}
