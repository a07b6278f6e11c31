'use client'

import { useEffect, useRef } from 'react'
import type { FormAction } from './form-context'
import { useHydrated } from './hydrated'

/**
 * Asks before the page is left with something on it that isn't saved.
 * @returns the form's action, after which, once it has arrived, the page may be left
 */
export function useLeaveWarning(changed: boolean, action: FormAction): FormAction {
  const hydrated = useHydrated()
  const saved = useRef(false)
  useEffect(() => {
    if (!changed) return
    saved.current = false
    const warn = (event: BeforeUnloadEvent): void => {
      if (!saved.current) event.preventDefault()
    }
    addEventListener('beforeunload', warn)
    return () => removeEventListener('beforeunload', warn)
  }, [changed])
  const watched: FormAction = async (previous, form) => {
    const outcome = await action(previous, form)
    // At once: the answer may lead to another page.
    if (outcome.ok) saved.current = true
    return outcome
  }
  // Without a script the form needs the action itself.
  return hydrated ? watched : action
}
