import type { Editor, JSONContent } from '@tiptap/react'
import { NodeSelection, TextSelection } from '@tiptap/pm/state'

/**
 * Inserts a node without text where the cursor is, and puts the cursor on the line behind it: what is typed next must
 * not take the node's place.
 */
export function insertBlock(editor: Editor, node: JSONContent): void {
  editor
    .chain()
    .focus()
    .insertContent(node)
    .command(({ tr, state }) => {
      const { selection } = tr
      const paragraph = state.schema.nodes['paragraph']
      if (!(selection instanceof NodeSelection) || selection.node.isInline || paragraph === undefined)
        return true
      const behind = selection.to
      if (tr.doc.resolve(behind).nodeAfter?.isTextblock !== true) tr.insert(behind, paragraph.create())
      tr.setSelection(TextSelection.create(tr.doc, behind + 1))
      return true
    })
    .run()
}
