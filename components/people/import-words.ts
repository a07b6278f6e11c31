import type { FormMessages } from '#components/ui/action-form'
import type { ImportOutcome } from '#lib/people/rules'

type Word =
  | 'pending'
  | 'text'
  | 'file'
  | 'fileHelp'
  | 'check'
  | 'reportTitle'
  | 'again'
  | 'nothingNew'
  | 'overBody'
  | 'download'
  | 'fileName'
  | 'caption'

/** All that the import says in the browser, which has no catalogue of its own. */
export type ImportWords = Readonly<Record<Word, string>> &
  Readonly<{
    form: FormMessages
    columns: Readonly<Record<'line' | 'email' | 'name' | 'role' | 'result', string>>
    counts: Readonly<Record<'new' | 'settled' | 'wrong', string>>
    outcomes: Readonly<Record<ImportOutcome, string>>
  }>
