'use client'

import type { Editor } from '@tiptap/react'
import { NodeSelection } from '@tiptap/pm/state'
import { useState } from 'react'
import { Formula } from '#components/lesson/formula'
import { texToMathml } from '#components/lesson/tex'
import { Lines } from './field'
import { insertBlock } from './insert-block'
import { Modal } from './modal'
import { useTools } from './tools'

/** The attributes of the node that is selected, if it is of this type. */
export function selectedAttrs(editor: Editor, type: string): Readonly<Record<string, unknown>> | null {
  const { selection } = editor.state
  return selection instanceof NodeSelection && selection.node.type.name === type ? selection.node.attrs : null
}

/** A formula, with what becomes of it. */
export function FormulaDialog({
  editor,
  type,
  edit,
  onClose,
}: {
  editor: Editor
  type: 'mathInline' | 'mathBlock'
  edit: boolean
  onClose: () => void
}) {
  const { words } = useTools()
  const before: unknown = edit ? selectedAttrs(editor, type)?.['tex'] : ''
  const [tex, setTex] = useState(typeof before === 'string' ? before : '')
  const [error, setError] = useState<string | null>(null)
  const typed = tex.trim()
  const apply = (): void => {
    if (typed === '') {
      setError(words.formula.empty)
      return
    }
    onClose()
    if (edit && selectedAttrs(editor, type) !== null)
      editor.chain().focus().updateAttributes(type, { tex: typed }).run()
    else insertBlock(editor, { type, attrs: { tex: typed } })
  }
  return (
    <Modal
      title={words.formula.title}
      submit={edit ? words.apply : words.insert}
      onSubmit={apply}
      onClose={onClose}
    >
      <Lines
        name="tex"
        label={words.formula.tex}
        help={words.formula.help}
        error={error}
        value={tex}
        onValue={setTex}
        maxLength={5_000}
        rows={3}
        dir="ltr"
        spellCheck={false}
        autoCapitalize="none"
      />
      <div>
        <p className="text-14 font-medium">{words.formula.preview}</p>
        <div className="mt-2 min-h-14 overflow-x-auto rounded-sm bg-sunken p-3 text-18" aria-live="polite">
          {typed === '' ? null : <Formula tex={typed} display={type === 'mathBlock'} />}
        </div>
        {typed !== '' && texToMathml(typed) === null ? (
          <p className="mt-2 text-14 text-soft">{words.formula.unknown}</p>
        ) : null}
      </div>
    </Modal>
  )
}
