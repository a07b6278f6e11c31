import { type ReactNode, useId } from 'react'

/** Fields that belong together, under a name. */
export function Group({ label, help, children }: { label: string; help?: string; children: ReactNode }) {
  const id = useId()
  return (
    <fieldset aria-describedby={help === undefined ? undefined : id} className="min-w-0">
      <legend className="text-14 font-medium">{label}</legend>
      {help === undefined ? null : (
        <p id={id} className="mt-1 text-14 text-soft">
          {help}
        </p>
      )}
      <div className="mt-2 flex flex-col gap-2">{children}</div>
    </fieldset>
  )
}
