'use client'

import { useSyncExternalStore } from 'react'

const never = (): (() => void) => () => undefined

/** False on the server and in the first render in the browser, which has to equal the server’s. */
export function useHydrated(): boolean {
  return useSyncExternalStore(
    never,
    () => true,
    () => false,
  )
}
