'use client'

import { useEffect, useRef, useState } from 'react'

type Count = Readonly<{ ticked: number; all: number }>

function boxesOf(form: string): HTMLInputElement[] {
  const boxes = document.querySelectorAll<HTMLInputElement>('input[data-select-row]')
  return [...boxes].filter((one) => one.getAttribute('form') === form)
}

/** How many rows of a form are ticked; follows every tick, also those that the browser restores. */
function useTicked(form: string): Count {
  const [count, setCount] = useState<Count>({ ticked: 0, all: 0 })
  useEffect(() => {
    const look = (): void => {
      const boxes = boxesOf(form)
      setCount({ ticked: boxes.filter((one) => one.checked).length, all: boxes.length })
    }
    const first = requestAnimationFrame(look)
    document.addEventListener('change', look)
    return () => {
      cancelAnimationFrame(first)
      document.removeEventListener('change', look)
    }
  }, [form])
  return count
}

/** Ticks every row of this page, or none. Without a script it isn’t there. */
export function SelectAllRows({ form, label }: { form: string; label: string }) {
  const { ticked, all } = useTicked(form)
  const box = useRef<HTMLInputElement>(null)
  useEffect(() => {
    if (box.current !== null) box.current.indeterminate = ticked > 0 && ticked < all
  }, [ticked, all])
  return (
    <label className="select-box noscript:hidden">
      <input
        ref={box}
        type="checkbox"
        aria-label={label}
        checked={all > 0 && ticked === all}
        onChange={(event) => {
          for (const one of boxesOf(form)) one.checked = event.currentTarget.checked
        }}
        className="size-5"
      />
    </label>
  )
}
