'use client'

import { useState } from 'react'
import { buttonClass } from './button'
import { Icon } from './icon'

/**
 * Copies `value`. Where the browser refuses, the text of the element `source` is selected instead, ready for the
 * person’s own copy.
 */
export function CopyButton({
  value,
  source,
  label,
  copiedLabel,
}: {
  value: string
  source: string
  label: string
  copiedLabel: string
}) {
  const [copied, setCopied] = useState(false)
  const copy = async (): Promise<void> => {
    try {
      await navigator.clipboard.writeText(value)
      setCopied(true)
    } catch {
      const element = document.getElementById(source)
      if (element !== null) getSelection()?.selectAllChildren(element)
    }
  }
  return (
    <>
      <button
        type="button"
        onClick={() => void copy()}
        onBlur={() => setCopied(false)}
        className={`${buttonClass('quiet', 'small')} shrink-0 noscript:hidden`}
      >
        <Icon name={copied ? 'check' : 'copy'} size={16} />
        {copied ? copiedLabel : label}
      </button>
      <span role="status" className="sr-only">
        {copied ? copiedLabel : ''}
      </span>
    </>
  )
}
