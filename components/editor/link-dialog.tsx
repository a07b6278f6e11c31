'use client'

import type { Editor } from '@tiptap/react'
import { useState } from 'react'
import { buttonClass } from '#components/ui/button'
import { isSafeHref } from '#lib/content/links'
import { Field } from './field'
import { Modal } from './modal'
import { useTools } from './tools'

/** What somebody means who types `example.org`. */
function completed(text: string): string {
  const typed = text.trim()
  if (isSafeHref(typed)) return typed
  if (/^[^\s@/]+@[^\s@/]+$/.test(typed)) return `mailto:${typed}`
  return /^[\w-]+(?:\.[\w-]+)+/.test(typed) ? `https://${typed}` : typed
}

/** Makes a link of what is selected, or changes the one that the cursor is in. */
export function LinkDialog({ editor, onClose }: { editor: Editor; onClose: () => void }) {
  const { words } = useTools()
  const current: unknown = editor.getAttributes('link')['href']
  const [href, setHref] = useState(typeof current === 'string' ? current : '')
  const [error, setError] = useState<string | null>(null)
  const apply = (): void => {
    const address = completed(href)
    if (!isSafeHref(address)) {
      setError(words.link.bad)
      return
    }
    onClose()
    const chain = editor.chain().focus()
    if (editor.state.selection.empty && typeof current !== 'string')
      chain
        .insertContent({ type: 'text', text: address, marks: [{ type: 'link', attrs: { href: address } }] })
        .run()
    else chain.extendMarkRange('link').setLink({ href: address }).run()
  }
  return (
    <Modal
      title={words.link.title}
      submit={words.apply}
      onSubmit={apply}
      onClose={onClose}
      extra={
        typeof current === 'string' ? (
          <button
            type="button"
            className={buttonClass('risky')}
            onClick={() => {
              onClose()
              editor.chain().focus().extendMarkRange('link').unsetLink().run()
            }}
          >
            {words.link.remove}
          </button>
        ) : null
      }
    >
      <Field
        name="href"
        label={words.link.href}
        help={words.link.help}
        error={error}
        value={href}
        onValue={setHref}
        maxLength={2_000}
        dir="ltr"
        inputMode="url"
      />
    </Modal>
  )
}
