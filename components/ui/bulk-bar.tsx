import type { ReactNode } from 'react'
import { SelectedCount } from './select-rows'

/**
 * What can be done with the ticked rows of a table. A style shows it once one is ticked (see `.bulk-bar`), so it
 * needs no script; it stays at the lower edge while the table scrolls.
 */
export function BulkBar({
  form,
  selectedLabel,
  children,
}: {
  /** Id of the form inside, the same as the table’s `selection.form`. */
  form: string
  /** The words before the number: “Selected:”. */
  selectedLabel: string
  children: ReactNode
}) {
  return (
    <div className="bulk-bar" data-chrome>
      <div className="arrive flex flex-wrap items-center gap-x-6 gap-y-3 rounded-md border border-line bg-surface px-4 py-3 shadow-float **:data-field:max-w-64">
        <SelectedCount form={form} label={selectedLabel} />
        {children}
      </div>
    </div>
  )
}
