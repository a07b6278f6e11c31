'use client'

import type { Editor } from '@tiptap/react'
import { type KeyboardEvent, type ReactNode, type Ref, useEffect, useRef } from 'react'

/** What a button of a bar looks like. */
export const TOOL =
  'inline-flex min-h-11 min-w-11 shrink-0 items-center justify-center gap-1 rounded-sm px-2 text-16 text-text hover:bg-sunken aria-pressed:bg-accent-4 aria-pressed:text-accent-12 sm:min-h-9 sm:min-w-9'

function toolsIn(bar: HTMLElement | null): HTMLElement[] {
  return [...(bar?.querySelectorAll<HTMLElement>('[data-tool]:not([disabled])') ?? [])]
}

const STEPS: Readonly<Record<string, (at: number, last: number) => number>> = {
  ArrowRight: (at, last) => (at === last ? 0 : at + 1),
  ArrowLeft: (at, last) => (at === 0 ? last : at - 1),
  Home: () => 0,
  End: (_at, last) => last,
}

/** One stop for the Tab key: arrows move inside, Escape goes back to the text. */
export function RovingBar({
  editor,
  label,
  ref,
  className,
  children,
}: {
  editor: Editor
  label: string
  ref?: Ref<HTMLDivElement>
  className: string
  children: ReactNode
}) {
  const own = useRef<HTMLDivElement>(null)
  // Whatever is in the bar at the moment, exactly one of it is a stop.
  useEffect(() => {
    const tools = toolsIn(own.current)
    const stop = tools.find((tool) => tool.tabIndex === 0) ?? tools[0]
    tools.forEach((tool) => (tool.tabIndex = tool === stop ? 0 : -1))
  })
  const onKeyDown = (event: KeyboardEvent<HTMLDivElement>): void => {
    if (event.key === 'Escape') {
      editor.view.focus()
      return
    }
    const tools = toolsIn(own.current)
    const at = tools.findIndex((tool) => tool === document.activeElement)
    const step = STEPS[event.key]
    if (step === undefined || at < 0 || event.defaultPrevented) return
    event.preventDefault()
    const next = tools[step(at, tools.length - 1)]
    tools.forEach((tool) => (tool.tabIndex = tool === next ? 0 : -1))
    next?.focus()
  }
  return (
    <div
      ref={(element) => {
        own.current = element
        if (typeof ref === 'function') ref(element)
        else if (ref != null) ref.current = element
      }}
      role="toolbar"
      aria-label={label}
      onKeyDown={onKeyDown}
      className={className}
    >
      {children}
    </div>
  )
}
