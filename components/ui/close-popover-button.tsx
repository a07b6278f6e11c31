import { Icon } from './icon'

/** Closes the popover of this id, without a script. */
export function ClosePopoverButton({ popover, label }: { popover: string; label: string }) {
  return (
    <button
      type="button"
      popoverTarget={popover}
      popoverTargetAction="hide"
      aria-label={label}
      className="inline-flex size-11 items-center justify-center rounded-sm text-soft hover:bg-sunken hover:text-text"
    >
      <Icon name="close" />
    </button>
  )
}
