/** The id of the popover that lists the shortcuts. */
export const SHORTCUTS_ID = 'shortcuts'

const STORAGE_KEY = 'smartlms-single-keys'

/** Whether `/` and `?` do something. A browser without storage (private windows may throw) has them on. */
export function singleKeysOn(): boolean {
  try {
    return localStorage.getItem(STORAGE_KEY) !== 'off'
  } catch {
    return true
  }
}

/** Remembers the choice in this browser; where nothing can be stored it lasts as long as the page. */
export function setSingleKeys(on: boolean): void {
  try {
    localStorage.setItem(STORAGE_KEY, on ? 'on' : 'off')
  } catch {
    // Nothing to keep it in: the checkbox still shows what was chosen.
  }
}

/** What a key press asks for. Single keys are silent while somebody types or has turned them off. */
export function shortcutOf(event: KeyboardEvent): 'palette' | 'help' | null {
  if (event.defaultPrevented || event.isComposing) return null
  if (
    (event.ctrlKey || event.metaKey) &&
    !event.altKey &&
    !event.shiftKey &&
    event.key.toLowerCase() === 'k'
  ) {
    return 'palette'
  }
  if (event.ctrlKey || event.metaKey || event.altKey || !singleKeysOn()) return null
  const target = event.target
  if (target instanceof HTMLElement && target.matches('input, textarea, select, [contenteditable]'))
    return null
  if (event.key === '/') return 'palette'
  return event.key === '?' ? 'help' : null
}
