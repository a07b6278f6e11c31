'use client'

import { type RefObject, useEffect, useState } from 'react'

/**
 * After a form was sent, moves the focus to the first field that is wrong: that it is, and why, is then heard as well
 * as seen.
 * @param busy what was sent is being worked at; what is wrong with it shows when that is over
 * @returns to be called when the form is sent
 */
export function useFirstFault(form: RefObject<HTMLElement | null>, busy: boolean): () => void {
  const [sent, setSent] = useState(0)
  useEffect(() => {
    if (sent > 0 && !busy) form.current?.querySelector<HTMLElement>('[aria-invalid=true]')?.focus()
  }, [form, sent, busy])
  return () => setSent((times) => times + 1)
}
