import { ChoiceGroup, type Choice } from './choice-group'
import type { FieldWords } from './field-frame'

/** One of a few, each with what it means. For more than about seven, or without a meaning to tell, a SelectField. */
export function RadioGroup({
  defaultValue,
  ...group
}: FieldWords & Readonly<{ name: string; choices: readonly Choice[]; defaultValue?: string | undefined }>) {
  return <ChoiceGroup kind="radio" chosen={defaultValue === undefined ? [] : [defaultValue]} {...group} />
}
