'use client'

import { lazy, Suspense, useEffect, useState } from 'react'
import type { PaletteEntry, PaletteLabels } from './contract'
import { SHORTCUTS_ID, shortcutOf } from './shortcuts'

// The dialog brings a component library with it: it is fetched at the first call, never with the page.
const load = () => import('./palette-dialog')
const PaletteDialog = lazy(() => load().then((module) => ({ default: module.PaletteDialog })))

function isPlainClick(event: MouseEvent): boolean {
  return event.button === 0 && !event.ctrlKey && !event.metaKey && !event.shiftKey && !event.altKey
}

function trigger(event: Event): Element | null {
  return event.target instanceof Element ? event.target.closest('[data-palette-open]') : null
}

/**
 * Listens for what calls the palette: Ctrl or ⌘ K, `/`, and a click on any `[data-palette-open]` link (which
 * leads to the catalogue's search where scripts don't run). `?` opens the list of shortcuts.
 */
export function CommandPalette({ pages, labels }: { pages: PaletteEntry[]; labels: PaletteLabels }) {
  const [open, setOpen] = useState(false)
  const [called, setCalled] = useState(false)
  useEffect(() => {
    const show = (event: Event) => {
      event.preventDefault()
      setCalled(true)
      setOpen(true)
    }
    const onKey = (event: KeyboardEvent) => {
      const shortcut = shortcutOf(event)
      if (shortcut === 'palette') show(event)
      if (shortcut === 'help') {
        event.preventDefault()
        document.getElementById(SHORTCUTS_ID)?.togglePopover()
      }
    }
    const onClick = (event: MouseEvent) => {
      if (trigger(event) !== null && isPlainClick(event)) show(event)
    }
    // A pointer over the trigger announces the click: the dialog arrives while the finger is on its way.
    const onPointer = (event: Event) => {
      if (trigger(event) !== null) void load().catch(() => undefined)
    }
    const stop = new AbortController()
    const { signal } = stop
    document.addEventListener('keydown', onKey, { signal })
    document.addEventListener('click', onClick, { signal })
    document.addEventListener('pointerover', onPointer, { signal, passive: true })
    return () => stop.abort()
  }, [])
  if (!called) return null
  return (
    <Suspense fallback={null}>
      <PaletteDialog open={open} onOpenChange={setOpen} pages={pages} labels={labels} />
    </Suspense>
  )
}
