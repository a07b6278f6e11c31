'use client'

import { CONTROL, describedBy, FieldFrame } from '#components/ui/field-frame'
import { textOf, useField } from '#components/ui/form-context'
import type { PersonView } from '#lib/people/contract'

/** An address with suggestions: a school may have more teachers than a list to choose from can hold. */
export function SuccessorField({
  label,
  help,
  teachers,
}: {
  label: string
  help: string
  teachers: PersonView['teachers']
}) {
  const { id, error, sent } = useField('successor')
  return (
    <FieldFrame id={id} name="successor" words={{ label, help }} error={error}>
      <input
        id={id}
        name="successor"
        type="email"
        dir="ltr"
        list={`${id}-teachers`}
        defaultValue={textOf(sent)}
        autoComplete="off"
        maxLength={254}
        required
        aria-invalid={error === null ? undefined : true}
        aria-describedby={describedBy(id, help, error)}
        className={CONTROL}
      />
      <datalist id={`${id}-teachers`}>
        {teachers.map(({ email, name }) => (
          <option key={email} value={email}>
            {name}
          </option>
        ))}
      </datalist>
    </FieldFrame>
  )
}
