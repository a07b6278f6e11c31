import type { AnswerValue } from '#lib/exams/contract'
import type { DeliveredQuestion } from '#lib/exams/contract/taking'

type Types = DeliveredQuestion['type']
/** One type's shape; some types share theirs. */
export type Delivered<T extends Types> = DeliveredQuestion & Readonly<{ type: T }>
export type ValueOf<T extends Types> = Extract<AnswerValue, { type: T }>

/** What each input gets. `labelledBy`: the id of the question's words. */
export type InputProps<T extends Types> = Readonly<{
  question: Delivered<T>
  value: ValueOf<T> | null
  labelledBy: string
  onChange: (value: ValueOf<T>) => void
}>

/** A choice as large as its row: the whole of it can be pressed. */
export const ROW =
  'flex min-h-12 cursor-pointer items-start gap-3 rounded-sm border border-edge bg-surface px-4 py-3 hover:border-accent-8 has-checked:border-accent-9 has-checked:bg-accent-2 has-focus-visible:outline-2 has-focus-visible:outline-offset-2 has-focus-visible:outline-accent-8'
