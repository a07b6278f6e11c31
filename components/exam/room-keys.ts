import { useEffect } from 'react'
import { singleKeysOn } from '../palette/shortcuts'

/** What each key presses: a control that carries its name. */
const KEYS: Readonly<Record<string, string>> = {
  '[': 'previous',
  ']': 'next',
  f: 'flag',
  o: 'overview',
  t: 'time',
}

/** Whether letters are the control's own. Those that are only ticked take none. */
function takesLetters(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false
  return target.matches('input:not([type=radio], [type=checkbox]), textarea, select, [contenteditable]')
}

/** The keys of the room. They are silent while somebody types, in a dialog, and where single keys are turned off. */
export function useRoomKeys(): void {
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      const { ctrlKey, metaKey, altKey, isComposing, defaultPrevented, target } = event
      if (ctrlKey || metaKey || altKey || isComposing || defaultPrevented) return
      if (takesLetters(target) || !singleKeysOn() || document.querySelector('dialog[open]') !== null) return
      const name = KEYS[event.key.toLowerCase()]
      const control = document.querySelector<HTMLElement>(`[data-room-key="${name ?? ''}"]`)
      if (name === undefined || control === null) return
      event.preventDefault()
      control.click()
    }
    document.addEventListener('keydown', onKey)
    return () => document.removeEventListener('keydown', onKey)
  }, [])
}
