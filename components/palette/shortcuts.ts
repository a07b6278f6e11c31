/** The id of the popover that lists the shortcuts. */
export const SHORTCUTS_ID = 'shortcuts'

const STORAGE_KEY = 'smartlms-single-keys'

/** Whether keys without Ctrl or ⌘ do something. A browser without storage (private windows may throw) has them on. */
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

function isPaletteChord(event: KeyboardEvent): boolean {
  const chord = (event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey
  return chord && event.key.toLowerCase() === 'k'
}

/** Places that take letters. */
const TEXT = 'input:not([type="radio"], [type="checkbox"]), textarea, select, [contenteditable]'

function isTyping(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && target.matches(TEXT)
}

/** The key of a press that may be a shortcut of one key; null while somebody types, or has turned such keys off. */
export function singleKeyOf(event: KeyboardEvent): string | null {
  if (event.defaultPrevented || event.isComposing || event.ctrlKey || event.metaKey || event.altKey)
    return null
  return isTyping(event.target) || !singleKeysOn() ? null : event.key
}

/** What a key press asks for. Single keys are silent while somebody types or has turned them off. */
export function shortcutOf(event: KeyboardEvent): 'palette' | 'help' | null {
  if (event.defaultPrevented || event.isComposing) return null
  if (isPaletteChord(event)) return 'palette'
  const key = singleKeyOf(event)
  if (key === '/') return 'palette'
  return key === '?' ? 'help' : null
}
