'use client'

import { useEffect, useRef } from 'react'

/**
 * Sends the form around it when a list in it was changed by pointer or touch. Not by keyboard: there every arrow
 * key is a change, and the page would be gone before the wanted line is reached. Those press the button.
 */
export function SubmitOnChange() {
  const mark = useRef<HTMLSpanElement>(null)
  useEffect(() => {
    const form = mark.current?.closest('form')
    if (form == null) return
    let byKey = false
    const key = (): void => void (byKey = true)
    const pointer = (): void => void (byKey = false)
    const change = (event: Event): void => {
      if (!byKey && event.target instanceof HTMLSelectElement) form.requestSubmit()
    }
    form.addEventListener('keydown', key)
    form.addEventListener('pointerdown', pointer)
    form.addEventListener('change', change)
    return () => {
      form.removeEventListener('keydown', key)
      form.removeEventListener('pointerdown', pointer)
      form.removeEventListener('change', change)
    }
  }, [])
  return <span ref={mark} hidden />
}
