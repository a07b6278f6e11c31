'use client'

import { useSyncExternalStore, useState } from 'react'
import { setSingleKeys, singleKeysOn } from './shortcuts'

const never = () => () => {}

/** Turns the single-key shortcuts off and on again for this browser. */
export function ShortcutToggle({ label, note }: { label: string; note: string }) {
  const stored = useSyncExternalStore(never, singleKeysOn, () => true)
  const [chosen, choose] = useState<boolean | null>(null)
  return (
    <div className="mt-3 border-t border-line pt-3">
      <label className="flex min-h-11 items-center gap-3 text-14 font-medium">
        <input
          type="checkbox"
          className="size-5"
          checked={chosen ?? stored}
          aria-describedby="shortcut-note"
          onChange={(event) => {
            choose(event.target.checked)
            setSingleKeys(event.target.checked)
          }}
        />
        {label}
      </label>
      <p id="shortcut-note" className="text-14 text-soft">
        {note}
      </p>
    </div>
  )
}
