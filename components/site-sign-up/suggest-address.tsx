'use client'

import { useEffect, useRef } from 'react'
import { suggestSubdomain } from '#lib/schools/rules'

function input(form: HTMLFormElement | null | undefined, name: string): HTMLInputElement | null {
  const found = form?.elements.namedItem(name)
  return found instanceof HTMLInputElement ? found : null
}

/**
 * What a script adds to the form around it: the address follows the school's name until somebody writes one of their
 * own, and the browser's time zone is sent along. Without it both are typed, or chosen later.
 */
export function SuggestAddress({ from, to }: { from: string; to: string }) {
  const zone = useRef<HTMLInputElement>(null)
  useEffect(() => {
    const form = zone.current?.form
    const [name, address] = [input(form, from), input(form, to)]
    if (zone.current !== null) zone.current.value = Intl.DateTimeFormat().resolvedOptions().timeZone
    if (name === null || address === null) return
    let suggested = ''
    const follow = (): void => {
      if (address.value !== suggested) return
      suggested = suggestSubdomain(name.value)
      address.value = suggested
    }
    follow()
    name.addEventListener('input', follow)
    return () => name.removeEventListener('input', follow)
  }, [from, to])
  return <input ref={zone} type="hidden" name="timeZone" defaultValue="" />
}
