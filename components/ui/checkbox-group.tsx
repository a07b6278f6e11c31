import { ChoiceGroup, type Choice } from './choice-group'
import type { FieldWords } from './field-frame'

/** Any number of a few. The form sends `name` once for each that is ticked. */
export function CheckboxGroup({
  defaultValues = [],
  ...group
}: FieldWords & Readonly<{ name: string; choices: readonly Choice[]; defaultValues?: readonly string[] }>) {
  return <ChoiceGroup kind="checkbox" chosen={defaultValues} {...group} />
}
